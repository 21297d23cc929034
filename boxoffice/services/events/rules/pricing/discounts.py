"""Automatic discounts: who buys many together pays less.

Rules apply in the organizer's order, and a unit takes part in at most one of them.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.pricing.rounding import share_of

DiscountKind = Literal["group", "n_for_m", "dates"]


class DiscountRule(msgspec.Struct, frozen=True, kw_only=True):
    """`group`: from `count` tickets on each is cheaper, by `percent` thousandths of a percent or by
    `amount` minor units. `n_for_m`: of each `count` only `pay` are paid; the cheapest are free.
    `dates`: tickets for `count` or more different dates, one of each, are cheaper as in a group.

    No `ticket_type_ids` means all of the event's, but nothing that comes with another ticket.
    `with_vouchers` also takes units that a voucher has made cheaper.
    """

    id: UUID
    name: str
    kind: DiscountKind = "group"
    count: int
    pay: int | None = None
    percent: int = 0
    amount: int = 0
    ticket_type_ids: tuple[UUID, ...] = ()
    with_vouchers: bool = False


class Candidate(msgspec.Struct, frozen=True):
    """A unit that a discount may take: its number in the order, its type, what it costs now,
    whether it is `bound` to another ticket, and its date if that is not the order's own.
    """

    number: int
    ticket_type_id: UUID
    price: int
    took_voucher: bool
    bound: bool = False
    date: UUID | None = None


class Taken(msgspec.Struct, frozen=True):
    """A discount's part in one order: what it takes off which units, and whom it used up."""

    rule: DiscountRule
    off: dict[int, int]
    used: frozenset[int]


def apply(rules: Sequence[DiscountRule], candidates: Sequence[Candidate]) -> list[Taken]:
    """What each rule takes off; free units neither count nor get cheaper."""
    left = [unit for unit in candidates if unit.price > 0]
    taken: list[Taken] = []
    for rule in rules:
        one = _apply_one(rule, [unit for unit in left if _fits(rule, unit)])
        if one.used:
            taken.append(one)
            left = [unit for unit in left if unit.number not in one.used]
    return taken


def _fits(rule: DiscountRule, unit: Candidate) -> bool:
    named = rule.ticket_type_ids
    wanted = unit.ticket_type_id in named if named else not unit.bound
    return wanted and (rule.with_vouchers or not unit.took_voucher)


def _apply_one(rule: DiscountRule, units: list[Candidate]) -> Taken:
    if len(units) < rule.count:
        return Taken(rule, {}, frozenset())
    if rule.kind == "n_for_m":
        return _cheapest_free(rule, units)
    taken = _of_different_dates(rule, units) if rule.kind == "dates" else units
    off = {
        unit.number: min(unit.price, share_of(unit.price, rule.percent) + rule.amount)
        for unit in taken
    }
    return Taken(rule, off, frozenset(off))


def _of_different_dates(rule: DiscountRule, units: list[Candidate]) -> list[Candidate]:
    """Those that sets of `count` or more different dates can be made of: as many sets as there
    can be, and of each date the dearest.

    With n sets a date gives at most n units; they fit into n sets of `count` as soon as all dates
    together give n times `count`.
    """
    by_date: defaultdict[UUID | None, list[Candidate]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: (-unit.price, unit.number)):
        by_date[unit.date].append(unit)
    sets = 0
    while sum(min(len(of), sets + 1) for of in by_date.values()) >= (sets + 1) * rule.count:
        sets += 1
    return [unit for of in by_date.values() for unit in of[:sets]]


def _cheapest_free(rule: DiscountRule, units: list[Candidate]) -> Taken:
    groups = len(units) // rule.count
    paid = groups * (rule.pay or 0)
    by_price = sorted(units, key=lambda unit: (unit.price, unit.number))
    free = by_price[: groups * rule.count - paid]
    paying = by_price[len(by_price) - paid :]
    return Taken(
        rule,
        {unit.number: unit.price for unit in free},
        frozenset(unit.number for unit in (*free, *paying)),
    )
