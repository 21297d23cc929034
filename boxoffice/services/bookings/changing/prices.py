"""What tickets and add-ons cost that come into an order after the sale. Pure."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from boxoffice.services.bookings.changing.targets import Plan
from boxoffice.services.bookings.changing.wishes import AddedWish, Settle
from boxoffice.services.bookings.rules import ChangeNotAllowed
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.events.api import (
    Demanded,
    NotOnSale,
    TicketTypeFacts,
    VariationFacts,
    VariationOff,
    WantedLine,
    add_on_prices,
)

Types = Mapping[UUID, TicketTypeFacts]


def own_price(kind: TicketTypeFacts, variation: VariationFacts | None) -> int:
    """The list price of one unit, in minor units."""
    return kind.price.amount if variation is None or variation.price is None else variation.price


def variation_price(
    kind: TicketTypeFacts, position: PositionSnapshot, chosen: VariationFacts | None
) -> int:
    """The list price in that variation. What came with a ticket at a price of its own keeps it."""
    before = next((one for one in kind.variations if one.id == position.variation_id), None)
    as_sold = position.list_price.amount
    special = position.parent_id is not None and own_price(kind, before) != as_sold
    return as_sold if special or position.bundled else own_price(kind, chosen)


def was_let_in(order: OrderSnapshot, position: PositionSnapshot) -> bool:
    """Whether early access brought it into the order, or what it comes with."""
    together = {position.id, position.parent_id}
    return any(
        cut.kind == "early"
        for one in order.positions
        if one.id in together and one.charges
        for cut in one.charges.reductions
    )


def check_sold(
    kind: TicketTypeFacts,
    variation: VariationFacts | None,
    *,
    now: datetime,
    let_in: bool = False,
) -> None:
    """Pass for what a buyer could buy now; what opens after another type is not asked for that.
    Whoever was `let_in` early to the same type need not wait for its sale.
    """
    if kind.pricing != "fixed":
        raise ChangeNotAllowed
    if variation is not None and not variation.on_sale:
        raise VariationOff(variation_id=variation.id)
    if not kind.published or not kind.on_sale:
        raise NotOnSale(ticket_type_id=kind.id)
    if not let_in and kind.sales_start and now < kind.sales_start:
        raise NotOnSale("The sale has not begun yet.", starts_at=kind.sales_start)
    if kind.sales_end and now >= kind.sales_end:
        raise NotOnSale("The sale has ended.", ended_at=kind.sales_end)


def demanded_of(plan: Plan, wish: AddedWish, types: Types) -> Demanded | None:
    """What the ticket that the add-on comes with must have of its like."""
    if wish.parent_id is None:
        return None
    groups = types[plan.bases[wish.parent_id].ticket_type_id].extras.groups
    of = (group for group in groups for one in group.add_ons
          if one.ticket_type_id == wish.ticket_type_id)  # fmt: skip
    group = next(of, None)
    return group.demanded if group else None


def added_prices(
    order: OrderSnapshot, plan: Plan, types: Types
) -> tuple[list[int], dict[UUID, int]]:
    """The list price of each that is added, in their order, and of the add-ons that stay and cost
    something else beside them. Raises what a sale would for their number.
    """
    added = plan.wish.added
    new = {
        number: own_price(types[one.ticket_type_id], _variation(types, one))
        for number, one in enumerate(added)
        if one.parent_id is None
    }
    stay: dict[UUID, int] = {}
    for base in plan.bases.values():
        of_base = {number: one for number, one in enumerate(added) if one.parent_id == base.id}
        theirs, before = _with(order, plan, base, of_base, types)
        new.update(theirs)
        stay.update(before)
    waived = plan.wish.settle is Settle.WAIVE
    stay = {one: plan.wish.agreed.get(one, price) for one, price in stay.items()}
    was = {one.id: one.list_price.amount for one in order.positions}
    return (
        [
            one.price if one.price is not None else 0 if waived else new[number]
            for number, one in enumerate(added)
        ],
        {one: min(price, was[one]) if waived else price for one, price in stay.items()},
    )


def _with(
    order: OrderSnapshot,
    plan: Plan,
    base: PositionSnapshot,
    added: Mapping[int, AddedWish],
    types: Types,
) -> tuple[dict[int, int], dict[UUID, int]]:
    """What all add-ons of one ticket cost: those added, and those that stay."""
    gone = {one.id for one in plan.removed}
    kept = [
        one
        for one in order.positions
        if one.parent_id == base.id and not one.bundled and one.id not in gone
    ]
    lines = [
        *(_line(one.ticket_type_id, one.variation_id, one.list_price.amount) for one in kept),
        *(_line(one.ticket_type_id, one.variation_id, None) for one in added.values()),
    ]
    touched = {one.ticket_type_id for one in added.values()}
    touched |= {one.ticket_type_id for one in plan.removed if one.parent_id == base.id}
    prices = add_on_prices(types, types[base.ticket_type_id], lines, touched)
    stay = dict(zip((one.id for one in kept), prices, strict=False))
    return dict(zip(added, prices[len(kept) :], strict=True)), stay


def _line(type_id: UUID, variation_id: UUID | None, price: int | None) -> WantedLine:
    return WantedLine(
        ticket_type_id=type_id, variation_id=variation_id, quantity=1, set_price=price
    )


def _variation(types: Types, wish: AddedWish) -> VariationFacts | None:
    kinds = types[wish.ticket_type_id].variations
    return next((one for one in kinds if one.id == wish.variation_id), None)
