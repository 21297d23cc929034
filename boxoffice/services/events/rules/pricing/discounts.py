"""Automatic discounts: who buys many together pays less.

Rules apply in the organizer's order, and a unit takes part in at most one of them.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.pricing.rounding import share_of


class DiscountRule(msgspec.Struct, frozen=True, kw_only=True):
    """`group`: from `count` tickets on each is cheaper, by `percent` thousandths of a percent or by
    `amount` minor units. `n_for_m`: of each `count` only `pay` are paid; the cheapest are free.

    No `ticket_type_ids` means all of the event's, but nothing that comes with another ticket.
    `with_vouchers` also takes units that a voucher has made cheaper.
    """

    id: UUID
    name: str
    kind: Literal["group", "n_for_m"] = "group"
    count: int
    pay: int | None = None
    percent: int = 0
    amount: int = 0
    ticket_type_ids: tuple[UUID, ...] = ()
    with_vouchers: bool = False


class Candidate(msgspec.Struct, frozen=True):
    """A unit that a discount may take: its number in the order, its type, what it costs now, and
    whether it is `bound` to another ticket.
    """

    number: int
    ticket_type_id: UUID
    price: int
    took_voucher: bool
    bound: bool = False


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
    if rule.kind == "group":
        off = {
            unit.number: min(unit.price, share_of(unit.price, rule.percent) + rule.amount)
            for unit in units
        }
        return Taken(rule, off, frozenset(off))
    return _cheapest_free(rule, units)


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
