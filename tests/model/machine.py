"""The state machine: whatever people do, in whatever order, the product answers as the model says.

After each step the availability of every quota, the orders, the money and the invariants are
compared. Hypothesis runs it in a thread of its own; the product lives on the test's event loop.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from boxoffice.app.invariants import INVARIANTS
from boxoffice.data.invariants import sweep
from tests.model.house import BUYER, CAPACITY, SEATS, USES, VOUCHER, House
from tests.model.model import (
    BENCH,
    CHAIR,
    KINDS,
    OFF,
    OK,
    OPEN,
    SEAT,
    STANDING,
    Kind,
    Model,
    Order,
    Ticket,
)
from tests.support.bank import DECLINED, SLOW
from tests.support.bank import OK as PAYS
from tests.support.shop import Json
from tests.support.soundness import told as broken

T = TypeVar("T")
Opening = Callable[[], Awaitable[House]]
WHICH = st.integers(0, 7)
SOME_SEATS = st.lists(st.integers(0, SEATS - 1), min_size=1, max_size=2, unique=True)
SOME_TICKETS = ((), (), (0,), (1,), (0, 1), (0, 1, 2))
PARTS = ("sold", "pending", "held", "blocked", "free", "overbooked_by")


class Machine(RuleBasedStateMachine):
    """Every run gets a house of its own, which lives on `loop`."""

    open_house: Opening
    loop: asyncio.AbstractEventLoop
    sweep_every = 1

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    @initialize()
    def begin(self) -> None:
        async def opened() -> House:
            return await self.open_house()

        self.house = self.do(opened())
        self.model = Model(capacity=dict(CAPACITY), most_uses=USES)
        self.ids: list[str] = []
        self.codes: dict[int, list[str]] = {}
        self.block_ids: list[str] = []
        self.steps = 0

    def pick(self, which: int) -> tuple[Order, str]:
        number = which % len(self.ids)
        return self.model.orders[number], self.ids[number]

    def has_orders(self) -> bool:
        return bool(self.ids) and not self.model.is_cancelled

    def goes_on(self) -> bool:
        return not self.model.is_cancelled

    def check(self, answered: tuple[str, Any], may: set[str]) -> bool:
        code, body = answered
        assert code in may, (code, may, body)
        return code == OK

    def read_codes(self, order: Order, shown: Json) -> None:
        """Remember the codes of tickets; who gives one on loses the newer ones."""
        by_number = {one["number"]: one for one in shown["tickets"]}
        for number, ticket in enumerate(order.tickets, start=1):
            if number in by_number and ticket.version == 1:
                self.codes.setdefault(id(ticket), [by_number[number]["code"]])

    @precondition(goes_on)
    @rule(kind=st.sampled_from((STANDING, CHAIR, BENCH)), count=st.integers(1, 3))
    def hold(self, kind: Kind, count: int) -> None:
        self.place(kind, count, [])

    @precondition(goes_on)
    @rule(
        kind=st.sampled_from(KINDS),
        count=st.integers(1, 3),
        seats=SOME_SEATS,
        voucher=st.booleans(),
        known=st.booleans(),
    )
    def open(self, kind: Kind, count: int, seats: list[int], voucher: bool, known: bool) -> None:
        self.place(kind, count, seats, voucher=voucher, known=known)

    def place(
        self,
        kind: Kind,
        count: int,
        seats: list[int],
        *,
        voucher: bool = False,
        known: bool = False,
    ) -> None:
        places = seats if kind is SEAT else [None] * count
        order = Order([Ticket(kind, kind.price, seat) for seat in places], known)
        body = self.house.wanted(kind.name, count, seats if kind is SEAT else [])
        body |= {"buyer": BUYER} if known else {}
        body |= {"voucher_codes": [VOUCHER]} if voucher else {}
        may = self.model.may_open(order, voucher=voucher)
        reductions = self.model.reductions(order)
        path = self.house.shop.orders
        answered = self.do(self.house.send(self.house.buyer, "POST", path, body))
        if self.check(answered, may):
            if voucher:
                self.reduce(order, answered[1], reductions)
            self.model.did_open(order)
            self.ids.append(answered[1]["id"])
            self.read_codes(order, answered[1])

    def reduce(self, order: Order, shown: Json, reductions: range) -> None:
        """The voucher applies to as many tickets as the price says, of as many as may be."""
        off = sum(one.kind.price for one in order.tickets) - shown["total"]["amount"]
        assert off in [OFF * many for many in reductions], (off, reductions)
        for number, ticket in enumerate(order.tickets):
            ticket.with_voucher = number < off // OFF
            ticket.price = ticket.kind.price - OFF * ticket.with_voucher

    @precondition(has_orders)
    @rule(which=WHICH, extends=st.booleans())
    def go_on(self, which: int, extends: bool) -> None:
        """The buyer says who they are, or asks for more time."""
        order, order_id = self.pick(which)
        if extends:
            may = self.model.may_extend(order)
            if self.check(self.do(self.house.to(order_id, "/extend")), may):
                order.extensions += 1
            return
        may = self.model.may_change(order)
        if self.check(self.do(self.house.to(order_id, "/buyer", BUYER, method="PUT")), may):
            order.known = True

    @precondition(has_orders)
    @rule(which=WHICH)
    def release(self, which: int) -> None:
        order, order_id = self.pick(which)
        may = self.model.may_change(order)
        if self.check(self.do(self.house.to(order_id, "/release")), may):
            order.status = "cancelled"

    def has_open(self) -> bool:
        return self.goes_on() and any(one.live and one.status in OPEN for one in self.model.orders)

    @precondition(has_open)
    @rule(which=WHICH)
    def lapse(self, which: int) -> None:
        held = [n for n, one in enumerate(self.model.orders) if one.live and one.status in OPEN]
        number = held[which % len(held)]
        self.do(self.house.lapse(self.ids[number]))
        self.model.orders[number].lapsed = True

    @precondition(has_orders)
    @rule()
    def tidy(self) -> None:
        self.do(self.house.tidy())
        for order in self.model.orders:
            if order.shown == "expired":
                order.status = "expired"

    @precondition(has_orders)
    @rule(which=WHICH, wanted=st.booleans())
    def set_voucher(self, which: int, wanted: bool) -> None:
        order, order_id = self.pick(which)
        may = self.model.may_set_voucher(order, wanted=wanted)
        reductions = self.model.reductions(order) if wanted else range(1)
        body = {"codes": [VOUCHER] if wanted else []}
        answered = self.do(self.house.to(order_id, "/vouchers", body, method="PUT"))
        if self.check(answered, may):
            self.reduce(order, answered[1], reductions)

    @precondition(has_orders)
    @rule(which=WHICH)
    def confirm(self, which: int) -> None:
        order, order_id = self.pick(which)
        answered = self.do(self.house.to(order_id, "/confirm"))
        if self.check(answered, self.model.may_confirm(order)):
            order.status = "confirmed"
            self.read_codes(order, answered[1])

    @precondition(has_orders)
    @rule(which=WHICH, source=st.sampled_from((PAYS, PAYS, DECLINED, SLOW)))
    def pay(self, which: int, source: str) -> None:
        order, order_id = self.pick(which)
        may = self.model.may_pay(order)
        if source == DECLINED and may == {OK}:
            may = {"card_declined"}
        answered = self.do(self.house.to(order_id, "/payments", {"source": source}))
        ok = self.check(answered, may)
        if may == {"card_declined"}:
            order.status, order.payment = "awaiting_payment", "failed"
        elif ok and source == SLOW:
            order.status, order.payment = "awaiting_payment", "pending"
        elif ok:
            order.status, order.payment, order.kept = "confirmed", "paid", order.total
            self.read_codes(order, answered[1]["order"])

    def has_pending(self) -> bool:
        return any(order.payment == "pending" for order in self.model.orders)

    @precondition(has_pending)
    @rule(which=WHICH, succeeds=st.sampled_from((True, True, False)))
    def settle(self, which: int, succeeds: bool) -> None:
        """Also long after the order is over."""
        numbers = [n for n, one in enumerate(self.model.orders) if one.payment == "pending"]
        number = numbers[which % len(numbers)]
        order, order_id = self.model.orders[number], self.ids[number]
        may = self.model.late_money(order)
        self.do(self.house.settle(order_id, succeeds=succeeds))
        order.payment = "failed"
        if not succeeds:
            return
        shown = self.do(self.house.look(order_id))
        assert shown["status"] in may, (shown["status"], may)
        order.status, order.payment = shown["status"], "paid"
        if order.status == "confirmed":
            order.lapsed, order.kept = False, order.total
            self.read_codes(order, shown)

    @precondition(has_orders)
    @rule(which=WHICH, some=st.sampled_from(SOME_TICKETS), staff=st.booleans())
    def cancel(self, which: int, some: tuple[int, ...], staff: bool) -> None:
        """Some tickets, or none named: all that are left."""
        order, order_id = self.pick(which)
        chosen = [one for n, one in enumerate(order.tickets) if n in some]
        body: Json = {}
        if chosen:
            ids = [position for position, _ in self.positions(order_id)]
            body = {"position_ids": [one for n, one in enumerate(ids) if n in some]}
        may = self.model.may_cancel(order, chosen or order.standing, staff=staff)
        if self.check(self.do(self.house.cancel(order_id, body, staff=staff)), may):
            self.model.did_cancel(order, chosen or order.standing)

    def positions(self, order_id: str) -> list[tuple[str, str]]:
        return self.do(self.house.positions(UUID(order_id)))

    def has_sold(self) -> bool:
        return self.has_orders() and any(o.status == "confirmed" for o in self.model.orders)

    def ticket(self, which: int, number: int) -> tuple[Order, str, Ticket, int]:
        """One of a confirmed order, and its number from 0."""
        sold = [n for n, one in enumerate(self.model.orders) if one.status == "confirmed"]
        chosen = sold[which % len(sold)]
        order = self.model.orders[chosen]
        number %= len(order.tickets)
        return order, self.ids[chosen], order.tickets[number], number

    @precondition(has_sold)
    @rule(which=WHICH, number=WHICH)
    def change(self, which: int, number: int) -> None:
        """Staff give a bench for a chair; what it is cheaper goes back."""
        order, order_id, ticket, number = self.ticket(which, number)
        if ticket.kind is not CHAIR or ticket.with_voucher or ticket.state != "valid":
            return
        position, _ = self.positions(order_id)[number]
        assert self.check(self.do(self.house.change(order_id, position, BENCH.name)), {OK})
        ticket.kind, ticket.price = BENCH, BENCH.price
        order.kept -= CHAIR.price - BENCH.price
        self.codes.pop(id(ticket), None)
        self.read_codes(order, self.do(self.house.look(order_id)))

    @precondition(has_sold)
    @rule(which=WHICH, number=WHICH)
    def give(self, which: int, number: int) -> None:
        order, order_id, ticket, number = self.ticket(which, number)
        if not ticket.stands:
            return
        _, ticket_id = self.positions(order_id)[number]
        answered = self.do(self.house.give(order_id, ticket_id))
        if self.check(answered, self.model.may_give(order, ticket)):
            ticket.version += 1
            self.codes[id(ticket)].append(answered[1]["ticket"]["code"])

    @rule(which=WHICH, version=st.integers(0, 1))
    def scan(self, which: int, version: int) -> None:
        """Any code that ever was one's ticket."""
        known = [t for o in self.model.orders for t in o.tickets if id(t) in self.codes]
        if not known:
            return
        ticket = known[which % len(known)]
        codes = self.codes[id(ticket)]
        version = min(version, len(codes) - 1)
        wanted = self.model.scanned(ticket, version + 1 + ticket.version - len(codes))
        assert self.do(self.house.scan(codes[version])) == wanted
        if wanted == "ok":
            ticket.state = "used"

    @precondition(goes_on)
    @rule(quota=st.sampled_from(("hall", "chairs")), capacity=st.integers(0, 6))
    def resize(self, quota: str, capacity: int) -> None:
        self.do(self.house.resize(quota, capacity))
        self.model.capacity[quota] = capacity

    @precondition(goes_on)
    @rule(units=st.integers(1, 2), seats=st.one_of(st.just([]), SOME_SEATS))
    def block(self, units: int, seats: list[int]) -> None:
        fits = self.model.left("hall") >= units
        if seats:
            fits = not any(self.model.is_taken(seat) for seat in seats)
        refusal = {"seat_taken"} if seats else {"sold_out"}
        answered = self.do(self.house.block(units, seats))
        if self.check(answered, {OK} if fits else refusal):
            what = {"row": len(seats)} if seats else {"hall": units}
            what |= {f"seat {seat}": 1 for seat in seats}
            self.model.blocks.append(Counter(what))
            self.block_ids.append(answered[1]["id"])

    @precondition(lambda self: self.goes_on() and self.block_ids)
    @rule(which=WHICH)
    def unblock(self, which: int) -> None:
        number = which % len(self.block_ids)
        self.do(self.house.unblock(self.block_ids.pop(number)))
        self.model.blocks.pop(number)

    @precondition(lambda self: bool(self.house.sent))
    @rule(which=st.integers(0, 30))
    def repeat(self, which: int) -> None:
        """Any earlier command under its key: the same answer, and nothing changes."""
        sent = self.house.sent[-1 - which % len(self.house.sent)]
        assert self.do(self.house.repeat(sent)) == sent.answer, sent

    @precondition(lambda self: self.goes_on() and len(self.ids) > 2)
    @rule(sure=st.sampled_from((False, False, True)))
    def cancel_event(self, sure: bool) -> None:
        if sure:
            self.do(self.house.cancel_event())
            self.model.did_cancel_event()

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "house"):
            self.do(self._agree())

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.do(self._sweep())

    async def _agree(self) -> None:
        counted, house = await self.house.counted(), self.house
        for name, quota in counted.items():
            expected = self.model.parts(name)
            assert {part: quota[part] for part in PARTS} == {p: expected[p] for p in PARTS}, name
        statuses = await house.statuses()
        for order, order_id in zip(self.model.orders, self.ids, strict=True):
            assert statuses[UUID(order_id)] == order.status
            assert house.bank.kept_for(UUID(order_id)) == order.kept
        self.steps += 1
        if self.steps % self.sweep_every == 0:
            await self._sweep()

    async def _sweep(self) -> None:
        house = self.house
        found = await sweep(house.shop.db, INVARIANTS, organizers=[house.organizer])
        assert not found.violations, broken(found)


def machine_over(
    open_house: Opening, loop: asyncio.AbstractEventLoop, *, sweep_every: int = 1
) -> type[Machine]:
    """The machine on these houses and this loop; the invariants are looked at after each step, or
    after every so many and at the end.
    """
    parts = {
        "open_house": staticmethod(open_house),
        "loop": loop,
        "sweep_every": sweep_every,
    }
    return type("Machine", (Machine,), parts)
