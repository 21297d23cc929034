"""Taxes on the lines of one order, rounded in one of three ways.

An inclusive rule is part of the price, an exclusive one comes on top of it.

- `line`: each line by itself. The order's tax is the sum of its lines' taxes.
- `net_total`: the tax of all lines under one rule is that of their net total. A gross price then
  moves by a minor unit here and there, and some gross prices cannot be reached at all.
- `net_total_stable_gross`: the same, but inclusive gross prices stay and the net prices move. Where
  no net total has exactly that gross, the tax deviates by a minor unit, as `Taxes.inexact` says.
"""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.pricing.rounding import WHOLE, divided, share_of, spread


class Rounding(StrEnum):
    LINE = "line"
    NET_TOTAL = "net_total"
    NET_TOTAL_STABLE_GROSS = "net_total_stable_gross"


class TaxCase(msgspec.Struct, frozen=True, kw_only=True):
    """Another `rate` for customers of a `country` (None: of any), all of them, or only those who do
    (`business`) or do not (`consumer`) name a VAT number. With `reverse_charge` they owe the tax
    themselves, and pay the net price.
    """

    country: str | None = None
    customer: Literal["any", "consumer", "business"] = "any"
    rate: int = 0
    reverse_charge: bool = False

    def fits(self, *, country: str, is_business: bool) -> bool:
        return self.country in (None, country) and (
            self.customer == "any" or (self.customer == "business") is is_business
        )


class TaxRule(msgspec.Struct, frozen=True, kw_only=True):
    """`rate` in thousandths of a percent: 19 % is 19000. The first of the `cases` that fits a
    customer counts instead; `waived` is then the rate that is in an inclusive price and not owed.
    """

    id: UUID
    name: str
    rate: int
    inclusive: bool
    country: str | None = None
    cases: tuple[TaxCase, ...] = ()
    waived: int = 0
    reverse_charge: bool = False

    def of(self, *, country: str, is_business: bool) -> "TaxRule":
        """The rule for a customer of this kind."""
        for case in self.cases:
            if case.fits(country=country, is_business=is_business):
                return self._by(case)
        return self

    def _by(self, case: TaxCase) -> "TaxRule":
        if not case.reverse_charge:
            return msgspec.structs.replace(self, rate=case.rate)
        waived = self.rate if self.inclusive else 0
        return msgspec.structs.replace(self, rate=0, waived=waived, reverse_charge=True)


class TaxableLine(msgspec.Struct, frozen=True):
    """`amount` is gross under an inclusive rule or none, net under an exclusive one."""

    amount: int
    rule: TaxRule | None


class Taxed(msgspec.Struct, frozen=True):
    """`gross` is what is charged; `gross` - `tax` is net."""

    gross: int
    tax: int

    @property
    def net(self) -> int:
        return self.gross - self.tax


class Taxes(msgspec.Struct, frozen=True, kw_only=True):
    """The lines taxed, in their order."""

    lines: list[Taxed]
    inexact: bool = False

    @property
    def total(self) -> int:
        return sum(line.gross for line in self.lines)


def tax(lines: Sequence[TaxableLine], rounding: Rounding) -> Taxes:
    """Each line's gross and tax."""
    taxed = [_alone(line) for line in lines]
    if rounding is Rounding.LINE:
        return Taxes(lines=taxed)
    inexact = False
    for rule, places in _under_rules(lines):
        group = [taxed[place] for place in places]
        if rule.inclusive and rounding is Rounding.NET_TOTAL_STABLE_GROSS:
            settled, exact = _stable_gross(group, rule)
            inexact = inexact or not exact
        else:
            settled = _by_net_total(group, rule)
        for place, line in zip(places, settled, strict=True):
            taxed[place] = line
    return Taxes(lines=taxed, inexact=inexact)


def is_possible(gross: int, rule: TaxRule) -> bool:
    """Whether some net amount plus its rounded tax is exactly `gross`."""
    return _net_of(gross, rule) is not None


def _alone(line: TaxableLine) -> Taxed:
    rule = line.rule
    if rule is None:
        return Taxed(line.amount, 0)
    if rule.waived:
        return Taxed(divided(line.amount * WHOLE, WHOLE + rule.waived), 0)
    if rule.inclusive:
        return Taxed(line.amount, line.amount - divided(line.amount * WHOLE, WHOLE + rule.rate))
    owed = share_of(line.amount, rule.rate)
    return Taxed(line.amount + owed, owed)


def _under_rules(lines: Sequence[TaxableLine]) -> list[tuple[TaxRule, list[int]]]:
    rules: dict[UUID, TaxRule] = {}
    places: defaultdict[UUID, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.rule is not None and line.amount:
            rules[line.rule.id] = line.rule
            places[line.rule.id].append(place)
    return [(rule, places[key]) for key, rule in rules.items()]


def _by_net_total(group: list[Taxed], rule: TaxRule) -> list[Taxed]:
    """Net prices stay; the tax is that of their sum, and the gross prices follow."""
    owed = share_of(sum(line.net for line in group), rule.rate)
    moved = _moves(owed - sum(line.tax for line in group), [line.tax for line in group])
    return [
        Taxed(line.gross + move, line.tax + move) for line, move in zip(group, moved, strict=True)
    ]


def _stable_gross(group: list[Taxed], rule: TaxRule) -> tuple[list[Taxed], bool]:
    """Gross prices stay; the net prices sum up to a net total whose tax is the rest of it."""
    gross = sum(line.gross for line in group)
    exact = _net_of(gross, rule)
    net = divided(gross * WHOLE, WHOLE + rule.rate) if exact is None else exact
    moved = _moves(gross - net - sum(line.tax for line in group), [line.tax for line in group])
    settled = [Taxed(line.gross, line.tax + move) for line, move in zip(group, moved, strict=True)]
    return settled, exact is not None


def _moves(difference: int, taxes: list[int]) -> list[int]:
    """By how much each line's tax moves; where tax is taken away, from the largest first."""
    places = list(range(len(taxes)))
    if difference < 0:
        places.sort(key=lambda place: -taxes[place])
    moves = spread(difference, places)
    return [moves[place] for place in range(len(taxes))]


def _net_of(gross: int, rule: TaxRule) -> int | None:
    about = divided(gross * WHOLE, WHOLE + rule.rate)
    for net in (about, about - 1, about + 1):
        if net >= 0 and net + share_of(net, rule.rate) == gross:
            return net
    return None
