"""A stage with its manager and a buyer, for tests of prices through the API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.staff import staff_of
from tests.support.stage import Stage, set_stage

BUYER = {"email": "ada@example.org", "name": "Ada Lovelace"}


class Market:
    """`manager` sets prices, `buyer` buys."""

    def __init__(
        self,
        product: Product,
        stage: Stage,
        *,
        manager: httpx2.AsyncClient,
        buyer: httpx2.AsyncClient,
    ) -> None:
        self.product, self.stage, self.manager, self.buyer = product, stage, manager, buyer
        self.api = f"/api/v1/organizers/{stage.slug}"
        self.event = f"{self.api}/events/{stage.event_id}"

    def kind(self, number: int) -> str:
        return str(self.stage.types[number])

    async def tax(self, rate: int, *, inclusive: bool = True) -> str:
        """A new tax rule's id."""
        body = {"name": f"VAT {rate / 1000:g} %", "rate": rate, "inclusive": inclusive}
        made = await self.manager.post(f"{self.api}/tax-rules", json=body, headers=once())
        return accepted(made, 201)["id"]

    async def rules(self, **rules: Any) -> dict[str, Any]:
        """The event's price rules replaced."""
        return accepted(await self.manager.put(f"{self.event}/prices", json=rules))

    async def price(self, amount: int, *, kind: int = 0) -> None:
        """Another list price."""
        path = f"{self.event}/ticket-types/{self.kind(kind)}"
        accepted(await self.manager.patch(path, json={"price": amount}))

    async def voucher(self, **terms: Any) -> dict[str, Any]:
        made = await self.manager.post(f"{self.event}/vouchers", json=terms, headers=once())
        return accepted(made, 201)

    async def vouchers(self) -> list[dict[str, Any]]:
        return accepted(await self.manager.get(f"{self.event}/vouchers"))["items"]

    async def quota(self) -> dict[str, Any]:
        """The first quota, counted."""
        return accepted(await self.manager.get(self.event))["quotas"][0]

    def basket(self, *units: int, **more: Any) -> dict[str, Any]:
        """So many tickets of the first type, the second, …"""
        return {
            "event_id": str(self.stage.event_id),
            "items": [
                {"ticket_type_id": self.kind(kind), "quantity": number}
                for kind, number in enumerate(units)
                if number
            ],
            **more,
        }

    async def open(self, *units: int, **more: Any) -> httpx2.Response:
        body = self.basket(*units, **more)
        return await self.buyer.post(f"{self.api}/orders", json=body)

    async def order(self, *units: int, **more: Any) -> dict[str, Any]:
        return accepted(await self.open(*units, **more), 201)

    async def quote(self, *units: int, **more: Any) -> httpx2.Response:
        body = self.basket(*units, **more)
        return await self.buyer.post(f"{self.api}/orders/quote", json=body)

    async def release(self, order: dict[str, Any]) -> None:
        accepted(await self.buyer.post(f"{self.api}/orders/{order['id']}/release"))

    async def let_lapse(self, order: dict[str, Any]) -> None:
        """The order's time is over: its rows' times are moved, never the clock."""
        async with self.product.services.db.begin(self.stage.organizer_id) as tx:
            past = await tx.now() - timedelta(seconds=1)
            for statement in (
                "UPDATE bookings.orders SET hold_expires_at = $2 WHERE id = $1",
                "UPDATE events.claims SET expires_at = $2 WHERE holder = $1",
                "UPDATE events.voucher_uses SET expires_at = $2 WHERE holder = $1",
            ):
                await tx.connection.exec_driver_sql(statement, (order["id"], past))

    async def standing(self) -> tuple[int, int, int]:
        """The first quota's counter, its ceiling, and the standing units that it must equal."""
        async with self.product.services.db.begin(self.stage.organizer_id) as tx:
            rows = await tx.connection.exec_driver_sql(
                "SELECT q.claimed, q.ceiling, coalesce((SELECT sum(units) FROM events.claims c "
                "WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id "
                "AND c.released_at IS NULL), 0)::int FROM events.quotas q "
                "WHERE q.organizer_id = $1 AND q.id = $2",
                (self.stage.organizer_id, self.stage.quotas[0]),
            )
            claimed, ceiling, units = tuple[int, int, int](rows.one())
            return claimed, ceiling, units


@asynccontextmanager
async def market_of(
    db: Database,
    product: Product,
    *prices: int,
    capacity: int = 100,
    currency: str = "EUR",
    share_quota: bool = True,
) -> AsyncIterator[Market]:
    """A market with one ticket type for each price, all of one quota or each of its own."""
    shares = [[0 if share_quota else kind] for kind, _ in enumerate(prices)]
    quotas = len({quota for (quota,) in shares})
    stage = await set_stage(db, capacities=[capacity] * quotas, shares=shares, max_per_order=100)
    async with db.begin(stage.organizer_id) as tx:
        run = tx.connection.exec_driver_sql
        await run(
            "UPDATE events.events SET currency = $2 WHERE organizer_id = $1",
            (stage.organizer_id, currency),
        )
        for kind, amount in zip(stage.types, prices, strict=True):
            await run(
                "UPDATE events.ticket_types SET price_amount = $3 "
                "WHERE organizer_id = $1 AND id = $2",
                (stage.organizer_id, kind, amount),
            )
    async with staff_of(product, stage, role="manager") as manager, product.visitor() as buyer:
        await buyer.get("/api/v1/me/orders")
        yield Market(product, stage, manager=manager, buyer=buyer)


def accepted(answer: httpx2.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text
    return answer.json()


def check_sums(order: dict[str, Any]) -> None:
    """Positions and fees sum up to the total, net and tax as well, and the taxes to the tax."""
    lines = [*order["positions"], *order["fees"]]
    assert sum(line["price"]["amount"] for line in lines) == order["total"]["amount"]
    assert sum(line["tax"]["amount"] for line in lines) == order["tax"]["amount"]
    assert order["net"]["amount"] + order["tax"]["amount"] == order["total"]["amount"]
    assert sum(tax["tax"]["amount"] for tax in order["taxes"]) == order["tax"]["amount"]
