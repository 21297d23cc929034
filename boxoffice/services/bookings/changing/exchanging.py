"""Tickets of an order become tickets for something else: their units go back, others are claimed.

The quotas of both are locked together before anything is read; so nothing is lost or sold twice,
and where one of the tickets cannot be had, all of them stay.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.cancelling.writing import returned
from boxoffice.services.bookings.changing.targets import Target
from boxoffice.services.bookings.changing.wishes import AddedWish
from boxoffice.services.bookings.rules import (
    ChangeNotAllowed,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.events.api import (
    ChosenSeat,
    Granted,
    PriceBook,
    Shelf,
    Stock,
    TicketTypeFacts,
    UnknownTicketType,
    VariationFacts,
    Want,
    WantedLine,
    keep_for_line,
    return_units,
)


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
    today: PriceBook | None = None
    # New ones, each with the date that it is for.
    added: list[PositionSnapshot] = []

    @property
    def new_types(self) -> set[UUID]:
        swapped = {one.target.type_id for one in self.tickets if one.target.swaps}
        return swapped | {one.ticket_type_id for one in self.added}


async def exchange(
    tx: Transaction,
    stock: Stock,
    order: OrderSnapshot,
    targets: Sequence[Target],
    added: Sequence[AddedWish],
) -> Exchange:
    """Give back and claim, all or nothing; raises what a sale would, but for its window."""
    moving = [one for one in targets if one.moves]
    lines = [*map(_line, moving), *(_added_line(order, one) for one in added)]
    if not lines:
        return Exchange(tickets=[_same(one) for one in targets])
    freed = await return_units(tx, order.id, returned(order, [one.position for one in moving]))
    kinds = {line.ticket_type_id for line in lines}
    shelf = await stock.lock_types(
        tx, kinds, {line.occurrence_id for line in lines if line.occurrence_id}
    )
    want = _want(order, lines)
    await stock.lock_vouchers(tx, shelf, [want])
    (outcome,) = await stock.claim(tx, shelf, [want])
    if isinstance(outcome, Refusal):
        raise outcome
    await keep_for_line(tx, freed)
    seats = _seats(outcome)
    return Exchange(
        tickets=[_exchanged(one, shelf, seats) if one.moves else _same(one) for one in targets],
        today=next(iter(shelf.types.values())).book,
        added=[
            _added(order, wish, shelf, seats, number)
            for number, wish in enumerate(added, _last_number(order) + 1)
        ],
    )


def _line(target: Target) -> WantedLine:
    return WantedLine(
        ticket_type_id=target.type_id,
        quantity=1,
        variation_id=target.variation_id,
        seats=(target.seat_id,) if target.seat_id else (),
        occurrence_id=target.date,
    )


def _added_line(order: OrderSnapshot, wish: AddedWish) -> WantedLine:
    return WantedLine(
        ticket_type_id=wish.ticket_type_id,
        quantity=1,
        variation_id=wish.variation_id,
        seats=(wish.seat_id,) if wish.seat_id else (),
        occurrence_id=wish.occurrence_id or order.occurrence_id,
    )


def _want(order: OrderSnapshot, lines: Sequence[WantedLine]) -> Want:
    first = lines[0].occurrence_id
    return Want(
        holder=order.id,
        event_id=order.event_id,
        occurrence_id=first,
        lines=tuple(
            msgspec.structs.replace(line, occurrence_id=None)
            if line.occurrence_id == first
            else line
            for line in lines
        ),
        expires_at=None,
        late=True,
        spread=any(line.occurrence_id != first for line in lines),
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
    kind, variation = _kind(shelf, target.type_id, target.variation_id)
    if kind.extras.admits is not target.position.admits:
        raise ChangeNotAllowed("A ticket does not become merchandise, nor that a ticket.")
    keeps = not target.swaps or _is_open(kind)
    own = target.position.list_price.amount if keeps else _own_price(kind, variation)
    return Exchanged(
        target=target,
        name=kind.name,
        variation_name=variation.name if variation else None,
        list_price=_price(target, own),
        seat=seats[target.seat_id] if target.seat_id else None,
    )


def _kind(
    shelf: Shelf, type_id: UUID, variation_id: UUID | None
) -> tuple[TicketTypeFacts, VariationFacts | None]:
    """What the claim was granted for; nothing that others always come with."""
    kind = shelf.types.get(type_id)
    if kind is None:
        raise UnknownTicketType(ticket_type_id=type_id)
    if kind.extras.demands:
        raise ChangeNotAllowed("A bundle is bought as a whole, not by changing an order.")
    return kind, next((one for one in kind.variations if one.id == variation_id), None)


def _own_price(kind: TicketTypeFacts, variation: VariationFacts | None) -> int:
    return kind.price.amount if variation is None or variation.price is None else variation.price


def _added(
    order: OrderSnapshot,
    wish: AddedWish,
    shelf: Shelf,
    seats: dict[UUID, ChosenSeat],
    number: int,
) -> PositionSnapshot:
    kind, variation = _kind(shelf, wish.ticket_type_id, wish.variation_id)
    amount = _own_price(kind, variation) if wish.price is None else wish.price
    price = Money(amount=amount, currency=order.total.currency)
    return PositionSnapshot(
        id=new_id(),
        number=number,
        ticket_type_id=kind.id,
        ticket_type_name=kind.name,
        price=price,
        list_price=price,
        tax=Money(amount=0, currency=order.total.currency),
        charges=None,
        attendee_name=None,
        variation_id=wish.variation_id,
        variation_name=variation.name if variation else None,
        seat=seats[wish.seat_id] if wish.seat_id else None,
        occurrence_id=wish.occurrence_id or order.occurrence_id,
        admits=kind.extras.admits,
    )


def _last_number(order: OrderSnapshot) -> int:
    return max(one.number for one in (*order.positions, *order.cancelled))


def _is_open(kind: TicketTypeFacts) -> bool:
    """Buyers chose what they gave: that stays."""
    return kind.pricing == "open"


def _price(target: Target, otherwise: int) -> int:
    return otherwise if target.wish.price is None else target.wish.price


def moved_positions(order: OrderSnapshot, done: Exchange) -> None:
    """The order in memory with its tickets as they are now. Its own date is one that is left."""
    by_id = {one.target.position.id: one for one in done.tickets}
    old = order.occurrence_id
    order.positions = [*order.positions, *done.added]
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
