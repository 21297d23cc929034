"""What the machine's rules share: a house and its model, and their comparison after each step."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from boxoffice.app.invariants import INVARIANTS
from boxoffice.data.invariants import sweep
from tests.model.house import BUYER, SEATS, VOUCHER, House
from tests.model.kinds import OK, SEAT, Kind
from tests.model.line_house import LineHouse
from tests.model.model import OFF, Model, Order, Ticket
from tests.support.shop import Json
from tests.support.soundness import told as broken

T = TypeVar("T")
Opening = Callable[[], Awaitable[House]]
WHICH = st.integers(0, 7)
SOME_SEATS = st.lists(st.integers(0, SEATS - 1), min_size=1, max_size=2, unique=True)
SOME_TICKETS = ((), (), (0,), (1,), (0, 1), (0, 1, 2))
PARTS = ("sold", "pending", "held", "waitlist", "blocked", "free", "overbooked_by")


class Steps(RuleBasedStateMachine):
    """A house of its own, which lives on `loop`, and its model."""

    open_house: Opening
    loop: asyncio.AbstractEventLoop
    sweep_every = 1

    house: House
    door: LineHouse
    model: Model
    ids: list[str]
    codes: dict[int, list[str]]
    block_ids: list[str]
    ended_blocks: list[str]
    steps: int

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(600)

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

    def take_over(self, order: Order, shown: Json) -> None:
        """The order is confirmed: read its codes, and let the money go for what it takes."""
        self.read_codes(order, shown)
        self.model.take_over(order)
        self.send_money(order)

    def send_money(self, order: Order) -> None:
        backs = self.model.line.backs
        for back in order.takes:
            if back.status == "taken" and back.holder is order:
                self.do(self.door.send_money(backs.index(back)))

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
        await self._agree_about_line()
        self.steps += 1
        if self.steps % self.sweep_every == 0:
            await self._sweep()

    async def _agree_about_line(self) -> None:
        line = self.model.line
        if not line.places and not line.backs:
            return
        waiting = {id(one): number for number, one in enumerate(line.waiting, start=1)}
        places = [
            f"waiting {waiting[id(one)]}" if one.state == "waiting" else one.state
            for one in line.places
        ]
        assert await self.door.standing() == places
        backs = [(one.status, one.is_promised) for one in line.backs]
        found = await self.door.returned()
        assert [one for one, _ in found] == [one for one, _ in backs]
        for back, (_, promised) in zip(line.backs, found, strict=True):
            assert not back.stands or back.is_promised == promised, back

    async def _sweep(self) -> None:
        house = self.house
        found = await sweep(house.shop.db, INVARIANTS, organizers=[house.organizer])
        assert not found.violations, broken(found)
