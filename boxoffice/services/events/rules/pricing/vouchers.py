"""Vouchers: what a code takes off which units, and what it may do to the stock.

A use is one ticket. A unit takes at most one voucher; of the units that it fits, a voucher takes
the dearest first, as many as its uses, its limit per order and its budget allow.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Conflict, Invalid
from boxoffice.services.events.rules.pricing.basket import Reduction, Unit
from boxoffice.services.events.rules.pricing.rounding import share_of

Effect = Literal["none", "percent", "amount", "price"]
OnStock = Literal["normal", "reserve", "bypass"]


class UnknownVoucher(Invalid):
    code = "unknown_voucher"
    message = "There is no voucher with this code for this event; check its spelling."


class VoucherNotValid(Conflict):
    code = "voucher_not_valid"
    message = "This voucher is not valid at this time."


class VoucherUsedUp(Conflict):
    code = "voucher_used_up"
    message = "This voucher has been used as often as it may be; go on without it."


class VoucherDoesNotFit(Conflict):
    code = "voucher_does_not_fit"
    message = "This voucher is for other ticket types than those you have chosen."


class VoucherTwice(Invalid):
    code = "voucher_twice"
    message = "Enter each voucher once."


class Voucher(msgspec.Struct, kw_only=True):
    """A voucher whose row is locked; `used`, `spent`, `reserved` follow the flush's decisions.

    `value` is thousandths of a percent, or minor units of the event's currency. `reserved` are the
    units that it still has set aside, by quota. With `seats` it is for these alone; `aside` are
    those of them that it still has set aside. One that is `early` is a pass (see `passes`).
    `lapsed` are the units, and their amount, that are counted although their orders' time is over.
    """

    id: UUID
    event_id: UUID
    code: str
    effect: Effect = "none"
    value: int = 0
    budget: int | None = None
    spent: int = 0
    max_uses: int = 1
    used: int = 0
    max_per_order: int | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    ticket_type_ids: frozenset[UUID] = frozenset()
    on_stock: OnStock = "normal"
    reserved: dict[UUID, int] = msgspec.field(default_factory=dict[UUID, int])
    seats: frozenset[UUID] = frozenset()
    aside: set[UUID] = msgspec.field(default_factory=set[UUID])
    early: bool = False
    lapsed: tuple[int, int] | None = None

    def forget_lapsed(self) -> None:
        """Count what has lapsed as free, as it is once somebody gives it back."""
        units, amount = self.lapsed or (0, 0)
        self.used, self.spent, self.lapsed = self.used - units, self.spent - amount, None

    @property
    def uses_left(self) -> int:
        return max(0, self.max_uses - self.used)

    @property
    def budget_left(self) -> int | None:
        return None if self.budget is None else max(0, self.budget - self.spent)

    def fits(self, unit: Unit) -> bool:
        if self.seats and unit.seat_id not in self.seats:
            return False
        return not self.ticket_type_ids or unit.ticket_type_id in self.ticket_type_ids


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """A voucher's part in one order: how many tickets of which types, and what it took off them.

    `seats` are those of a voucher that is for seats; of an order that is priced already none.
    """

    voucher_id: UUID
    code: str
    amount: int
    by_type: dict[UUID, int]
    seats: tuple[UUID, ...] = ()

    @property
    def units(self) -> int:
        return sum(self.by_type.values())


class Redeemed(msgspec.Struct, frozen=True, kw_only=True):
    """What all vouchers of an order do together."""

    uses: tuple[Use, ...] = ()
    reductions: dict[int, tuple[Reduction, ...]] = {}


NOTHING_REDEEMED = Redeemed()


def code_key(code: str) -> str:
    """Codes are compared without regard to case, width, blanks and hyphens."""
    return "".join(unicodedata.normalize("NFKC", code).upper().replace("-", " ").split())


def redeem(vouchers: Sequence[Voucher], units: Sequence[Unit], *, now: datetime) -> Redeemed:
    """Apply the vouchers in the order given; raises when one of them cannot take anything."""
    if len({voucher.id for voucher in vouchers}) < len(vouchers):
        raise VoucherTwice
    uses: list[Use] = []
    reductions: dict[int, tuple[Reduction, ...]] = {}
    for voucher in vouchers:
        check_time(voucher, now=now)
        taken = _take(voucher, units, free_of=reductions.keys())
        reductions |= {number: (_reduction(voucher, amount),) for number, amount in taken.items()}
        by_type = Counter(units[number].ticket_type_id for number in taken)
        uses.append(
            Use(
                voucher_id=voucher.id,
                code=voucher.code,
                amount=sum(taken.values()),
                by_type=dict(by_type),
                seats=_seats(voucher, units, taken),
            )
        )
    return Redeemed(uses=tuple(uses), reductions=reductions)


def _seats(voucher: Voucher, units: Sequence[Unit], taken: Collection[int]) -> tuple[UUID, ...]:
    if not voucher.seats:
        return ()
    return tuple(seat for number in taken if (seat := units[number].seat_id) is not None)


def check_time(voucher: Voucher, *, now: datetime) -> None:
    """Raise `VoucherNotValid` outside the voucher's window."""
    if voucher.valid_from and now < voucher.valid_from:
        raise VoucherNotValid("This voucher is not valid yet.", valid_from=voucher.valid_from)
    if voucher.valid_until and now >= voucher.valid_until:
        raise VoucherNotValid("This voucher has expired.", valid_until=voucher.valid_until)


