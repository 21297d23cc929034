"""Organizers of one's own, set up through the API as anybody could."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx2
import msgspec

from tests.support.accounts import Account, post

ZONE = "Europe/Berlin"
_VENUE = {
    "name": "Lichtburg", "address": "Karlstraße 5", "city": "Essen", "country": "DE",
}  # fmt: skip


class Kind(NamedTuple):
    """A ticket type: its price in cents and how many there are."""

    name: str
    price: int = 0
    quantity: int = 100


class Show(msgspec.Struct, frozen=True, kw_only=True):
    """An event as tests use it; `kinds` are the ids of its ticket types in the order given."""

    id: str
    title: str
    path: str
    kinds: list[str]


class Seller:
    """An organizer and its owner's session."""

    def __init__(self, client: httpx2.AsyncClient, *, slug: str, owner: Account) -> None:
        self.client, self.slug, self.owner = client, slug, owner
        self.api = f"/api/v1/organizers/{slug}"

    async def show(self, *kinds: Kind, title: str = "An evening of quiet", **more: Any) -> Show:
        """A published event that sells `kinds`."""
        draft = await self.draft(*kinds, title=title, **more)
        await self.send("POST", f"/events/{draft.id}/publish")
        return draft

    async def draft(self, *kinds: Kind, title: str, **more: Any) -> Show:
        """The same, not published yet."""
        body = {"title": title, "venue": _VENUE, "timezone": ZONE, **_evening(), **more}
        made = await self.send("POST", "/events", body)
        for kind in kinds:
            made = await self.send("POST", f"/events/{made['id']}/ticket-types", kind._asdict())
        return Show(
            id=made["id"], title=title, path=made["public_path"],
            kinds=[kind["id"] for kind in made["ticket_types"]],
        )  # fmt: skip

    async def sale(self, show: Show, *, quantity: int = 1, email: str, kind: int = 0) -> Any:
        """A confirmed order for a free ticket type."""
        return await self.send(
            "POST",
            "/orders",
            {
                "event_id": show.id,
                "items": [{"ticket_type_id": show.kinds[kind], "quantity": quantity}],
                "buyer": {"email": email, "name": "Grace Hopper"},
            },
        )

    async def scan(self, show: Show, code: str) -> Any:
        """What the door says to `code`."""
        body = {"event_id": show.id, "code": code, "nonce": str(uuid4()), "gate": "North"}
        return await self.send("POST", "/scans", body)

    async def send(self, method: str, path: str, body: Any = None) -> Any:
        """The answer below this organizer's part of the API; AssertionError with the problem."""
        answer = await self.client.request(method, self.api + path, json=body)
        assert answer.is_success, answer.text
        return answer.json()


async def open_shop(client: httpx2.AsyncClient, owner: Account, *, name: str) -> Seller:
    """A new organizer of `owner`, whose session `client` carries."""
    made = await post(client, "organizers", name=name, slug=f"shop-{uuid4().hex[:12]}")
    return Seller(client, slug=made["slug"], owner=owner)


def _evening() -> dict[str, str]:
    starts = datetime.now(ZoneInfo(ZONE)).replace(hour=19, minute=0) + timedelta(days=60)
    shown = "%Y-%m-%dT%H:%M"
    return {
        "starts_at": starts.strftime(shown),
        "ends_at": (starts + timedelta(hours=3)).strftime(shown),
    }
