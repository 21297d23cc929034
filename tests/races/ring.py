"""Fifty parallel, identical requests must leave what one of them leaves.

A recipe sets a stage and says which request is sent. It is used twice: once the request is sent
alone, once fifty times at the same moment, half of them under one idempotency key where the route
takes keys. Whatever the rows of the organizer count and add up to must have changed alike, all
answers under the key that succeed are one, nothing is a 5xx, and the invariants hold.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from uuid import UUID

import httpx2
import msgspec

from tests.support.product import once
from tests.support.shop import Json, Shop, done, line

AT_ONCE = 50
ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


class Shot(NamedTuple):
    """The request. `wins`: so many of them may take effect, each leaving what one leaves; `notes`
    are entries of the ledger that each that is answered may leave, though it changes nothing.
    """

    who: httpx2.AsyncClient
    method: str
    path: str
    json: Any = None
    files: Any = None
    wins: int = 1
    notes: tuple[str, ...] = ()

    async def fire(self, **headers: str) -> httpx2.Response:
        return await self.who.request(
            self.method, self.path, json=self.json, files=self.files, headers=headers
        )


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """An event of its own in the shop that all recipes share, and a buyer."""

    shop: Shop
    ada: httpx2.AsyncClient

    @property
    def staff(self) -> httpx2.AsyncClient:
        return self.shop.staff

    def order(self, order: Json, rest: str = "") -> str:
        return f"{self.shop.orders}/{order['id']}{rest}"

    def ticket(self, order: Json, rest: str) -> str:
        return self.order(order, f"/tickets/{order['tickets'][0]['id']}{rest}")

    def position(self, order: Json, rest: str) -> str:
        return self.order(order, f"/positions/{order['positions'][0]['id']}{rest}")

    async def held(self, kind: Json, quantity: int = 1, **more: Any) -> Json:
        return done(await self.shop.buy(self.ada, line(kind, quantity, **more)), 201)

    async def bought(self, kind: Json, quantity: int = 1, **more: Any) -> Json:
        """Confirmed; paid by card unless it is free."""
        order = done(await self.shop.buy(self.ada, line(kind, quantity, **more), email=ADA), 201)
        if order["status"] == "confirmed":
            return order
        path, card = self.order(order, "/payments"), {"source": "practice_ok"}
        return done(await self.ada.post(path, json=card, headers=once()))["order"]

    async def allow(self, **policy: Any) -> None:
        done(await self.staff.put(f"{self.shop.event}/order-policy", json=policy))

    async def question(self, label: str, **more: Any) -> str:
        asked = {"label": label, "kind": "short_text"} | more
        made = done(await self.staff.post(f"{self.shop.event}/questions", json=asked), 201)
        return made["questions"][-1]["id"]


Recipe = Callable[[Ring], Awaitable[Shot]]


class Recipes(dict[str, Recipe]):
    """By operation id; `@RECIPES.race(operation_id)` adds one."""

    def race(self, operation_id: str) -> Callable[[Recipe], Recipe]:
        def add(recipe: Recipe) -> Recipe:
            self[operation_id] = recipe
            return recipe

        return add


class Answered(NamedTuple):
    """An answer, and whether its request had the key that others had as well."""

    keyed: bool
    answer: httpx2.Response


async def another_event(shop: Shop) -> Shop:
    """The shop with another event of the same organizer, with nothing to sell yet."""
    organizer = f"/api/v1/organizers/{shop.stage.slug}"
    body = {
        "title": "The race", "timezone": "Europe/Berlin",
        "venue": {"name": "Hall", "city": "Berlin", "country": "Germany"},
        "starts_at": "2031-05-01T19:00", "ends_at": "2031-05-01T22:00",
        "ticket": {"name": "Unused", "price": 0, "quantity": 1},
    }  # fmt: skip
    made = done(await shop.staff.post(f"{organizer}/events", json=body), 201)
    done(await shop.staff.post(f"{organizer}/events/{made['id']}/publish"))
    stage = msgspec.structs.replace(
        shop.stage,
        event_id=UUID(made["id"]),
        occurrence_id=UUID(made["occurrences"][0]["id"]),
        types=[UUID(made["ticket_types"][0]["id"])],
        quotas=[UUID(made["quotas"][0]["id"])],
    )
    return msgspec.structs.replace(shop, stage=stage)


async def salvo(shot: Shot, *, times: int, takes_keys: bool) -> list[Answered]:
    """So many at the same moment."""
    key = once()
    keyed = [takes_keys and number % 2 == 0 for number in range(times)]
    answers = await asyncio.gather(*(shot.fire(**(key if one else {})) for one in keyed))
    return [Answered(*pair) for pair in zip(keyed, answers, strict=True)]