def check_still_left(voucher: Voucher, use: Use) -> None:
    """Raise unless the voucher still has what an earlier use took from it and gave back."""
    budget = voucher.budget_left
    if voucher.uses_left < use.units or (budget is not None and budget < use.amount):
        raise VoucherUsedUp(voucher=voucher.code)


def spend(voucher: Voucher, use: Use) -> None:
    """The use is granted: the next want finds so much less."""
    voucher.used += use.units
    voucher.spent += use.amount


def _take(voucher: Voucher, units: Sequence[Unit], *, free_of: Collection[int]) -> dict[int, int]:
    fitting = [n for n, unit in enumerate(units) if voucher.fits(unit)]
    if not fitting and voucher.seats:
        raise VoucherDoesNotFit(
            "This voucher is for certain seats; choose those, and no more than it is for.",
            voucher=voucher.code,
        )
    if not fitting:
        raise VoucherDoesNotFit(voucher=voucher.code)
    open_ones = sorted((n for n in fitting if n not in free_of), key=lambda n: (-units[n].price, n))
    if not open_ones:
        raise VoucherDoesNotFit(
            "The other vouchers have taken every ticket that this one fits.", voucher=voucher.code
        )
    most = min(voucher.uses_left, voucher.max_per_order or len(open_ones))
    taken = _within_budget(voucher, [(n, units[n].price) for n in open_ones[:most]])
    if taken is None or not most:
        raise VoucherUsedUp(voucher=voucher.code)
    if not taken:
        raise VoucherDoesNotFit(
            "This voucher takes nothing off these tickets.", voucher=voucher.code
        )
    return taken


def _within_budget(voucher: Voucher, chosen: list[tuple[int, int]]) -> dict[int, int] | None:
    """What comes off each unit; with the last of the budget a unit gets less than it would.

    None if there is no budget left. A unit that would gain nothing is left alone.
    """
    left = voucher.budget_left
    if left == 0:
        return None
    taken: dict[int, int] = {}
    for number, price in chosen:
        off = taken_off(voucher.effect, voucher.value, price)
        if not off and voucher.effect != "none" and voucher.on_stock == "normal":
            continue
        if left is not None:
            if off and not left:
                break
            off = min(off, left)
            left -= off
        taken[number] = off
    return taken


def taken_off(effect: Effect, value: int, price: int) -> int:
    """What the voucher takes off one unit: never more than it costs, never less than nothing."""
    if effect == "percent":
        return min(price, share_of(price, value))
    if effect == "amount":
        return min(price, value)
    if effect == "price":
        return max(0, price - value)
    return 0


def _reduction(voucher: Voucher, amount: int) -> Reduction:
    return Reduction(kind="voucher", id=voucher.id, name=voucher.code, amount=amount)
