"""What was quoted or granted becomes what an order is made of; and an order is counted again."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import accumulate
from uuid import UUID

from msgspec import structs

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.snapshots import (
    Customer,
    OrderCharges,
    OrderSnapshot,
    PositionCharges,
    PositionSnapshot,
)
from boxoffice.services.events.api import (
    NO_RULES,
    ChosenSeat,
    HeldOrder,
    Priced,
    PricedLine,
    PricedUnit,
    Quoted,
    Unit,
    recount,
)


def total_of(quoted: Quoted) -> Money:
    """What the order comes to."""
    return Money(amount=_priced(quoted).total, currency=quoted.lines[0].price.currency)


def positions_of(quoted: Quoted) -> list[PositionSnapshot]:
    """One position for each unit, numbered from 1."""
    lines = [(line, unit) for line in quoted.lines for unit in range(line.quantity)]
    positions = [
        _position(number, line, unit, line.seats[place] if line.seats else None)
        for number, ((line, place), unit) in enumerate(
            zip(lines, _priced(quoted).units, strict=True), start=1
        )
    ]
    return _bound(quoted, positions) if quoted.extras else positions


def _bound(quoted: Quoted, positions: list[PositionSnapshot]) -> list[PositionSnapshot]:
    """The positions, each saying which it comes with and whether it admits anybody."""
    firsts = list(accumulate((line.quantity for line in quoted.lines), initial=0))
    bound: list[PositionSnapshot] = []
    for line, first in zip(quoted.lines, firsts, strict=False):
        for place, position in enumerate(positions[first : first + line.quantity]):
            parent = None
            if line.parent is not None:
                each = line.quantity // quoted.lines[line.parent].quantity
                parent = positions[firsts[line.parent] + place // each].id
            bound.append(
                structs.replace(
                    position,
                    parent_id=parent,
                    bundled=line.bundled,
                    admits=line.admits,
                    demanded=line.demanded,
                )
            )
    return bound


def _position(
    number: int, line: PricedLine, unit: PricedUnit, seat: ChosenSeat | None
) -> PositionSnapshot:
    currency = line.price.currency
    list_price = _money(unit.list_price, currency)
    return PositionSnapshot(
        id=new_id(),
        number=number,
        ticket_type_id=line.ticket_type_id,
        ticket_type_name=line.name,
        price=list_price if unit.price == unit.list_price else _money(unit.price, currency),
        list_price=list_price,
        tax=_money(unit.tax, currency),
        charges=charges_of_unit(unit),
        attendee_name=None,
        variation_id=line.variation_id,
        variation_name=line.variation_name,
        seat=seat,
        occurrence_id=line.occurrence_id,
    )


@lru_cache(maxsize=1024)
def _money(amount: int, currency: str) -> Money:
    """The same amounts come again and again."""
    return Money(amount=amount, currency=currency)


def charges_of(
    quoted: Quoted, access_code: str | None = None, *, needs_approval: bool = False
) -> OrderCharges | None:
    """Fees, vouchers and the rules that priced the order; None if list prices are all there is."""
    priced, book = _priced(quoted), quoted.book
    if not quoted.uses and book is NO_RULES and not access_code and not needs_approval:
        return None
    kinds = {unit.ticket_type_id for unit in priced.units}
    return OrderCharges(
        fees=priced.fees,
        uses=quoted.uses,
        book=None if book is NO_RULES else book.pages(kinds),
        inexact=priced.inexact,
        access_code=access_code,
        needs_approval=needs_approval,
    )


def priced_with(order: OrderSnapshot, position_id: UUID, list_price: int) -> Priced:
    """What the order would cost with another list price of that position; discounts are earned
    anew, by the rules the order was bought under.
    """
    book = order.charges.rules if order.charges else NO_RULES
    units = [unit_of(one) for one in order.positions]
    changed = [
        structs.replace(unit, list_price=list_price) if one.id == position_id else unit
        for one, unit in zip(order.positions, units, strict=True)
    ]
    return recount(changed, book)


def held_order(order: OrderSnapshot) -> HeldOrder:
    """The order as its price can be worked out again."""
    charges = order.charges or OrderCharges()
    return HeldOrder(
        id=order.id,
        event_id=order.event_id,
        units=tuple(
            Unit(
                one.ticket_type_id,
                one.list_price.amount,
                one.seat.id if one.seat else None,
                bound=one.parent_id is not None,
                date=one.occurrence_id,
            )
            for one in order.positions
        ),
        book=charges.rules,
        uses=charges.uses,
        expires_at=order.hold_expires_at,
    )


def repriced(positions: Sequence[PositionSnapshot], priced: Priced) -> list[PositionSnapshot]:
    """The same positions at other prices."""
    return [
        structs.replace(
            position,
            price=Money(amount=unit.price, currency=position.price.currency),
            tax=Money(amount=unit.tax, currency=position.price.currency),
            charges=charges_of_unit(unit),
        )
        for position, unit in zip(positions, priced.units, strict=True)
    ]


def taxed_for(order: OrderSnapshot, customer: Customer) -> None:
    """The order priced anew for that customer; list prices and vouchers stay."""
    charges = structs.replace(order.charges or OrderCharges(), customer=customer)
    priced = recount([unit_of(one) for one in order.positions], charges.rules)
    order.positions = repriced(order.positions, priced)
    order.total = Money(amount=priced.total, currency=order.total.currency)
    order.charges = structs.replace(charges, fees=priced.fees, inexact=priced.inexact)


def priced_without(
    order: OrderSnapshot, position_ids: Collection[UUID], *, keep: bool = False
) -> Priced:
    """What the order would cost without these positions, by the rules it was bought under.

    Automatic discounts must be earned anew, unless they `keep` them.
    """
    book = order.charges.rules if order.charges else NO_RULES
    left = [unit_of(one) for one in order.positions if one.id not in position_ids]
    return recount(left, book, keep=keep)


def _priced(quoted: Quoted) -> Priced:
    if quoted.priced is None:
        raise TypeError("a late order keeps the price that it has")
    return quoted.priced


def charges_of_unit(unit: PricedUnit) -> PositionCharges | None:
    """Why the unit's price is not its list price; None if it is."""
    if not unit.reductions and unit.tax_rule is None:
        return None
    return PositionCharges(reductions=unit.reductions, tax_rule=unit.tax_rule)


def unit_of(position: PositionSnapshot) -> PricedUnit:
    """The position as a price is worked out from."""
    charges = position.charges or PositionCharges()
    return PricedUnit(
        ticket_type_id=position.ticket_type_id,
        list_price=position.list_price.amount,
        price=position.price.amount,
        tax=position.tax.amount,
        reductions=charges.reductions,
        tax_rule=charges.tax_rule,
        bound=position.parent_id is not None,
        date=position.occurrence_id,
    )
