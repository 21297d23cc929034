"""Signing in: any password works as typed, and refusals tell nothing."""

import asyncio
from statistics import median
from time import thread_time
from typing import Any

import pytest

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Busy
from boxoffice.services.users.api import Users, UsersSettings
from tests.services.users.house import KEYRING, PASSWORD, QUICK, Guest, House

LONG = "An otter swims upstream at dusk while nobody at all is looking, and then "


@pytest.mark.parametrize(
    ("password", "other"),
    [
        (LONG + "sleeps", LONG + "dances"),
        ("seven\0quiet otters", "seven\0noisy otters"),
        ("🦦🦦 quiet 🎷 otters", "🦦🦦 quiet 🎻 otters"),
        ("sieben stille Flußotter é", "sieben stille Flußotter e\N{COMBINING ACUTE ACCENT}"),
        (" seven quiet otters ", "seven quiet otters"),
        ("Seven Quiet Otters", "seven quiet otters"),
        (LONG * 13, LONG * 13 + "x"),
    ],
)
async def test_passwords_count_as_typed(house: House, password: str, other: str) -> None:
    assert len(LONG) >= 72
    guest = house.guest()
    guest.password = password
    assert (await guest.register()).status_code == 201
    await guest.verify()
    assert (await guest.log_in(password=other)).status_code == 401
    assert (await guest.log_in()).status_code == 200


async def test_half_a_character_is_no_password(house: House, ada: Guest) -> None:
    for body in (rb'{"email":"a@b.example","password":"\ud800"}', b"{", b"[]", b'{"email":1}'):
        answer = await ada.browser.post("/auth/login", content=body)
        assert answer.status_code == 400


async def test_all_refusals_read_the_same(house: House, ada: Guest) -> None:
    unproved, disabled, invited = house.guest(), await house.member(), house.guest()
    await unproved.register()
    await house.change(
        "UPDATE users.users SET disabled_at = clock_timestamp() WHERE id = $1", disabled.id
    )
    slug = await ada.organizer()
    await ada.post(f"/organizers/{slug}/members", {"email": invited.email, "role": "door"})
    answers = [
        await ada.log_in(password="seven quiet otter"),
        await unproved.log_in(),
        await disabled.log_in(),
        await invited.log_in(),
        await house.guest().log_in(),
        await ada.log_in(email="nobody"),
        await ada.log_in(email="a\0b@example.org"),
        await ada.log_in(password=""),
        await ada.log_in(password="x" * 100_000),
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}
    assert answers[0].json()["code"] == "wrong_credentials"
    assert not [answer for answer in answers if "set-cookie" in answer.headers]


async def test_an_unknown_address_costs_the_same_work_as_a_known_one(
    house: House, ada: Guest, hashing: list[str]
) -> None:
    """Time would tell who has an account, and nearly all of it goes into hashing."""
    work: list[list[str]] = []
    for email in (ada.email, "nobody@example.org"):
        hashing.clear()
        await house.guest().log_in(email=email, password="seven loud otters")
        work.append(list(hashing))
    assert work[0] == work[1] != []


@pytest.mark.parametrize(
    "spelling", ["{0}@EXAMPLE.org", " {0}@example.org ", "{0}@example.org\n", "{1}@Example.Org"]
)
async def test_an_address_may_be_spelled_differently(ada: Guest, spelling: str) -> None:
    local = ada.email.partition("@")[0]
    answer = await ada.log_in(email=spelling.format(local, local.upper()))
    assert answer.status_code == 200


async def test_a_browser_gets_cookies_that_scripts_cannot_read(ada: Guest) -> None:
    answer = await ada.log_in()
    session, refresh = answer.headers.get_list("set-cookie")
    assert session.startswith(f"__Host-boxoffice_session={ada.session['access_token']};")
    assert refresh.startswith(f"__Host-boxoffice_refresh={ada.session['refresh_token']};")
    for cookie in (session, refresh):
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert "Max-Age=900" in session
    assert "SameSite=lax" in session
    assert f"Max-Age={30 * 24 * 3600}" in refresh
    assert "SameSite=strict" in refresh
    assert (await ada.get("/me")).json() == ada.session["me"]


async def test_each_sign_in_begins_a_new_session(house: House, ada: Guest) -> None:
    await ada.log_in()
    sessions = await house.column("SELECT id FROM users.sessions WHERE user_id = $1", ada.id)
    assert len(set(sessions)) == 2


async def test_hashes_grow_with_the_cost(db: Database, ada: Guest) -> None:
    stronger = House(db, UsersSettings(bcrypt_cost=5))
    ada.browser = stronger.client()
    for _ in range(2):
        assert (await ada.log_in()).status_code == 200
        (stored,) = await stronger.column(
            "SELECT password_hash FROM users.users WHERE id = $1", ada.id
        )
        assert stored.startswith("$2b$05$")
    stronger.users.close()


def test_operation_hashes_at_cost_twelve() -> None:
    assert UsersSettings().bcrypt_cost >= 12


async def test_a_crowd_at_the_door_is_told_to_come_back(db: Database) -> None:
    settings = UsersSettings(bcrypt_cost=11, hashing_threads=1, hashing_patience=0.3)
    house = House(db, settings)
    answers = await asyncio.gather(*(house.guest().log_in() for _ in range(20)))
    codes = [answer.status_code for answer in answers]
    assert set(codes) == {401, 429}
    assert (await house.guest().log_in()).status_code == 401
    house.users.close()


async def test_hashing_leaves_the_loop_free(db: Database) -> None:
    house = House(db, UsersSettings(bcrypt_cost=10, hashing_patience=30))
    crowd = asyncio.gather(*(house.guest().log_in() for _ in range(12)))
    lags: list[float] = []
    while not crowd.done():
        # What this thread itself was busy with: others may take the processors at will.
        began = thread_time()
        await asyncio.sleep(0.001)
        lags.append(thread_time() - began)
    await crowd
    assert median(lags) < 0.02
    house.users.close()


class Doorman:
    """Counts attempts, and lets nobody pass after three failures."""

    def __init__(self) -> None:
        self.failures: dict[str, int] = {}

    async def admit(self, email: str, actor: Actor, /) -> None:
        if self.failures.get(email, 0) >= 3:
            raise Busy(retry_after=60)

    async def failed(self, email: str, actor: Actor, /) -> None:
        self.failures[email] = self.failures.get(email, 0) + 1

    async def succeeded(self, email: str, actor: Actor, /) -> None:
        self.failures.pop(email, None)


async def test_whoever_counts_attempts_is_asked(db: Database, ada: Guest) -> None:
    doorman = Doorman()
    users = Users(db, KEYRING, QUICK, attempts=doorman)

    async def attempt(password: str) -> Any:
        try:
            return await users.signing_in.log_in(Actor(), email=ada.email, password=password)
        except Exception as refusal:  # noqa: BLE001  # its kind is what the test looks at
            return type(refusal).__name__

    assert await attempt("wrong") == "WrongCredentials"
    assert await attempt(PASSWORD) != "WrongCredentials"
    assert doorman.failures == {}
    outcomes = [await attempt("wrong") for _ in range(4)]
    assert outcomes == ["WrongCredentials"] * 3 + ["Busy"]
    assert await attempt(PASSWORD) == "Busy"
    users.close()
