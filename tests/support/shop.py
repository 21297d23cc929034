"""An organizer with one published event whose tickets are set up and bought through the API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx2
import msgspec

from boxoffice.data.postgres import Database
from tests.support.product import Product
from tests.support.staff import staff_of
from tests.support.stage import Stage, set_stage

Json = dict[str, Any]


class Shop(msgspec.Struct, frozen=True, kw_only=True):
    """`staff` is signed in as the organizer's owner; the stage's own type is free, of 1,000."""

    db: Database
    product: Product
    stage: Stage
    staff: httpx2.AsyncClient

    @property
    def event(self) -> str:
        return f"/api/v1/organizers/{self.stage.slug}/events/{self.stage.event_id}"

    @property
    def page(self) -> str:
        return f"/api/v1/events/{self.stage.slug}/show"

    @property
    def orders(self) -> str:
        return f"/api/v1/organizers/{self.stage.slug}/orders"

    async def managed(self) -> Json:
        """The event as its organizer sees it."""
        return done(await self.staff.get(self.event))

    async def add(self, name: str, **body: Any) -> Json:
        """A new ticket type: free and 100 of them, but for what `body` says."""
        if "quota_ids" not in body:
            body = {"quantity": 100} | body
        made = await self.staff.post(
            f"{self.event}/ticket-types", json={"name": name, "price": 0} | body
        )
        return named(done(made, 201)["ticket_types"], name)

    async def change(self, kind: Json, **body: Any) -> Json:
        """The ticket type as it is after the change."""
        changed = await self.staff.patch(f"{self.event}/ticket-types/{kind['id']}", json=body)
        return named(done(changed)["ticket_types"], body.get("name", kind["name"]))

    async def vary(self, kind: Json, name: str, **body: Any) -> Json:
        """A new variation of the ticket type."""
        path = f"{self.event}/ticket-types/{kind['id']}/variations"
        made = done(await self.staff.post(path, json={"name": name} | body), 201)
        return named(named(made["ticket_types"], kind["name"])["variations"], name)

    async def limit(self, most: int | None) -> None:
        """So many of the event for one person."""
        done(await self.staff.patch(self.event, json={"max_per_person": most}))

    async def quota(self, name: str) -> Json:
        """The quota of that name as it stands."""
        return named((await self.managed())["quotas"], name)

    async def buy(
        self, buyer: httpx2.AsyncClient, *lines: Json, email: str | None = None, **body: Any
    ) -> httpx2.Response:
        """Open an order; with an `email` also say who buys."""
        if email is not None:
            body["buyer"] = {"email": email, "name": "Ada Lovelace"}
        order = {"event_id": str(self.stage.event_id), "items": list(lines)} | body
        return await buyer.post(self.orders, json=order)

    async def lapse(self, order: Json) -> None:
        """Move the hold's end into the past: in the order and in its claims."""
        values = self.stage.organizer_id, UUID(order["id"])
        async with self.db.begin(self.stage.organizer_id) as tx:
            run = tx.connection.exec_driver_sql
            await run(
                "UPDATE bookings.orders SET hold_expires_at = clock_timestamp() "
                "- interval '1 second' WHERE organizer_id = $1 AND id = $2",
                values,
            )
            await run(
                "UPDATE events.claims SET expires_at = clock_timestamp() "
                "- interval '1 second' WHERE organizer_id = $1 AND holder = $2",
                values,
            )

    async def reserve(self, quota: Json, units: int, *, kind: str) -> None:
        """Units claimed for a voucher, an offer or a block, as those who give them out do it."""
        async with self.db.begin(self.stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "WITH made AS (INSERT INTO events.claims (organizer_id, id, quota_id, kind, "
                "holder, units) VALUES ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), $4)) "
                "UPDATE events.quotas SET claimed = claimed + $4 "
                "WHERE organizer_id = $1 AND id = $2",
                (self.stage.organizer_id, UUID(quota["id"]), kind, units),
            )


@asynccontextmanager
async def open_shop(product: Product, db: Database) -> AsyncIterator[Shop]:
    """A shop of a new organizer."""
    stage = await set_stage(db, capacities=[1000])
    async with staff_of(product, stage, role="owner") as staff:
        yield Shop(db=db, product=product, stage=stage, staff=staff)


def line(kind: Json, quantity: int = 1, variation: Json | None = None, **more: Any) -> Json:
    """A line of `open_order`."""
    if variation is not None:
        more["variation_id"] = variation["id"]
    return {"ticket_type_id": kind["id"], "quantity": quantity} | more


def named(things: list[Json], name: str) -> Json:
    return next(thing for thing in things if thing["name"] == name)


def done(answer: httpx2.Response, status: int = 200) -> Json:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx2.Response, status: int, code: str) -> Json:
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text
    return answer.json()
