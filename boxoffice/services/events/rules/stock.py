"""Pure decisions about stock: who gets what of the quotas that a flush has locked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Invalid, Refusal
from boxoffice.services.events.rules.seats.assigning import Assigned, assign
from boxoffice.services.events.rules.seats.choosing import BestAvailable, ChosenSeat, SeatShelf


class SoldOut(Conflict):
    code = "sold_out"
    message = "There are not enough tickets left; choose fewer or another type."


class NotOnSale(Conflict):
    code = "not_on_sale"
    message = "This ticket type is not on sale right now."


class WrongQuantity(Invalid):
    code = "wrong_quantity"
    message = "This many cannot be ordered at once; see `min_per_order` and `max_per_order`."


class UnknownTicketType(Invalid):
    code = "unknown_ticket_type"
    message = "One of the ticket types does not belong to this event; load the event again."


class ChooseOccurrence(Invalid):
    code = "choose_occurrence"
    message = "This event takes place more than once; say which date with `occurrence_id`."


class WantedLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one ticket type; where seats are numbered, those seats, or the best there are."""

    ticket_type_id: UUID
    quantity: int
    seats: tuple[UUID, ...] = ()
    best: BestAvailable | None = None


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder (an order) asks for: ticket types and how many of each, all or nothing.

    `expires_at` None takes the units for good. `late` skips the sale window: the money is already
    here. The staff's `block` skips it as well.
    """

    holder: UUID
    event_id: UUID
    occurrence_id: UUID | None
    lines: tuple[WantedLine, ...]
    expires_at: datetime | None
    late: bool = False
    kind: Literal["order", "block"] = "order"


class TicketTypeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type as the sale needs it; `quotas` are all it counts against."""

    id: UUID
    event_id: UUID
    name: str
    price: Money
    published: bool
    on_sale: bool
    min_per_order: int
    max_per_order: int
    sales_start: datetime | None
    sales_end: datetime | None
    quotas: tuple[UUID, ...]


class QuotaState(msgspec.Struct, kw_only=True):
    """A locked quota; `claimed` follows the decisions of the flush. With a `seating_id` its units
    are that date's seats.
    """

    id: UUID
    occurrence_id: UUID
    capacity: int
    claimed: int
    seating_id: UUID | None = None

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.claimed)


class PricedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A granted line with the price of one unit, and where seats are numbered a seat for each."""

    ticket_type_id: UUID
    name: str
    quantity: int
    price: Money
    seats: tuple[ChosenSeat, ...] = ()


class NewClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim row to write."""

    quota_id: UUID
    ticket_type_id: UUID | None
    holder: UUID
    units: int
    expires_at: datetime | None
    seat_id: UUID | None = None
    kind: Literal["order", "block"] = "order"


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """A want that is met in full."""

    occurrence_id: UUID
    lines: tuple[PricedLine, ...]
    claims: tuple[NewClaim, ...]
    expires_at: datetime | None


class Shelf(msgspec.Struct, kw_only=True):
    """What a flush decides on: the locked quotas, the types as read after the lock, the database's
    time, and by seating the seats that its wants are about.
    """

    quotas: dict[UUID, QuotaState]
    types: Mapping[UUID, TicketTypeFacts]
    now: datetime
    seats: Mapping[UUID, SeatShelf] = {}


def decide(shelf: Shelf, wants: Iterable[Want]) -> list[Granted | Refusal]:
    """First come, first served: each want in full or not at all; granted units leave the shelf at
    once.
    """
    return [_decide_one(shelf, want) for want in wants]


def _decide_one(shelf: Shelf, want: Want) -> Granted | Refusal:
    try:
        lines = [(_type_of(shelf, want, kind), units) for kind, units in _summed(want)]
        for kind, units in lines:
            _check_sale(kind, units, want=want, now=shelf.now)
        occurrence_id = _occurrence(shelf, want, [kind for kind, _ in lines])
        with assign(shelf, want, occurrence_id) as seats:
            claims = _claims(shelf, want, lines, occurrence_id, seats)
            _take(shelf, claims)
    except Refusal as refusal:
        return refusal
    return Granted(
        occurrence_id=occurrence_id,
        lines=tuple(
            PricedLine(
                ticket_type_id=kind.id,
                name=kind.name,
                quantity=units,
                price=kind.price,
                seats=seats.get(kind.id, ()),
            )
            for kind, units in lines
        ),
        claims=tuple(claims),
        expires_at=want.expires_at,
    )


