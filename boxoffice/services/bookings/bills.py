"""What an order consists of, added up for its reader: net, taxes by rule, fees, reductions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.snapshots import OrderCharges, PositionSnapshot
from boxoffice.services.bookings.views import (
    FeeView,
    GiftCardPartView,
    ReductionView,
    TaxView,
)
from boxoffice.services.events.api import PricedFee, Reduction, TaxLabel
from boxoffice.services.payments.api import GiftCardUse, split_over_cards


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """The parts of a total."""

    total: Money
    net: Money
    tax: Money
    fees: list[FeeView]
    taxes: list[TaxView]
    reductions: list[ReductionView]


def costs_of(
    positions: Sequence[PositionSnapshot], charges: OrderCharges | None, *, currency: str
) -> Costs:
    """Positions and the fees that the buyer pays, added up."""
    if charges is None:
        return _plain(sum(p.price.amount for p in positions), currency)
    fees = [fee for fee in charges.fees if fee.payer == "buyer"]
    total = sum(p.price.amount for p in positions) + sum(fee.price for fee in fees)
    tax = sum(p.tax.amount for p in positions) + sum(fee.tax for fee in fees)
    return Costs(
        total=Money(amount=total, currency=currency),
        net=Money(amount=total - tax, currency=currency),
        tax=Money(amount=tax, currency=currency),
        fees=[_fee(fee, currency) for fee in fees],
        taxes=_taxes(positions, fees, currency),
        reductions=_summed(
            (one for p in positions if p.charges for one in p.charges.reductions), currency
        ),
    )


def _plain(amount: int, currency: str) -> Costs:
    """Nothing but list prices."""
    total = Money(amount=amount, currency=currency)
    return Costs(total=total, net=total, tax=Money.zero(currency), fees=[], taxes=[], reductions=[])


def tender_of(total: Money, uses: Sequence[GiftCardUse]) -> tuple[list[GiftCardPartView], Money]:
    """What gift cards pay of the total, and what is left for another way to pay.

    Where the total has fallen since, they pay less: money goes back before they get theirs.
    """
    parts = split_over_cards(total.amount, [use.amount for use in uses])
    left = Money(amount=total.amount - sum(parts), currency=total.currency)
    shown = [
        GiftCardPartView(
            gift_card_id=use.gift_card_id,
            code_end=use.code_end,
            amount=Money(amount=part, currency=total.currency),
        )
        for use, part in zip(uses, parts, strict=True)
        if part
    ]
    return shown, left


def reduction_views(position: PositionSnapshot) -> list[ReductionView]:
    """What was taken off one position."""
    if position.charges is None:
        return []
    return _summed(position.charges.reductions, position.price.currency)


def discount_of(position: PositionSnapshot) -> Money:
    """All that was taken off one position."""
    if position.charges is None:
        return Money.zero(position.price.currency)
    taken = position.charges.reductions
    return Money(amount=sum(one.amount for one in taken), currency=position.price.currency)


def _summed(reductions: Iterable[Reduction], currency: str) -> list[ReductionView]:
    amounts: defaultdict[tuple[str, str], int] = defaultdict(int)
    first: dict[tuple[str, str], Reduction] = {}
    for one in reductions:
        key = (one.kind, str(one.id))
        amounts[key] += one.amount
        first.setdefault(key, one)
    return [
        ReductionView(
            kind=one.kind, name=one.name, amount=Money(amount=amounts[key], currency=currency)
        )
        for key, one in first.items()
        if one.kind != "early"
    ]


def _taxes(
    positions: Sequence[PositionSnapshot], fees: Sequence[PricedFee], currency: str
) -> list[TaxView]:
    gross: defaultdict[TaxLabel, int] = defaultdict(int)
    tax: defaultdict[TaxLabel, int] = defaultdict(int)
    lines = [
        *((p.charges.tax_rule, p.price.amount, p.tax.amount) for p in positions if p.charges),
        *((fee.tax_rule, fee.price, fee.tax) for fee in fees),
    ]
    for rule, price, part in lines:
        if rule is not None:
            gross[rule] += price
            tax[rule] += part
    return [
        TaxView(
            name=rule.name,
            rate=rule.rate,
            inclusive=rule.inclusive,
            net=Money(amount=gross[rule] - tax[rule], currency=currency),
            tax=Money(amount=tax[rule], currency=currency),
            gross=Money(amount=gross[rule], currency=currency),
            reverse_charge=rule.reverse_charge,
        )
        for rule in gross
    ]


def _fee(fee: PricedFee, currency: str) -> FeeView:
    return FeeView(
        name=fee.name,
        kind=fee.kind,
        price=Money(amount=fee.price, currency=currency),
        tax=Money(amount=fee.tax, currency=currency),
    )
