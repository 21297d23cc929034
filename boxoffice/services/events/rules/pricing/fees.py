"""Fees on an order: a fixed part and a percentage, borne by the buyer or by the organizer.

Free tickets bear no fee, and a fee never makes a free order cost something.
"""

from collections.abc import Callable, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.pricing.rounding import WHOLE, divided, share_of
from boxoffice.services.events.rules.pricing.taxes import TaxRule


class FeeRule(msgspec.Struct, frozen=True, kw_only=True):
    """`fixed` minor units for each ticket or once per order, and `percent` thousandths of a percent
    of the tickets or of the order's final total, this fee included.
    """

    id: UUID
    name: str
    kind: Literal["service", "payment"] = "service"
    fixed: int = 0
    percent: int = 0
    per: Literal["ticket", "order"] = "order"
    of: Literal["tickets", "total"] = "tickets"
    payer: Literal["buyer", "organizer"] = "buyer"
    tax_rule_id: UUID | None = None


def fixed_part(rule: FeeRule, *, tickets: int, count: int) -> int:
    """What is known before the order's total: `tickets` is what `count` paid tickets cost."""
    fixed = rule.fixed * (count if rule.per == "ticket" else 1)
    return fixed + (share_of(tickets, rule.percent) if rule.of == "tickets" else 0)


def settle(
    rules: Sequence[FeeRule],
    fixed: Sequence[int],
    *,
    taxed_by: Sequence[TaxRule | None],
    without: int,
    total_with: Callable[[Sequence[int]], int],
) -> list[int]:
    """Amounts of fees that the buyer bears.

    A percentage of the final total raises the total, and with it its own tax: the first guess
    solves the equation without rounding, `total_with` then says what the order comes to with it,
    and the fee of that total stands. `without` is the total without any of these fees.
    """
    if not any(rule.of == "total" and rule.percent for rule in rules):
        return list(fixed)
    guess = _of_total(rules, fixed, _first_guess(rules, fixed, taxed_by=taxed_by, without=without))
    return _of_total(rules, fixed, total_with(guess))


def borne_by_organizer(rule: FeeRule, fixed: int, *, total: int) -> int:
    """A fee that the buyer does not see; the total does not depend on it."""
    return fixed + (share_of(total, rule.percent) if rule.of == "total" else 0)


def _of_total(rules: Sequence[FeeRule], fixed: Sequence[int], total: int) -> list[int]:
    return [
        known + (share_of(total, rule.percent) if rule.of == "total" else 0)
        for rule, known in zip(rules, fixed, strict=True)
    ]


def _first_guess(
    rules: Sequence[FeeRule],
    fixed: Sequence[int],
    *,
    taxed_by: Sequence[TaxRule | None],
    without: int,
) -> int:
    grossed = [
        (rule, known, WHOLE if tax is None or tax.inclusive else WHOLE + tax.rate)
        for rule, known, tax in zip(rules, fixed, taxed_by, strict=True)
    ]
    known_total = without * WHOLE + sum(known * factor for _, known, factor in grossed)
    growing = sum(rule.percent * factor for rule, _, factor in grossed if rule.of == "total")
    return divided(known_total * WHOLE, WHOLE * WHOLE - growing)
