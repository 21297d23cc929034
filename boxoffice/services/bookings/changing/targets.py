"""What is wanted of an order's tickets, checked against the locked order. Pure."""

from uuid import UUID

import msgspec

from boxoffice.services.bookings.changing.doors import own_goods
from boxoffice.services.bookings.changing.wishes import ChangeWish, TicketWish
from boxoffice.services.bookings.rules import (
    MAX_UNITS_PER_ORDER,
    ComesWithOthers,
    NotAnAddOn,
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
    # Whether it is another variation and nothing else.
    varies: bool


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that is wanted of one order; `removed` are add-ons."""

    wish: ChangeWish
    targets: list[Target]
    removed: list[PositionSnapshot]
    # The tickets whose add-ons change, by their ids.
    bases: dict[UUID, PositionSnapshot]

    @property
    def moving(self) -> list[Target]:
        return [one for one in self.targets if one.moves]

    @property
    def touched(self) -> set[UUID]:
        """Positions that are not left alone."""
        named = {one.position.id for one in self.targets} | {one.id for one in self.removed}
        return named | self.bases.keys()


def plan_of(order: OrderSnapshot, wish: ChangeWish, event: EventSummary) -> Plan:
    """What is wanted, checked against the locked order."""
    targets = _targets_of(order, wish, event)
    removed = [_add_on(order, one) for one in dict.fromkeys(wish.removed)]
    if {one.id for one in removed} & {one.position.id for one in targets}:
        raise NothingToChange("Name each ticket once.")
    parents = [one.parent_id for one in (*wish.added, *removed) if one.parent_id]
    bases = {one: own_goods(order, one) for one in parents}
    return Plan(wish=wish, targets=targets, removed=removed, bases=bases)


def _add_on(order: OrderSnapshot, position_id: UUID) -> PositionSnapshot:
    position = own_goods(order, position_id)
    if position.parent_id is None or position.bundled:
        raise NotAnAddOn
    _check_no_voucher(position)
    return position


def _check_no_voucher(position: PositionSnapshot) -> None:
    cuts = position.charges.reductions if position.charges else ()
    if any(cut.kind == "voucher" for cut in cuts):
        raise VoucherTicket


def _targets_of(order: OrderSnapshot, wish: ChangeWish, event: EventSummary) -> list[Target]:
    wants = wish.tickets or wish.added or wish.removed
    if not wants or not all(one.wants_something for one in wish.tickets):
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
    bound = [one.position for one in targets if one.moves and not one.varies]
    tied = [one.number for one in bound if one.parent_id or one.id in parents]
    if tied:
        raise ComesWithOthers(positions=tied)
    return targets


def _target(order: OrderSnapshot, wish: TicketWish, event: EventSummary) -> Target:
    position = own_goods(order, wish.position_id)
    _check_no_voucher(position)
    now = position.occurrence_id or order.occurrence_id
    date = wish.occurrence_id or now
    event.occurrence(date)
    type_id = wish.ticket_type_id or position.ticket_type_id
    other_type = type_id != position.ticket_type_id
    kept = None if other_type else position.variation_id
    variation_id = wish.variation_id or kept
    swaps = other_type or variation_id != position.variation_id
    # A seat is one of its date's; of another date or type it must be chosen anew.
    stays = position.seat.id if position.seat and not other_type and date == now else None
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
        varies=swaps and not other_type and date == now and not moved,
    )
