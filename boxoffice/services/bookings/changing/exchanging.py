"""Tickets of an order become tickets for something else: their units go back, others are claimed.

The quotas of both are locked together before anything is read; so nothing is lost or sold twice,
and where one of the tickets cannot be had, all of them stay. What goes back and is needed again in
the same quota is the order's own all the time, whoever waits for it.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.cancelling.writing import exchanged
from boxoffice.services.bookings.changing.dating import dated
from boxoffice.services.bookings.changing.prices import (
    added_prices,
    check_sold,
    demanded_of,
    own_price,
    variation_price,
    was_let_in,
)
from boxoffice.services.bookings.changing.targets import Plan, Target
from boxoffice.services.bookings.changing.wishes import AddedWish, Settle
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
    keep_own,
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
    """All of them, and the rules of today, for types that are new to the order. The new units are
    `holder`'s until somebody takes them over.
    """

    holder: UUID
    tickets: list[Exchanged]
    today: PriceBook | None = None
    removed: list[PositionSnapshot] = []
    # Add-ons that stay, and cost something else in their new company.
    repriced: dict[UUID, int] = {}
    freed: set[UUID] = set()
    # New ones, each with the date that it is for.
    added: list[PositionSnapshot] = []

    @property
    def list_prices(self) -> dict[UUID, int]:
        """Of those that were in the order, by position."""
        return {**self.repriced, **{one.target.position.id: one.list_price for one in self.tickets}}

    @property
    def new_types(self) -> set[UUID]:
        swapped = {one.target.type_id for one in self.tickets if one.target.swaps}
        return swapped | {one.ticket_type_id for one in self.added}


class _Seats:
    """The seats that were granted: those that were named, and the best for who named none."""

    def __init__(self, granted: Granted | None, lines: Sequence[WantedLine]) -> None:
        self._best: defaultdict[tuple[UUID, UUID | None, UUID | None], list[ChosenSeat]]
        self._named: dict[UUID, ChosenSeat] = {}
        self._best = defaultdict(list)
        named = {seat for line in lines for seat in line.seats}
        for line in granted.lines if granted else ():
            for seat in line.seats:
                if seat.id in named:
                    self._named[seat.id] = seat
                else:
                    date = line.occurrence_id or (granted.occurrence_id if granted else None)
                    self._best[line.ticket_type_id, line.variation_id, date].append(seat)

    def take(self, line: WantedLine) -> ChosenSeat | None:
        """The seat of that line; None where seats are not numbered."""
        if line.seats:
            return self._named[line.seats[0]]
        best = self._best[line.ticket_type_id, line.variation_id, line.occurrence_id]
        return best.pop(0) if best else None


async def exchange(
    tx: Transaction, stock: Stock, order: OrderSnapshot, plan: Plan, holder: UUID
) -> Exchange:
    """Give back and claim for `holder`, all or nothing; raises what a sale would, but for its
    window, which only the buyer's own wishes have to keep to.
    """
    moving, added = plan.moving, plan.wish.added
    lines = [*map(_line, moving), *(_added_line(order, plan, one) for one in added)]
    if not lines and not plan.bases:
        return Exchange(holder=holder, tickets=[_same(one, plan) for one in plan.targets])
    leaving = [*(one.position for one in moving), *plan.removed]
    freed = await return_units(tx, order.id, exchanged(order, leaving))
    shelf = await _shelf(tx, stock, order, plan, lines)
    seats = _Seats(None, ())
    if lines:
        want = keep_own(shelf, _want(order, lines, holder), freed)
        seats = await _claim(tx, stock, shelf, want)
    if plan.wish.own:
        _check_sold(order, moving, lines, shelf)
    new, repriced = added_prices(order, plan, shelf.types)
    return Exchange(
        holder=holder,
        tickets=[
            _exchanged(one, shelf, seats, plan) if one.moves else _same(one, plan)
            for one in plan.targets
        ],
        today=next(iter(shelf.types.values())).book,
        added=[_added(order, plan, shelf, seats, index, price) for index, price in enumerate(new)],
        removed=plan.removed,
        repriced=repriced,
        freed=set(freed),
    )


def _check_sold(
    order: OrderSnapshot, moving: Sequence[Target], lines: Sequence[WantedLine], shelf: Shelf
) -> None:
    """Pass if a buyer could have the lines now, of which the first are those that move."""
    let_in = [
        one.type_id == one.position.ticket_type_id and was_let_in(order, one.position)
        for one in moving
    ]
    let_in += [False] * (len(lines) - len(moving))
    for line, early in zip(lines, let_in, strict=True):
        kind, variation = _kind(shelf, line.ticket_type_id, line.variation_id)
        check_sold(kind, variation, now=shelf.now, let_in=early)


async def _shelf(
    tx: Transaction,
    stock: Stock,
    order: OrderSnapshot,
    plan: Plan,
    lines: Sequence[WantedLine],
) -> Shelf:
    """All that is wanted, and where add-ons change what they are bound to: locked already."""
    kinds = {line.ticket_type_id for line in lines}
    dates = {line.occurrence_id for line in lines if line.occurrence_id}
    if plan.bases:
        kinds |= {one.ticket_type_id for one in order.positions}
        dates |= order.dates_left
    return await stock.lock_types(tx, kinds, dates)


async def _claim(tx: Transaction, stock: Stock, shelf: Shelf, want: Want) -> _Seats:
    await stock.lock_vouchers(tx, shelf, [want])
    (outcome,) = await stock.claim(tx, shelf, [want])
    if isinstance(outcome, Refusal):
        raise outcome
    return _Seats(outcome, want.lines)


def _line(target: Target) -> WantedLine:
    return WantedLine(
        ticket_type_id=target.type_id,
        quantity=1,
        variation_id=target.variation_id,
        seats=(target.seat_id,) if target.seat_id else (),
        occurrence_id=target.date,
    )


def _added_line(order: OrderSnapshot, plan: Plan, wish: AddedWish) -> WantedLine:
    return WantedLine(
        ticket_type_id=wish.ticket_type_id,
        quantity=1,
        variation_id=wish.variation_id,
        seats=(wish.seat_id,) if wish.seat_id else (),
        occurrence_id=_date(order, plan, wish),
    )


def _date(order: OrderSnapshot, plan: Plan, wish: AddedWish) -> UUID:
    """An add-on is for the date of its ticket."""
    if wish.parent_id is not None:
        return plan.bases[wish.parent_id].occurrence_id or order.occurrence_id
    return wish.occurrence_id or order.occurrence_id


def _want(order: OrderSnapshot, lines: Sequence[WantedLine], holder: UUID) -> Want:
    first = lines[0].occurrence_id
    return Want(
        holder=holder,
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


def _same(target: Target, plan: Plan) -> Exchanged:
    position = target.position
    return Exchanged(
        target=target,
        name=position.ticket_type_name,
        variation_name=position.variation_name,
        list_price=_price(target, plan, position.list_price.amount),
        seat=position.seat,
    )


def _exchanged(target: Target, shelf: Shelf, seats: _Seats, plan: Plan) -> Exchanged:
    kind, variation = _kind(shelf, target.type_id, target.variation_id)
    if kind.extras.admits is not target.position.admits:
        raise ChangeNotAllowed("A ticket does not become merchandise, nor that a ticket.")
    keeps = not target.swaps or _is_open(kind)
    if target.type_id == target.position.ticket_type_id:
        own = variation_price(kind, target.position, variation)
    else:
        own = own_price(kind, variation)
    own = target.position.list_price.amount if keeps else own
    return Exchanged(
        target=target,
        name=kind.name,
        variation_name=variation.name if variation else None,
        list_price=_price(target, plan, own),
        seat=seats.take(_line(target)),
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


def _added(
    order: OrderSnapshot,
    plan: Plan,
    shelf: Shelf,
    seats: _Seats,
    index: int,
    amount: int,
) -> PositionSnapshot:
    """The one that is wanted at that place in the wish, at that price."""
    wish = plan.wish.added[index]
    kind, variation = _kind(shelf, wish.ticket_type_id, wish.variation_id)
    price = Money(amount=amount, currency=order.total.currency)
    return PositionSnapshot(
        id=new_id(),
        number=_last_number(order) + index + 1,
        ticket_type_id=kind.id,
        ticket_type_name=kind.name,
        price=price,
        list_price=price,
        tax=Money(amount=0, currency=order.total.currency),
        charges=None,
        attendee_name=None,
        variation_id=wish.variation_id,
        variation_name=variation.name if variation else None,
        seat=seats.take(_added_line(order, plan, wish)),
        occurrence_id=_date(order, plan, wish),
        parent_id=wish.parent_id,
        admits=kind.extras.admits,
        demanded=demanded_of(plan, wish, shelf.types),
    )


def _last_number(order: OrderSnapshot) -> int:
    return max(one.number for one in (*order.positions, *order.cancelled))


def _is_open(kind: TicketTypeFacts) -> bool:
    """Buyers chose what they gave: that stays."""
    return kind.pricing == "open"


def _price(target: Target, plan: Plan, otherwise: int) -> int:
    if target.wish.price is not None:
        return target.wish.price
    amount = plan.wish.agreed.get(target.position.id, otherwise)
    waived = plan.wish.settle is Settle.WAIVE
    return min(amount, target.position.list_price.amount) if waived else amount


def moved_positions(order: OrderSnapshot, done: Exchange) -> None:
    """The order in memory with its tickets as they are now. Its own date is one that is left."""
    by_id = {one.target.position.id: one for one in done.tickets}
    gone = {one.id for one in done.removed}
    order.positions = [*(one for one in order.positions if one.id not in gone), *done.added]
    order.cancelled = [*order.cancelled, *done.removed]
    order.tickets = [one for one in order.tickets if one.position_id not in gone]
    order.positions = [_moved(one, by_id.get(one.id)) for one in order.positions]
    dated(order)


def _moved(position: PositionSnapshot, done: Exchanged | None) -> PositionSnapshot:
    if done is None:
        return position
    return msgspec.structs.replace(
        position,
        ticket_type_id=done.target.type_id,
        ticket_type_name=done.name,
        variation_id=done.target.variation_id,
        variation_name=done.variation_name,
        seat=done.seat,
        occurrence_id=done.target.date,
    )
