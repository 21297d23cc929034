"""A basket and its rules become positions, fees and a total: one pure function, `price`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.pricing import discounts, fees
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.pricing.taxes import TaxableLine, Taxes, TaxRule, tax


class Unit(msgspec.Struct, frozen=True):
    """One ticket and its list price; its seat where a voucher asks for it; `bound` if it comes with
    another ticket of the basket; its date if that is not the order's own.
    """

    ticket_type_id: UUID
    price: int
    seat_id: UUID | None = None
    bound: bool = False
    date: UUID | None = None


class Reduction(msgspec.Struct, frozen=True, kw_only=True):
    """What a voucher or an automatic discount (with that `id`) takes off one unit; `early`: a pass
    has let it in before its sale began, which takes nothing off.
    """

    kind: Literal["voucher", "group", "n_for_m", "dates", "early"]
    id: UUID
    name: str
    amount: int


class TaxLabel(msgspec.Struct, frozen=True, kw_only=True):
    """The tax rule of a line as it was when the line was priced."""

    id: UUID
    name: str
    rate: int
    inclusive: bool
    reverse_charge: bool = False


class PricedUnit(msgspec.Struct, frozen=True, kw_only=True):
    """`price` is what is charged, with `tax` in it. Under an inclusive tax or none it is the list
    price less the reductions; an exclusive tax comes on top of that.
    """

    ticket_type_id: UUID
    list_price: int
    price: int
    tax: int = 0
    reductions: tuple[Reduction, ...] = ()
    tax_rule: TaxLabel | None = None
    bound: bool = False
    date: UUID | None = None

    @property
    def reduced_by(self) -> int:
        return sum(one.amount for one in self.reductions)


class PricedFee(msgspec.Struct, frozen=True, kw_only=True):
    """`price` is what it costs, with `tax` in it. What the organizer pays is in no total."""

    id: UUID
    name: str
    kind: Literal["service", "payment", "cancellation"]
    payer: Literal["buyer", "organizer"]
    price: int
    tax: int = 0
    tax_rule: TaxLabel | None = None


class Priced(msgspec.Struct, frozen=True, kw_only=True):
    """`inexact`: the event's way of rounding cannot reach this gross total exactly."""

    units: tuple[PricedUnit, ...]
    fees: tuple[PricedFee, ...] = ()
    inexact: bool = False

    @property
    def total(self) -> int:
        return sum(unit.price for unit in self.units) + sum(fee.price for fee in self.passed_on)

    @property
    def tax(self) -> int:
        return sum(unit.tax for unit in self.units) + sum(fee.tax for fee in self.passed_on)

    @property
    def passed_on(self) -> tuple[PricedFee, ...]:
        """The fees that the buyer pays."""
        return tuple(fee for fee in self.fees if fee.payer == "buyer")


# Reductions by the number of the unit.
Reductions = dict[int, tuple[Reduction, ...]]


def price(
    units: Sequence[Unit], book: PriceBook = NO_RULES, vouchers: Reductions | None = None
) -> Priced:
    """What the units cost; of each, `vouchers` take off at most its price."""
    if book is NO_RULES and not vouchers:
        return Priced(units=_plain(units))
    reductions = _discounted(units, book, vouchers or {})
    lines = [
        TaxableLine(
            unit.price - sum(one.amount for one in reductions.get(number, ())),
            book.tax_of(unit.ticket_type_id),
        )
        for number, unit in enumerate(units)
    ]
    charged = _Fees(lines, book, bound=[unit.bound for unit in units])
    taxes = charged.taxes
    return Priced(
        units=tuple(
            PricedUnit(
                ticket_type_id=unit.ticket_type_id,
                list_price=unit.price,
                price=taxed.gross,
                tax=taxed.tax,
                reductions=reductions.get(number, ()),
                tax_rule=_label(lines[number].rule),
                bound=unit.bound,
                date=unit.date,
            )
            for number, (unit, taxed) in enumerate(zip(units, taxes.lines, strict=False))
        ),
        fees=charged.priced(),
        inexact=taxes.inexact,
    )


@lru_cache(maxsize=1024)
def plain_unit(ticket_type_id: UUID, list_price: int) -> PricedUnit:
    """A unit at its list price; the same object for the same unit."""
    return PricedUnit(ticket_type_id=ticket_type_id, list_price=list_price, price=list_price)


def all_in(ticket_type_id: UUID, list_price: int, book: PriceBook) -> Priced:
    """One ticket alone, with all fees and taxes: what the first screen shows."""
    return price([Unit(ticket_type_id, list_price)], book)


