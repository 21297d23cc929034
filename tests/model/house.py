"""The machine's hands: a small event in the real product, and requests to it."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx2

from boxoffice.services.events.rules.seats.plans import exported
from boxoffice.services.payments.rules import PaymentStatus
from tests.model.kinds import KINDS, OK
from tests.model.model import OFF
from tests.races.ring import another_event
from tests.support.bank import Bank
from tests.support.halls import plan_of
from tests.support.seated import blocks_path, seat_id, seating_path
from tests.support.shop import Json, Shop, done, line, named

ADA, EVE = "ada@example.org", "eve@example.org"
BUYER = {"email": ADA, "name": "Ada Lovelace"}
VOUCHER = "SPRING"
SEATS, USES = 3, 3
CAPACITY = {"hall": 4, "chairs": 3, "row": SEATS}
_QUOTAS = {"hall": "Hall", "chairs": "Chair", "row": "Seat"}
# These twice are these once, so they take no key.
_WITHOUT_KEY = ("/confirm", "/withdraw", "/decline", "/leave", "/rejoin")
_LAPSE = """
WITH lapsed AS (
    UPDATE bookings.orders SET hold_expires_at = clock_timestamp() - interval '2 minutes'
    WHERE organizer_id = $1 AND id = $2),
uses AS (
    UPDATE events.voucher_uses SET expires_at = clock_timestamp() - interval '2 minutes'
    WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL)
UPDATE events.claims SET expires_at = clock_timestamp() - interval '2 minutes'
WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL
"""

_END_BLOCK = """
WITH ended AS (
    UPDATE events.blocks SET expires_at = clock_timestamp() - interval '1 second'
    WHERE organizer_id = $1 AND id = $2)
