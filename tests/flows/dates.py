"""A priced event on several dates: its staff, its buyers, and the work that follows a change."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2

from tests.services.support.desk import Desk
from tests.support.product import Product, once
from tests.support.stage import Stage, set_stage


class Venue(Desk):
    """A desk whose event takes place on two dates, with somebody who may change everything."""

    def __init__(self, product: Product, stage: Stage, staff: httpx2.AsyncClient) -> None:
        super().__init__(product, stage)
        self.staff = staff
        self.event = f"{self.path}/events/{stage.event_id}"
        self.dates: list[str] = []

    async def read_dates(self) -> None:
        answer = await self.staff.get(self.event)
        assert answer.status_code == 200, answer.text
        self.dates = [one["id"] for one in answer.json()["occurrences"]]

    async def held(
        self, browser: httpx2.AsyncClient, date: int, *, quantity: int = 1
    ) -> dict[str, Any]:
        """An order that waits for its money."""
        answer = await self.open(browser, self.dates[date], quantity=quantity)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def open(
        self, browser: httpx2.AsyncClient, date: str | None, *, quantity: int = 1
    ) -> httpx2.Response:
        body: dict[str, Any] = {
            "event_id": str(self.stage.event_id),
            "items": [{"ticket_type_id": str(self.stage.types[0]), "quantity": quantity}],
            "buyer": {"email": "ada@example.org", "name": "Ada Lovelace"},
        }
        body |= {"occurrence_id": date} if date else {}
        return await browser.post(f"{self.path}/orders", json=body, headers=once())

    async def bought(
        self, browser: httpx2.AsyncClient, date: int, *, quantity: int = 1
    ) -> dict[str, Any]:
        """An order that is paid for."""
        order = await self.held(browser, date, quantity=quantity)
        answer = await self.pay(browser, order)
        assert answer.status_code == 200, answer.text
        return answer.json()["order"]

    async def pay(self, browser: httpx2.AsyncClient, order: dict[str, Any]) -> httpx2.Response:
        url = f"{self.path}/orders/{order['id']}/payments"
        return await browser.post(url, json={"source": "practice_ok"}, headers=once())

    async def order(self, browser: httpx2.AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
        answer = await browser.get(f"{self.path}/orders/{order['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def scan(self, ticket: dict[str, Any]) -> dict[str, Any]:
        body = {
            "code": ticket["code"],
            "event_id": str(self.stage.event_id),
            "nonce": str(UUID(once()["idempotency-key"])),
        }
        return (await self.staff.post(f"{self.path}/scans", json=body)).json()

    async def change(self, path: str, **body: Any) -> dict[str, Any]:
        """Decide, without letting anybody work on it yet."""
        answer = await self.staff.post(f"{self.event}/{path}", json=body, headers=once())
        assert answer.status_code == 202, answer.text
        return answer.json()

    async def work(self, change: dict[str, Any]) -> dict[str, Any]:
        """What a worker does about the change; the change as it is afterwards."""
        work = self.product.services.bookings.change_work
        await work.run(self.stage.organizer_id, UUID(change["id"]))
        return await self.progress(change)

    async def progress(self, change: dict[str, Any]) -> dict[str, Any]:
        answer = await self.staff.get(f"{self.event}/date-changes/{change['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def hear_of_refunds(self) -> None:
        """What the listener does about every refund that has succeeded."""
        checkout = self.product.services.bookings.checkout
        for (payload,) in await self.rows(
            "SELECT payload FROM data.outbox WHERE organizer_id = $1 "
            "AND name = 'payments.refund_succeeded.v1'"
        ):
            await checkout.money_went_back(self.stage.organizer_id, UUID(payload["reference"]))

    async def claimed(self) -> list[int]:
        """What is taken of each date's quota, in the order of the dates; with a claim each."""
        rows = await self.rows(
            "SELECT q.claimed, coalesce((SELECT sum(units) FROM events.claims c "
            "WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id "
            "AND c.released_at IS NULL), 0) FROM events.quotas q "
            "JOIN events.occurrences o ON o.organizer_id = q.organizer_id "
            "AND o.id = q.occurrence_id WHERE q.organizer_id = $1 ORDER BY o.starts_at"
        )
        assert all(claimed == standing for claimed, standing in rows)
        return [claimed for claimed, _ in rows]


async def open_venue(product: Product, *, price: int = 2500, capacity: int = 10) -> Venue:
    """A new organizer whose event is on two dates, thirty days from now and the day after."""
    stage = await set_stage(product.services.db, capacities=[capacity], price=price)
    venue = Venue(product, stage, product.visitor())
    venue.staff = await venue.member("owner")
    answer = await venue.staff.post(
        f"{venue.event}/occurrences",
        json={"starts_at": clock(31), "ends_at": clock(31, "22:00")},
    )
    assert answer.status_code == 201, answer.text
    await venue.read_dates()
    return venue


def clock(ahead: int, time: str = "19:00") -> str:
    """A wall-clock time so many days from now."""
    return f"{(datetime.now(UTC) + timedelta(days=ahead)).date()}T{time}"
