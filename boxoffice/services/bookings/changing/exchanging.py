"""Tickets of an order become tickets for something else: their units go back, others are claimed.

The quotas of both are locked together before anything is read; so nothing is lost or sold twice,
and where one of the tickets cannot be had, all of them stay.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound, Refusal
from boxoffice.services.bookings.changing.doors import own_goods
from boxoffice.services.bookings.changing.wishes import ChangeWish, TicketWish
from boxoffice.services.bookings.rules import (
    ChangeNotAllowed,
    ComesWithOthers,
    NothingToChange,
    VoucherTicket,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.events.api import (
    ChosenSeat,
    EventSummary,
    Granted,
    PriceBook,
    ReturnedUnit,
    Shelf,
    Stock,
    TicketTypeFacts,
    UnknownTicketType,
    Want,
    WantedLine,
    keep_for_line,
    return_units,
)


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


class Exchanged(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one ticket: its name, its new list price in minor units, its seat."""

    target: Target
    name: str
    variation_name: str | None
    list_price: int
    seat: ChosenSeat | None


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """All of them, and the rules of today, for types that are new to the order."""

    tickets: list[Exchanged]
    today: PriceBook | None

    @property
    def new_types(self) -> set[UUID]:
        return {one.target.type_id for one in self.tickets if one.target.swaps}


def targets_of(order: OrderSnapshot, wish: ChangeWish, event: EventSummary) -> list[Target]:
    """What is wanted, checked against the locked order."""
    if not wish.tickets or not all(one.wants_something for one in wish.tickets):
        raise NothingToChange
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


async def exchange(
    tx: Transaction, stock: Stock, order: OrderSnapshot, targets: Sequence[Target]
) -> Exchange:
    """Give back and claim, all or nothing; raises what a sale would, but for its window."""
    moving = [one for one in targets if one.moves]
    if not moving:
        return Exchange(tickets=[_same(one) for one in targets], today=None)
    freed = await return_units(tx, order.id, [_unit(order, one.position) for one in moving])
    kinds = {one.type_id for one in moving}
    shelf = await stock.lock_types(tx, kinds, {one.date for one in moving})
    want = _want(order, moving)
    await stock.lock_vouchers(tx, shelf, [want])
    (outcome,) = await stock.claim(tx, shelf, [want])
    if isinstance(outcome, Refusal):
        raise outcome
    await keep_for_line(tx, freed)
    seats = _seats(outcome)
    return Exchange(
        tickets=[_exchanged(one, shelf, seats) if one.moves else _same(one) for one in targets],
        today=next(iter(shelf.types.values())).book,
    )


def _want(order: OrderSnapshot, moving: Sequence[Target]) -> Want:
    first = moving[0].date
    return Want(
        holder=order.id,
        event_id=order.event_id,
        occurrence_id=first,
        lines=tuple(
            WantedLine(
                ticket_type_id=one.type_id,
                quantity=1,
                variation_id=one.variation_id,
                seats=(one.seat_id,) if one.seat_id else (),
                occurrence_id=None if one.date == first else one.date,
            )
            for one in moving
        ),
        expires_at=None,
        late=True,
        spread=any(one.date != first for one in moving),
    )


def _unit(order: OrderSnapshot, position: PositionSnapshot) -> ReturnedUnit:
    return ReturnedUnit(
        occurrence_id=position.occurrence_id or order.occurrence_id,
        ticket_type_id=position.ticket_type_id,
        variation_id=position.variation_id,
        seat_id=position.seat.id if position.seat else None,
    )


def _seats(granted: Granted) -> dict[UUID, ChosenSeat]:
    return {seat.id: seat for line in granted.lines for seat in line.seats}


def _same(target: Target) -> Exchanged:
    position = target.position
    return Exchanged(
        target=target,
        name=position.ticket_type_name,
        variation_name=position.variation_name,
        list_price=_price(target, position.list_price.amount),
        seat=position.seat,
    )


def _exchanged(target: Target, shelf: Shelf, seats: dict[UUID, ChosenSeat]) -> Exchanged:
    kind = shelf.types.get(target.type_id)
    if kind is None:
        raise UnknownTicketType(ticket_type_id=target.type_id)
    if kind.extras.admits is not target.position.admits or kind.extras.demands:
        raise ChangeNotAllowed(
            "A ticket becomes neither merchandise nor a bundle, nor do these become a ticket."
        )
    variation = next((one for one in kind.variations if one.id == target.variation_id), None)
    if variation is None and target.variation_id is not None:
        raise NotFound
    own = kind.price.amount if variation is None or variation.price is None else variation.price
    keeps = not target.swaps or _is_open(kind)
    return Exchanged(
        target=target,
        name=kind.name,
        variation_name=variation.name if variation else None,
        list_price=_price(target, target.position.list_price.amount if keeps else own),
        seat=seats[target.seat_id] if target.seat_id else None,
    )


def _is_open(kind: TicketTypeFacts) -> bool:
    """Buyers chose what they gave: that stays."""
    return kind.pricing == "open"


def _price(target: Target, otherwise: int) -> int:
    return otherwise if target.wish.price is None else target.wish.price


def moved_positions(order: OrderSnapshot, done: Exchange) -> None:
    """The order in memory with its tickets as they are now. Its own date is one that is left."""
    by_id = {one.target.position.id: one for one in done.tickets}
    old = order.occurrence_id
    dates = {
        one.id: by_id[one.id].target.date if one.id in by_id else one.occurrence_id or old
        for one in order.positions
    }
    if old not in dates.values():
        order.occurrence_id = dates[order.positions[0].id]
    own = order.occurrence_id
    order.positions = [
        _moved(one, by_id.get(one.id), None if dates[one.id] == own else dates[one.id])
        for one in order.positions
    ]
    if own != old:
        order.cancelled = [
            msgspec.structs.replace(one, occurrence_id=one.occurrence_id or old)
            for one in order.cancelled
        ]


def _moved(
    position: PositionSnapshot, done: Exchanged | None, date: UUID | None
) -> PositionSnapshot:
    if done is None:
        return msgspec.structs.replace(position, occurrence_id=date)
    return msgspec.structs.replace(
        position,
        ticket_type_id=done.target.type_id,
        ticket_type_name=done.name,
        variation_id=done.target.variation_id,
        variation_name=done.variation_name,
        seat=done.seat,
        occurrence_id=date,
    )
