"""What an order costs once some of its tickets are something else. Pure."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import structs

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.pricing import repriced, unit_of
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot
from boxoffice.services.events.api import NO_RULES, PriceBook, recount


def with_taxes_of(own: PriceBook, today: PriceBook, kinds: set[UUID]) -> PriceBook:
    """The rules that an order was bought under, with today's taxes on ticket types that are new to
    it: they were in no rules of its own.
    """
    rates = {kind: today.tax_of(kind) for kind in kinds}
    if own is NO_RULES and not any(rates.values()):
        return own
    named = {kind: rate.id if rate else None for kind, rate in rates.items()}
    rules = structs.replace(own.rules, type_taxes={**own.rules.type_taxes, **named})
    known = {rule.id for rule in own.taxes}
    added = {rate.id: rate for rate in rates.values() if rate and rate.id not in known}
    return PriceBook(rules=rules, taxes=(*own.taxes, *added.values()))


def reckon(order: OrderSnapshot, book: PriceBook, list_prices: Mapping[UUID, int]) -> None:
    """The order in memory with those list prices, counted again by the rules of `book`.

    What was kept of cancelled tickets stays a fee.
    """
    charges = order.charges or OrderCharges()
    if book is not NO_RULES:
        charges = structs.replace(charges, book=book)
    units = [
        structs.replace(unit_of(one), list_price=list_prices.get(one.id, one.list_price.amount))
        for one in order.positions
    ]
    priced = recount(units, charges.rules)
    kept = tuple(fee for fee in charges.fees if fee.kind == "cancellation")
    currency = order.total.currency
    total = priced.total + sum(fee.price for fee in kept)
    order.positions = [
        structs.replace(one, list_price=Money(amount=unit.list_price, currency=currency))
        for one, unit in zip(repriced(order.positions, priced), units, strict=True)
    ]
    order.total = Money(amount=total, currency=currency)
    if order.charges is not None or book is not NO_RULES:
        fees = (*priced.fees, *kept)
        order.charges = structs.replace(charges, fees=fees, inexact=priced.inexact)
