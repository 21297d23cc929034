"""The state machine: whatever people do, in whatever order, the product answers as the model says.

After each step the availability of every quota, the orders, the money and the invariants are
compared. Hypothesis runs it in a thread of its own; the product lives on the test's event loop.
"""

import asyncio
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.model.house import BUYER, CAPACITY, USES, VOUCHER
from tests.model.kinds import BENCH, CHAIR, KINDS, OK, STANDING, Kind
from tests.model.line_house import LineHouse
from tests.model.line_rules import LineRules
from tests.model.model import OPEN, Model
from tests.model.steps import SOME_SEATS, SOME_TICKETS, WHICH, Opening, Steps
from tests.support.bank import DECLINED, SLOW
from tests.support.bank import OK as PAYS
from tests.support.shop import Json


class Machine(LineRules):
    """Every run gets a house of its own."""

    @initialize(begins=st.sampled_from(("served", "crowded", "empty")))
    def begin(self, begins: str) -> None:
        """An empty house, or one that has sold out, where people wait and a ticket is returned;
        `served`: two of them have been offered what there was.
        """

        async def opened() -> LineHouse:
            door = LineHouse(await self.open_house())
            await door.furnish()
            return door

        self.door = self.do(opened())
        self.house = self.door.house
        self.model = Model(capacity=dict(CAPACITY), most_uses=USES)
        self.ids, self.codes, self.steps = [], {}, 0
        self.block_ids, self.ended_blocks = [], []
        if begins != "empty":
            self.place(CHAIR, 2, [], known=True)
            self.pay_with(0, PAYS)
            self.place(STANDING, 2, [], known=True)
            for kinds in ((STANDING,), (CHAIR, BENCH), (BENCH,), (STANDING,)):
                self.join(kinds, 1)
            self.give_back(0, 1)
        if begins == "served":
            self.resize("hall", CAPACITY["hall"] + 1)
            self.serve(returned=None)

    @precondition(Steps.goes_on)
    @rule(kind=st.sampled_from((STANDING, CHAIR, BENCH)), count=st.integers(1, 3))
    def hold(self, kind: Kind, count: int) -> None:
        self.place(kind, count, [])

    @precondition(Steps.goes_on)
    @rule(
        kind=st.sampled_from(KINDS),
        count=st.integers(1, 3),
        seats=SOME_SEATS,
        voucher=st.booleans(),
        known=st.booleans(),
    )
    def open(self, kind: Kind, count: int, seats: list[int], voucher: bool, known: bool) -> None:
        self.place(kind, count, seats, voucher=voucher, known=known)

    @precondition(Steps.has_orders)
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

    @precondition(Steps.has_orders)
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

    @precondition(Steps.has_orders)
    @rule()
    def tidy(self) -> None:
        self.do(self.house.tidy())
        for order in self.model.orders:
            if order.shown == "expired":
                order.status = "expired"

    @precondition(Steps.has_orders)
    @rule(which=WHICH, wanted=st.booleans())
    def set_voucher(self, which: int, wanted: bool) -> None:
        order, order_id = self.pick(which)
        may = self.model.may_set_voucher(order, wanted=wanted)
        reductions = self.model.reductions(order) if wanted else range(1)
        body = {"codes": [VOUCHER] if wanted else []}
        answered = self.do(self.house.to(order_id, "/vouchers", body, method="PUT"))
        if self.check(answered, may):
            self.reduce(order, answered[1], reductions)

    @precondition(Steps.has_orders)
    @rule(which=WHICH)
    def confirm(self, which: int) -> None:
        order, order_id = self.pick(which)
        answered = self.do(self.house.to(order_id, "/confirm"))
        if self.check(answered, self.model.may_confirm(order)):
            order.status = "confirmed"
            self.read_codes(order, answered[1])

    @precondition(Steps.has_orders)
    @rule(which=WHICH, source=st.sampled_from((PAYS, PAYS, DECLINED, SLOW)))
    def pay(self, which: int, source: str) -> None:
        self.pay_with(which % len(self.ids), source)

    def pay_with(self, number: int, source: str) -> None:
        order, order_id = self.model.orders[number], self.ids[number]
        may = self.model.may_pay(order)
        if may == {OK} and source == DECLINED:
            may = {"card_declined"}
        elif may == {OK} and source == PAYS and self.model.lost(order):
            may = {"paid_too_late"}
        answered = self.do(self.house.to(order_id, "/payments", {"source": source}))
        ok = self.check(answered, may)
        if may == {"card_declined"}:
            order.status, order.payment = "awaiting_payment", "failed"
        elif may == {"paid_too_late"}:
            order.status, order.payment = "expired", "paid"
        elif ok and source == SLOW:
            order.status, order.payment = "awaiting_payment", "pending"
        elif ok:
            order.status, order.payment, order.kept = "confirmed", "paid", order.total
            self.take_over(order, answered[1]["order"])

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
            if order.lapsed and not self.do(self.door.has_taken(order_id)):
                self.model.claimed_again(order)
            order.lapsed, order.kept = False, order.total
            self.take_over(order, shown)

    @precondition(Steps.has_orders)
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

    @precondition(Steps.has_sold)
    @rule(which=WHICH, number=WHICH)
    def change(self, which: int, number: int) -> None:
        """Staff give a bench for a chair; what it is cheaper goes back."""
        order, order_id, ticket, number = self.ticket(which, number)
        if ticket.kind is not CHAIR or ticket.with_voucher or ticket.state != "valid":
            return
        position, _ = self.positions(order_id)[number]
        may = self.model.may_change_kind(ticket)
        if not self.check(self.do(self.house.change(order_id, position, BENCH.name)), may):
            return
        ticket.kind, ticket.price = BENCH, BENCH.price
        order.kept -= CHAIR.price - BENCH.price
        self.codes.pop(id(ticket), None)
        self.read_codes(order, self.do(self.house.look(order_id)))

    @precondition(Steps.has_sold)
    @rule(which=WHICH, number=WHICH)
    def give(self, which: int, number: int) -> None:
        _, order_id, ticket, number = self.ticket(which, number)
        if not ticket.stands:
            return
        _, ticket_id = self.positions(order_id)[number]
        answered = self.do(self.house.give(order_id, ticket_id))
        if self.check(answered, self.model.may_give(ticket)):
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
        said = self.do(self.house.scan(codes[version]))
        assert said == wanted, (said, wanted)
        if wanted == "ok":
            ticket.state = "used"

    @precondition(Steps.goes_on)
    @rule(quota=st.sampled_from(("hall", "chairs")), capacity=st.integers(0, 6))
    def resize(self, quota: str, capacity: int) -> None:
        self.do(self.house.resize(quota, capacity))
        self.model.capacity[quota] = capacity

    @precondition(Steps.goes_on)
    @rule(units=st.integers(1, 2), seats=st.one_of(st.just([]), SOME_SEATS), ends=st.booleans())
    def block(self, units: int, seats: list[int], ends: bool) -> None:
        """Whoever waits, and for good or until tomorrow."""
        fits = self.model.left("hall") >= units
        if seats:
            fits = not any(self.model.is_taken(seat) for seat in seats)
        refusal = {"seat_taken"} if seats else {"sold_out"}
        answered = self.do(self.house.block(units, seats, ends=ends))
        if self.check(answered, {OK} if fits else refusal):
            what = {"row": len(seats)} if seats else {"hall": units}
            what |= {f"seat {seat}": 1 for seat in seats}
            self.model.blocks.append(Counter(what))
            self.block_ids.append(answered[1]["id"])

    @precondition(lambda self: self.goes_on() and self.block_ids)
    @rule(which=WHICH, by_time=st.booleans())
    def unblock(self, which: int, by_time: bool) -> None:
        """By hand, or because its time is over; by hand afterwards changes nothing."""
        number = which % len(self.block_ids)
        block_id = self.block_ids.pop(number)
        if by_time:
            self.do(self.house.end_block(block_id))
            self.ended_blocks.append(block_id)
        else:
            self.do(self.house.unblock(block_id))
        self.model.blocks.pop(number)

    @precondition(lambda self: self.goes_on() and self.ended_blocks)
    @rule()
    def unblock_again(self) -> None:
        self.do(self.house.unblock(self.ended_blocks.pop()))

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
