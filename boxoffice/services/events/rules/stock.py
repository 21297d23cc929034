"""Pure decisions about stock: who gets what of the quotas that a flush has locked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Invalid, Refusal


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
    """So many of one ticket type."""

    ticket_type_id: UUID
    quantity: int


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder (an order) asks for: ticket types and how many of each, all or nothing.

    `expires_at` None takes the units for good. `late` skips the sale window: the money is already
    here.
    """

    holder: UUID
    event_id: UUID
    occurrence_id: UUID | None
    lines: tuple[WantedLine, ...]
    expires_at: datetime | None
    late: bool = False


class TicketTypeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type as the sale needs it; `quotas` are all it counts against.

    The dates are those of its event on which nothing is sold (any more).
    """

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
    cancelled_dates: frozenset[UUID] = frozenset()
    past_dates: frozenset[UUID] = frozenset()


class QuotaState(msgspec.Struct, kw_only=True):
    """A locked quota; `claimed` follows the decisions of the flush."""

    id: UUID
    occurrence_id: UUID
    capacity: int
    claimed: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.claimed)


class PricedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A granted line with the price of one unit."""

    ticket_type_id: UUID
    name: str
    quantity: int
    price: Money


class NewClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim row to write."""

    quota_id: UUID
    ticket_type_id: UUID
    holder: UUID
    units: int
    expires_at: datetime | None


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """A want that is met in full."""

    occurrence_id: UUID
    lines: tuple[PricedLine, ...]
    claims: tuple[NewClaim, ...]
    expires_at: datetime | None


class Shelf(msgspec.Struct, kw_only=True):
    """What a flush decides on: the locked quotas, the types as read after the lock, the database's
    time.
    """

    quotas: dict[UUID, QuotaState]
    types: Mapping[UUID, TicketTypeFacts]
    now: datetime


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
        _check_date(occurrence_id, lines[0][0], want=want)
        claims = _claims(shelf, want, lines, occurrence_id)
        _take(shelf, claims)
    except Refusal as refusal:
        return refusal
    return Granted(
        occurrence_id=occurrence_id,
        lines=tuple(
            PricedLine(ticket_type_id=kind.id, name=kind.name, quantity=units, price=kind.price)
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
    if want.late:
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


def _check_date(occurrence_id: UUID, kind: TicketTypeFacts, *, want: Want) -> None:
    """Even money that is already here buys nothing for a date that will not take place."""
    if occurrence_id in kind.cancelled_dates:
        raise NotOnSale("This date has been cancelled; choose another one.")
    if occurrence_id in kind.past_dates and not want.late:
        raise NotOnSale("This date is over; choose another one.")


def _claims(
    shelf: Shelf, want: Want, lines: list[tuple[TicketTypeFacts, int]], occurrence_id: UUID
) -> list[NewClaim]:
    claims = [
        NewClaim(
            quota_id=quota,
            ticket_type_id=kind.id,
            holder=want.holder,
            units=units,
            expires_at=want.expires_at,
        )
        for kind, units in lines
        for quota in kind.quotas
        if shelf.quotas[quota].occurrence_id == occurrence_id
    ]
    if {claim.ticket_type_id for claim in claims} != {kind.id for kind, _ in lines}:
        raise NotOnSale("One of the ticket types is not sold for this date.")
    return claims


def _take(shelf: Shelf, claims: list[NewClaim]) -> None:
    needed: Counter[UUID] = Counter()
    for claim in claims:
        needed[claim.quota_id] += claim.units
    for quota, units in needed.items():
        if shelf.quotas[quota].free < units:
            raise SoldOut(wanted=units, left=shelf.quotas[quota].free)
    for quota, units in needed.items():
        shelf.quotas[quota].claimed += units
