"""What staff want of an order's tickets, checked against the locked order. Pure."""

from uuid import UUID

import msgspec

from boxoffice.services.bookings.changing.doors import own_goods
from boxoffice.services.bookings.changing.wishes import ChangeWish, TicketWish
from boxoffice.services.bookings.rules import (
    MAX_UNITS_PER_ORDER,
    ComesWithOthers,
    NothingToChange,
    TooManyTickets,
    VoucherTicket,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.events.api import EventSummary


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket and what it shall be."""

    position: PositionSnapshot
    wish: TicketWish
    type_id: UUID
    variation_id: UUID | None
    date: UUID
    seat_id: UUID | None
    # Whether it is for something else, and not only at another price.
    moves: bool
    # Whether it is another type or variation, so that it has another list price.
    swaps: bool


def targets_of(order: OrderSnapshot, wish: ChangeWish, event: EventSummary) -> list[Target]:
    """What is wanted, checked against the locked order."""
    if not (wish.tickets or wish.added) or not all(one.wants_something for one in wish.tickets):
        raise NothingToChange
    if len(order.positions) + len(wish.added) > MAX_UNITS_PER_ORDER:
        raise TooManyTickets
    for one in wish.added:
        event.occurrence(one.occurrence_id or order.occurrence_id)
    if len({one.position_id for one in wish.tickets}) < len(wish.tickets):
        raise NothingToChange("Name each ticket once.")
    targets = [_target(order, one, event) for one in wish.tickets]
    if not all(one.moves or one.wish.price is not None for one in targets):
        raise NothingToChange
    parents = {one.parent_id for one in order.positions if one.parent_id}
    bound = [one.position for one in targets if one.swaps or one.moves]
    tied = [one.number for one in bound if one.parent_id or one.id in parents]
    if tied:
        raise ComesWithOthers(positions=tied)
    return targets


def _target(order: OrderSnapshot, wish: TicketWish, event: EventSummary) -> Target:
    position = own_goods(order, wish.position_id)
    cuts = position.charges.reductions if position.charges else ()
    if any(cut.kind == "voucher" for cut in cuts):
        raise VoucherTicket
    now = position.occurrence_id or order.occurrence_id
    date = wish.occurrence_id or now
    event.occurrence(date)
    type_id = wish.ticket_type_id or position.ticket_type_id
    other_type = type_id != position.ticket_type_id
    kept = None if other_type else position.variation_id
    variation_id = wish.variation_id or kept
    swaps = other_type or variation_id != position.variation_id
    # A seat is one of its date's; of another date or type it must be chosen anew.
    stays = position.seat.id if position.seat and not swaps and date == now else None
    seat_id = wish.seat_id or stays
    moved = seat_id != (position.seat.id if position.seat else None)
    return Target(
        position=position,
        wish=wish,
        type_id=type_id,
        variation_id=variation_id,
        date=date,
        seat_id=seat_id,
        moves=swaps or date != now or moved,
        swaps=swaps,
    )