UPDATE events.claims SET expires_at = clock_timestamp() - interval '1 second'
WHERE organizer_id = $1 AND holder = $2
"""
_POSITIONS = """
SELECT p.id, t.id AS ticket_id FROM bookings.order_positions p
LEFT JOIN bookings.tickets t ON t.organizer_id = p.organizer_id AND t.position_id = p.id
WHERE p.organizer_id = $1 AND p.order_id = $2 ORDER BY p.number
"""


class Sent(NamedTuple):
    """A request that took effect, and how it was answered."""

    who: httpx2.AsyncClient
    method: str
    path: str
    body: Any
    key: str
    answer: str


class House:
    """One event of its own; `sent` are the commands that can be repeated."""

    def __init__(self, shop: Shop, buyer: httpx2.AsyncClient, bank: Bank) -> None:
        self.shop, self.buyer, self.bank = shop, buyer, bank
        self.kinds: dict[str, Json] = {}
        self.quotas: dict[str, str] = {}
        self.sent: list[Sent] = []

    @classmethod
    async def open(cls, shop: Shop, buyer: httpx2.AsyncClient, bank: Bank) -> "House":
        house = cls(await another_event(shop), buyer, bank)
        await house._furnish()
        return house

    async def _furnish(self) -> None:
        shop, staff = self.shop, self.shop.staff
        for kind in KINDS:
            capacity = CAPACITY.get(kind.quotas[0], 1) if kind.quotas != ("hall",) else 1000
            made = await shop.add(kind.name, price=kind.price, quantity=capacity)
            self.kinds[kind.name] = made
        shared = [self.kinds[kind.name]["id"] for kind in KINDS if "hall" in kind.quotas]
        body = {"name": "Hall", "capacity": CAPACITY["hall"], "ticket_type_ids": shared}
        done(await staff.post(f"{shop.event}/quotas", json=body), 201)
        plan = {"plan": exported(plan_of(["." * SEATS]))}
        api = f"/api/v1/organizers/{shop.stage.slug}"
        drawn = done(await staff.post(f"{api}/seat-maps", json=plan), 201)
        seats = {"seat_map_id": drawn["id"], "categories": {"A": self.kinds["Seat"]["id"]}}
        done(await staff.put(seating_path(shop.stage), json=seats))
        managed = await shop.managed()
        self.quotas = {name: named(managed["quotas"], q)["id"] for name, q in _QUOTAS.items()}
        terms = {"code": VOUCHER, "effect": "amount", "value": OFF, "max_uses": USES}
        done(await staff.post(f"{shop.event}/vouchers", json=terms), 201)

    @property
    def organizer(self) -> UUID:
        return self.shop.stage.organizer_id

    def wanted(self, kind: str, count: int, seats: list[int]) -> Json:
        """The body of `open_order`."""
        more: Json = {"seats": [seat_id(self.shop.stage, one) for one in seats]} if seats else {}
        items = [line(self.kinds[kind], len(seats) or count, **more)]
        return {"event_id": str(self.shop.stage.event_id), "items": items}

    async def send(
        self, who: httpx2.AsyncClient, method: str, path: str, body: Any = None
    ) -> tuple[str, Any]:
        """The answer's stable code, `OK` for success, and its body."""
        key = str(uuid4())
        answer = await who.request(method, path, json=body, headers={"idempotency-key": key})
        assert answer.status_code < 500, answer.text
        if not answer.is_success:
            return answer.json()["code"], answer.json()
        if not path.endswith(_WITHOUT_KEY):
            self.sent.append(Sent(who, method, path, body, key, told(answer)))
        return OK, answer.json()

    async def repeat(self, sent: Sent) -> str:
        """What is answered to the same request under the same key."""
        headers = {"idempotency-key": sent.key}
        answer = await sent.who.request(sent.method, sent.path, json=sent.body, headers=headers)
        return told(answer)

    async def to(self, order_id: str, verb: str = "", body: Any = None, **how: Any) -> Any:
        """Something is asked for an order by its buyer, or by the staff."""
        who = self.shop.staff if how.get("staff") else self.buyer
        path = f"{self.shop.orders}/{order_id}{verb}"
        return await self.send(who, how.get("method", "POST"), path, body)

    async def look(self, order_id: str) -> Json:
        return done(await self.buyer.get(f"{self.shop.orders}/{order_id}"))

    async def cancel(self, order_id: str, body: Json, *, staff: bool) -> tuple[str, Any]:
        """As the preview says."""
        who = self.shop.staff if staff else self.buyer
        path = f"{self.shop.orders}/{order_id}/cancellations"
        seen = await who.post(f"{path}/preview", json=body)
        if not seen.is_success:
            return seen.json()["code"], seen.json()
        refund, total = seen.json()["refund"]["amount"], seen.json()["new_total"]["amount"]
        figures = {"expected_refund": refund, "expected_total": total}
        return await self.send(who, "POST", path, body | figures)

    async def change(self, order_id: str, position: str, kind: str) -> tuple[str, Any]:
        """Staff give another type, as the preview says."""
        wish = {"position_id": position, "ticket_type_id": self.kinds[kind]["id"]}
        path, body = f"{self.shop.orders}/{order_id}/ticket-changes", {"tickets": [wish]}
        seen = await self.shop.staff.post(f"{path}/preview", json=body)
        if not seen.is_success:
            return seen.json()["code"], seen.json()
        total = seen.json()["new_total"]["amount"]
        return await self.send(self.shop.staff, "POST", path, body | {"expected_total": total})

    async def give(self, order_id: str, ticket_id: str) -> tuple[str, Any]:
        """The ticket is offered to somebody who takes it; the new code."""
        code, made = await self.to(order_id, f"/tickets/{ticket_id}/transfers", {"email": EVE})
        if code != OK:
            return code, made
        bookings = self.shop.product.services.bookings
        news = await bookings.transfer(self.organizer, UUID(made["id"]))
        assert news is not None
        path = f"/api/v1/ticket-transfers/{news.token}/accept"
        return OK, done(await self.buyer.post(path, json={"name": "Eve Adams"}))

    async def scan(self, code: str) -> str:
        """What the door says; a repeated attempt is told the same."""
        body = {
            "code": code, "event_id": str(self.shop.stage.event_id), "nonce": str(uuid4()),
            "gate": "North",
        }  # fmt: skip
        path = self.shop.orders.replace("/orders", "/scans")
        _, said = await self.send(self.shop.staff, "POST", path, body)
        return said["reason"]

    async def resize(self, quota: str, capacity: int) -> None:
        path = f"{self.shop.event}/quotas/{self.quotas[quota]}"
        assert (await self.send(self.shop.staff, "PATCH", path, {"capacity": capacity}))[0] == OK

    async def block(self, units: int, seats: list[int], *, ends: bool) -> tuple[str, Any]:
        what: Json = {"quota_id": self.quotas["hall"], "units": units}
        if seats:
            what = {"seats": [seat_id(self.shop.stage, one) for one in seats]}
        body = {"reason": "Press", "expires_at": _tomorrow() if ends else None} | what
        return await self.send(self.shop.staff, "POST", blocks_path(self.shop.stage), body)

    async def end_block(self, block_id: str) -> None:
        """Its time is over: its rows' times are moved."""
        async with self.shop.db.begin(self.organizer) as tx:
            values = (self.organizer, UUID(block_id))
            await tx.connection.exec_driver_sql(_END_BLOCK, values)

    async def unblock(self, block_id: str) -> None:
        done(await self.shop.staff.delete(f"{blocks_path(self.shop.stage)}/{block_id}"))

    async def settle(self, order_id: str, *, succeeds: bool) -> None:
        """The slow card's charge ends; the webhook comes twice, and the listener hears of it."""
        order = UUID(order_id)
        payment = next(
            one.payment_id for one in self.bank.charges.values()
            if one.reference == order and one.status is PaymentStatus.PENDING
        )  # fmt: skip
        assert payment is not None
        how = PaymentStatus.SUCCEEDED if succeeds else PaymentStatus.FAILED
        said = self.bank.settle(payment, how)
        for body in (said, self.bank.webhook(payment)):
            path = f"/api/v1/payments/webhooks/{self.bank.name}/{self.organizer}"
            done(await self.buyer.post(path, content=body))
        checkout = self.shop.product.services.bookings.checkout
        if succeeds:
            await checkout.payment_succeeded(self.organizer, order, payment)
        else:
            await checkout.payment_failed(self.organizer, order)

    async def lapse(self, order_id: str) -> None:
        """The order's time is over: its rows' times are moved, never the clock."""
        async with self.shop.db.begin(self.organizer) as tx:
            values = (self.organizer, UUID(order_id))
            await tx.connection.exec_driver_sql(_LAPSE, values)

    async def tidy(self) -> None:
        """What the worker does every minute."""
        await self.shop.product.services.bookings.expiry.mark_expired()

    async def cancel_event(self) -> None:
        path = f"{self.shop.event}/cancellations"
        code, change = await self.send(self.shop.staff, "POST", path, {"message": "Ill"})
        assert code == OK, change
        await self.shop.product.services.bookings.change_work.run(
            self.organizer, UUID(change["id"])
        )

    async def counted(self) -> dict[str, Json]:
        """Each quota as the organizer sees it."""
        found = {one["id"]: one for one in (await self.shop.managed())["quotas"]}
        return {name: found[quota] for name, quota in self.quotas.items()}

    async def positions(self, order_id: UUID) -> list[tuple[str, str]]:
        """The ids of the order's positions and of their tickets, cancelled ones included."""
        async with self.shop.db.begin(self.organizer) as tx:
            values = (self.organizer, order_id)
            rows = await tx.connection.exec_driver_sql(_POSITIONS, values)
            return [(str(row.id), str(row.ticket_id)) for row in rows]

    async def statuses(self) -> dict[UUID, str]:
        """The orders' rows, whatever the time makes of them."""
        async with self.shop.db.begin(self.organizer) as tx:
            rows = await tx.connection.exec_driver_sql(
                "SELECT id, status FROM bookings.orders WHERE organizer_id = $1 AND event_id = $2",
                (self.organizer, self.shop.stage.event_id),
            )
            return {row.id: row.status for row in rows}


def _tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


def told(answer: httpx2.Response) -> str:
    """Of a payment which; its order goes on meanwhile."""
    said: Any = answer.json()
    if "payment" in said:
        return said["payment"]["id"]
    return answer.text