def recount(units: Sequence[PricedUnit], book: PriceBook, *, keep: bool = False) -> Priced:
    """What is left of an order costs this: list prices and vouchers stay with their units,
    automatic discounts of the book must be earned anew; with `keep` they stay as well.
    """
    vouchers: Reductions = {}
    earned_anew: set[UUID] = set()
    if not keep:
        earned_anew = {rule.id for rule in book.rules.discounts}
    for number, unit in enumerate(units):
        kept = tuple(one for one in unit.reductions if one.id not in earned_anew)
        if kept:
            vouchers[number] = kept
    if keep:
        book = msgspec.structs.replace(
            book, rules=msgspec.structs.replace(book.rules, discounts=())
        )
    return price(
        [
            Unit(unit.ticket_type_id, unit.list_price, bound=unit.bound, date=unit.date)
            for unit in units
        ],
        book,
        vouchers,
    )


def _plain(units: Sequence[Unit]) -> tuple[PricedUnit, ...]:
    """Without any rule a unit costs its list price."""
    return tuple(plain_unit(unit.ticket_type_id, unit.price) for unit in units)


def _discounted(units: Sequence[Unit], book: PriceBook, vouchers: Reductions) -> Reductions:
    candidates = [
        discounts.Candidate(
            number,
            unit.ticket_type_id,
            unit.price - sum(one.amount for one in vouchers.get(number, ())),
            any(one.kind == "voucher" for one in vouchers.get(number, ())),
            unit.bound,
            unit.date,
        )
        for number, unit in enumerate(units)
    ]
    reductions = dict(vouchers)
    for taken in discounts.apply(book.rules.discounts, candidates):
        rule = taken.rule
        for number, amount in taken.off.items():
            if amount:
                one = Reduction(kind=rule.kind, id=rule.id, name=rule.name, amount=amount)
                reductions[number] = (*reductions.get(number, ()), one)
    return reductions


class _Fees:
    """The fees on tickets that cost something, and the taxes on both.

    What is `bound` to another ticket is not one more ticket.
    """

    def __init__(
        self, tickets: list[TaxableLine], book: PriceBook, *, bound: Sequence[bool]
    ) -> None:
        self._book, self._tickets = book, tickets
        alone = self._tax([], [])
        paid = [
            with_another
            for line, with_another in zip(alone.lines, bound, strict=True)
            if line.gross > 0
        ]
        count = paid.count(False)
        rules = book.rules.fees if paid else ()
        fixed = [fees.fixed_part(rule, tickets=alone.total, count=count) for rule in rules]
        borne = [
            (rule, part) for rule, part in zip(rules, fixed, strict=True) if rule.payer == "buyer"
        ]
        self._passed_on = [rule for rule, _ in borne]
        amounts = fees.settle(
            self._passed_on,
            [part for _, part in borne],
            taxed_by=[book.tax(rule.tax_rule_id) for rule in self._passed_on],
            without=alone.total,
            total_with=lambda guess: self._tax(self._passed_on, guess).total,
        )
        self.taxes = self._tax(self._passed_on, amounts) if amounts else alone
        self._absorbed = [
            (rule, fees.borne_by_organizer(rule, part, total=self.taxes.total))
            for rule, part in zip(rules, fixed, strict=True)
            if rule.payer == "organizer"
        ]

    def _tax(self, rules: Sequence[fees.FeeRule], amounts: Sequence[int]) -> Taxes:
        lines = [
            TaxableLine(amount, self._book.tax(rule.tax_rule_id))
            for rule, amount in zip(rules, amounts, strict=True)
        ]
        return tax([*self._tickets, *lines], self._book.rules.rounding)

    def priced(self) -> tuple[PricedFee, ...]:
        """What the buyer pays, then what the organizer does; none of them is zero."""
        taxed = self.taxes.lines[len(self._tickets) :]
        passed_on = [
            _fee(rule, gross=line.gross, tax=line.tax, by=self._book.tax(rule.tax_rule_id))
            for rule, line in zip(self._passed_on, taxed, strict=True)
        ]
        absorbed = [_fee(rule, gross=amount, tax=0, by=None) for rule, amount in self._absorbed]
        return tuple(fee for fee in (*passed_on, *absorbed) if fee.price)


def _fee(rule: fees.FeeRule, *, gross: int, tax: int, by: TaxRule | None) -> PricedFee:
    return PricedFee(
        id=rule.id,
        name=rule.name,
        kind=rule.kind,
        payer=rule.payer,
        price=gross,
        tax=tax,
        tax_rule=_label(by),
    )


def _label(rule: TaxRule | None) -> TaxLabel | None:
    if rule is None:
        return None
    return TaxLabel(
        id=rule.id,
        name=rule.name,
        rate=rule.rate,
        inclusive=rule.inclusive,
        reverse_charge=rule.reverse_charge,
    )
