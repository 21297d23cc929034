"""What the scripts here share: somebody who speaks to a running Boxoffice over its public API.

Every call that is not answered as it should be, and every fact that is not as it should be, is a
`Surprise`: the script says so and exits with 1.
"""

import os
import re
import sys
import time
from collections.abc import Callable
from typing import Any, Self
from uuid import uuid4

import httpx2

PATIENCE = 120.0
_LINK = re.compile(r"https?://\S+")


class Surprise(Exception):
    """Something is not as this script says it is."""


def step(text: str) -> None:
    """Tell what was done."""
    print(f"· {text}", flush=True)


def check(condition: object, sentence: str) -> None:
    """`Surprise` unless the sentence is true."""
    if not condition:
        raise Surprise(sentence)


def money(price: dict[str, Any]) -> str:
    """An amount of a currency with two digits, for people."""
    return f"{price['amount'] / 100:.2f} {price['currency']}"


class Person:
    """Somebody with cookies of their own: a visitor, or after `signed_up` a member of a team."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._http = httpx2.Client(base_url=f"{base_url}/api/v1", timeout=PATIENCE)

    @classmethod
    def signed_up(cls, base_url: str, name: str) -> Self:
        """With an account. The account of BOXOFFICE_EMAIL and BOXOFFICE_PASSWORD if they are set;
        else a new one, whose mail a development installation catches.
        """
        person = cls(base_url)
        email = os.environ.get("BOXOFFICE_EMAIL")
        password = os.environ.get("BOXOFFICE_PASSWORD") or uuid4().hex
        if email is None:
            email = f"{uuid4().hex}@example.org"
            person.post("/auth/register", {"name": name, "email": email, "password": password})
            link = person.mailed_link(email, "/verify-email")
            person.post("/auth/verify-email", {"token": link.partition("token=")[2]})
        session = person.post("/auth/login", {"email": email, "password": password})
        person._http.cookies.clear()
        person._http.headers["authorization"] = f"Bearer {session['access_token']}"
        return person

    def get(self, path: str, **query: Any) -> Any:
        """The answer to a question."""
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Any = None) -> Any:
        """The answer to something new; the same if the line breaks and it is asked again."""
        return self.call("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        """The answer to a whole setting."""
        return self.call("PUT", path, body)

    def patch(self, path: str, body: Any) -> Any:
        """The answer to a change."""
        return self.call("PATCH", path, body)

    def refused(self, method: str, path: str, body: Any, *, code: str) -> Any:
        """The refusal with that code; anything else is a surprise."""
        answer = self._send(method, path, body)
        problem: Any = answer.json() if answer.status_code >= 400 else None
        met = problem is not None and problem["code"] == code
        check(met, f"{method} {path} is refused: {code}\n{answer.text}")
        return problem

    def call(self, method: str, path: str, body: Any = None, query: Any = None) -> Any:
        """The answer as JSON, or as text if it is something else."""
        answer = self._send(method, path, body, query)
        check(answer.is_success, f"{method} {path} succeeds\n{answer.status_code} {answer.text}")
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.json() if is_json else answer.text

    def mailed_link(self, to: str, part: str) -> str:
        """The address in the newest mail to `to` that leads to `part`."""
        text = self.mail(to)["text"]
        return next(link for link in _LINK.findall(text) if part in link)

    def mail(self, to: str, about: str = "") -> Any:
        """The newest mail to `to` about something, once a development installation caught it."""
        return wait_for(lambda: self._caught(to, about), f"mail to {to} about {about!r} arrives")

    def _caught(self, to: str, about: str) -> Any:
        for row in self.get("/dev/mail", limit=100)["items"]:
            if to in row["to"] and about in row["subject"]:
                return self.get(f"/dev/mail/{row['id']}")
        return None

    def _send(self, method: str, path: str, body: Any, query: Any = None) -> httpx2.Response:
        takes_key = method != "GET" and not path.startswith("/auth/")
        headers = {"idempotency-key": uuid4().hex} if takes_key else {}
        return self._http.request(method, path, json=body, params=query, headers=headers)


class Organizer:
    """A new organizer, and a member of its team who may do everything."""

    def __init__(self, team: Person, name: str) -> None:
        made = team.post("/organizers", {"name": name, "slug": f"how-to-{uuid4().hex[:12]}"})
        self.team, self.name, self.slug = team, name, made["slug"]
        self.path = f"/organizers/{self.slug}"
        step(f"{name} is an organizer now: {team.base_url}/o/{self.slug}")

    def event(self, event_id: str, path: str = "") -> str:
        """The path of an event for its team."""
        return f"{self.path}/events/{event_id}{path}"

    def buyer(self) -> Person:
        """Somebody who has nothing to do with the team."""
        return Person(self.team.base_url)

    def pay(self, buyer: Person, order: Any) -> Any:
        """The order, paid with a card of the practice card company."""
        path = f"{self.path}/orders/{order['id']}/payments"
        paid = buyer.post(path, {"source": "practice_ok"})["order"]
        check(paid["status"] == "confirmed", "a paid order is confirmed")
        return paid


def wait_for(look: Callable[[], Any], sentence: str) -> Any:
    """What `look` finds, once it finds something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.2)
    raise Surprise(f"within {PATIENCE:.0f} seconds {sentence}")


def run(script: Callable[[str], None]) -> None:
    """The script against the address that the command line names."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} BASE_URL")
    try:
        script(sys.argv[1].rstrip("/"))
    except Surprise as surprise:
        sys.exit(f"✗ It is not true that {surprise}")
    print("✓ Everything was as this script says.")
