"""Passes: vouchers that let their owners buy before a sale begins, each so many tickets.

A pass takes nothing off; a ticket that it lets in may take another voucher, and any discount.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.services.events.rules.pricing.basket import Reduction, Reductions, Unit
from boxoffice.services.events.rules.pricing.vouchers import (
    Redeemed,
    Use,
    Voucher,
    VoucherNotValid,
    VoucherTwice,
    VoucherUsedUp,
)


class EarlyAccessClosed(VoucherNotValid):
    code = "early_access_closed"
    message = "Your early access is not open at this time; look when it is."


class EarlyAccessUsedUp(VoucherUsedUp):
    code = "early_access_used_up"
    message = "Your early access is for fewer tickets than that, over all your orders."


def let_in(
    passes: Sequence[Voucher], units: Sequence[Unit], waiting: Collection[UUID], *, now: datetime
) -> Redeemed:
    """Which units of the types that are `waiting` for their sale the passes let in.

    A pass that is not needed is not used. `EarlyAccessClosed` outside a needed pass's window,
    `EarlyAccessUsedUp` if one fits and has not enough left. What comes with another ticket is let
    in with that.
    """
    if len({one.id for one in passes}) < len(passes):
        raise VoucherTwice
    needed = [n for n, one in enumerate(units) if one.ticket_type_id in waiting and not one.bound]
    uses: list[Use] = []
    let: Reductions = {}
    for one in passes:
        fitting = [number for number in needed if number not in let and one.fits(units[number])]
        if not fitting:
            continue
        _check_open(one, now=now)
        taken = fitting[: one.uses_left]
        if taken:
            uses.append(_use(one, [units[number] for number in taken]))
            let |= {number: (_mark(one.id, one.code),) for number in taken}
    left = [units[number] for number in needed if number not in let]
    if any(one.fits(unit) for one in passes for unit in left):
        raise EarlyAccessUsedUp(left=sum(one.uses_left for one in passes), wanted=len(needed))
    return Redeemed(uses=tuple(uses), reductions=let)


def kept(uses: Sequence[Use], units: Sequence[Unit]) -> Redeemed:
    """What passes have let in of an order stays with them, whatever else changes its price."""
    let: Reductions = {}
    for use in uses:
        left = Counter(use.by_type)
        for number, unit in enumerate(units):
            if left[unit.ticket_type_id] and number not in let and not unit.bound:
                left[unit.ticket_type_id] -= 1
                let[number] = (_mark(use.voucher_id, use.code),)
    return Redeemed(uses=tuple(uses), reductions=let)


def together(passes: Redeemed, vouchers: Redeemed) -> Redeemed:
    """Both, each unit with what either did to it."""
    numbers = passes.reductions.keys() | vouchers.reductions.keys()
    return Redeemed(
        uses=passes.uses + vouchers.uses,
        reductions={
            number: passes.reductions.get(number, ()) + vouchers.reductions.get(number, ())
            for number in sorted(numbers)
        },
    )


def _check_open(one: Voucher, *, now: datetime) -> None:
    if one.valid_from and now < one.valid_from:
        raise EarlyAccessClosed("Your early access has not begun yet.", opens_at=one.valid_from)
    if one.valid_until and now >= one.valid_until:
        raise EarlyAccessClosed(
            "Your early access is over; the sale to everybody is still to come.",
            closed_at=one.valid_until,
        )


def _use(one: Voucher, units: Sequence[Unit]) -> Use:
    by_type = Counter(unit.ticket_type_id for unit in units)
    return Use(voucher_id=one.id, code=one.code, amount=0, by_type=dict(by_type))


def _mark(voucher_id: UUID, code: str) -> Reduction:
    return Reduction(kind="early", id=voucher_id, name=code, amount=0)