def _summed(want: Want) -> list[tuple[UUID, int]]:
    """Repeated lines of one type count together, so that they cannot pass its limit."""
    totals: Counter[UUID] = Counter()
    for line in want.lines:
        totals[line.ticket_type_id] += line.quantity
    return list(totals.items())


def _type_of(shelf: Shelf, want: Want, type_id: UUID) -> TicketTypeFacts:
    kind = shelf.types.get(type_id)
    if kind is None or kind.event_id != want.event_id:
        raise UnknownTicketType(ticket_type_id=type_id)
    return kind


def _check_sale(kind: TicketTypeFacts, units: int, *, want: Want, now: datetime) -> None:
    if want.late or want.kind == "block":
        return
    if not kind.published or not kind.on_sale or not kind.quotas:
        raise NotOnSale(ticket_type_id=kind.id)
    if kind.sales_start and now < kind.sales_start:
        raise NotOnSale("The sale has not begun yet.", starts_at=kind.sales_start)
    if kind.sales_end and now >= kind.sales_end:
        raise NotOnSale("The sale has ended.", ended_at=kind.sales_end)
    if not kind.min_per_order <= units <= kind.max_per_order:
        raise WrongQuantity(
            f"Between {kind.min_per_order} and {kind.max_per_order} of {kind.name} per order.",
            ticket_type_id=kind.id,
            min_per_order=kind.min_per_order,
            max_per_order=kind.max_per_order,
        )


def _occurrence(shelf: Shelf, want: Want, kinds: list[TicketTypeFacts]) -> UUID:
    known = {shelf.quotas[quota].occurrence_id for kind in kinds for quota in kind.quotas}
    if want.occurrence_id is None and len(known) == 1:
        return known.pop()
    if want.occurrence_id is None or want.occurrence_id not in known:
        raise ChooseOccurrence
    return want.occurrence_id


def _claims(
    shelf: Shelf,
    want: Want,
    lines: list[tuple[TicketTypeFacts, int]],
    occurrence_id: UUID,
    seats: Assigned,
) -> list[NewClaim]:
    claims = [
        claim
        for kind, units in lines
        for quota in kind.quotas
        if shelf.quotas[quota].occurrence_id == occurrence_id
        for claim in _claims_in(shelf.quotas[quota], want, kind, units, seats.get(kind.id, ()))
    ]
    if {claim.ticket_type_id for claim in claims} != {kind.id for kind, _ in lines}:
        raise NotOnSale("One of the ticket types is not sold for this date.")
    return claims


def _claims_in(  # a line's part in one quota
    quota: QuotaState,
    want: Want,
    kind: TicketTypeFacts,
    units: int,
    seats: tuple[ChosenSeat, ...],
) -> list[NewClaim]:
    """One claim for all units; in the quota that the seats belong to, one for each seat."""
    whole = NewClaim(
        quota_id=quota.id,
        ticket_type_id=kind.id,
        holder=want.holder,
        units=units,
        expires_at=want.expires_at,
        kind=want.kind,
    )
    if quota.seating_id is None:
        return [whole]
    return [msgspec.structs.replace(whole, units=1, seat_id=seat.id) for seat in seats]


def _take(shelf: Shelf, claims: list[NewClaim]) -> None:
    needed: Counter[UUID] = Counter()
    for claim in claims:
        needed[claim.quota_id] += claim.units
    for quota, units in needed.items():
        if shelf.quotas[quota].free < units:
            raise SoldOut(wanted=units, left=shelf.quotas[quota].free)
    for quota, units in needed.items():
        shelf.quotas[quota].claimed += units
