"""Who of those that wait gets what is free: in their order, each in full or not at all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.rules.along import Party, add_ons
from boxoffice.services.events.rules.expanding import expanded
from boxoffice.services.events.rules.seats.choosing import BestAvailable
from boxoffice.services.events.rules.selling import ring_up
from boxoffice.services.events.rules.shelf import Granted, Shelf, TicketTypeFacts, Want, WantedLine
from boxoffice.services.events.rules.stock import decide

# Who is asked first: whoever joined first, or whom the lot falls on.
Mode = Literal["fifo", "lottery"]


class Waiter(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in line for `units` of any of these types, the best liked first; of a type whose
    variations are named, of one of those. Of what must come with a ticket any will do, or one of
    `add_on_ids`, if some of a group are among them. An offer to them lasts `minutes`.
    """

    id: UUID
    event_id: UUID
    occurrence_id: UUID
    units: int
    ticket_type_ids: tuple[UUID, ...]
    variation_ids: tuple[UUID, ...] = ()
    add_on_ids: tuple[UUID, ...] = ()
    minutes: int = 1440

    @property
    def wish(self) -> tuple[object, ...]:
        """Whoever has the same wish fits or does not fit alike."""
        return (
            *(self.occurrence_id, self.units),
            *(self.ticket_type_ids, self.variation_ids, self.add_on_ids),
        )


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """What is offered to somebody, until when."""

    waiter: Waiter
    granted: Granted
    until: datetime


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """The list price of one and what all together come to, in minor units."""

    each: int
    total: int


def serve(shelf: Shelf, waiters: Iterable[Waiter]) -> list[Served]:
    """What those who fit would be offered; it leaves the shelf at once.

    Who does not fit is passed over: their turn comes when they do.
    """
    served: list[Served] = []
    hopeless: set[tuple[object, ...]] = set()
    for waiter in waiters:
        # What is free only shrinks: what did not fit once does not fit later.
        if waiter.wish in hopeless:
            continue
        offer = _offer(shelf, waiter)
        if offer is None:
            hopeless.add(waiter.wish)
        else:
            served.append(offer)
    return served


def reserved_for(served: Iterable[Served]) -> Counter[UUID]:
    """Units of each quota that those offers take."""
    units: Counter[UUID] = Counter()
    for one in served:
        for claim in one.granted.claims:
            units[claim.quota_id] += claim.units
    return units


def why_not(shelf: Shelf, waiter: Waiter) -> list[Refusal]:
    """Why each of the wished types cannot be had now; nothing if one of them can."""
    reasons: list[Refusal] = []
    for want, _ in _wants(shelf, waiter):
        (outcome,) = decide(shelf, [want])
        if isinstance(outcome, Granted):
            return []
        reasons.append(outcome)
    return reasons


def cost(kind: TicketTypeFacts, variation_id: UUID | None, units: int, *, now: datetime) -> Cost:
    """What so many of the type cost now; the least they may, where buyers choose."""
    line = WantedLine(ticket_type_id=kind.id, variation_id=variation_id, quantity=units)
    return cost_of({kind.id: kind}, [line], now=now)


def cost_of(
    types: Mapping[UUID, TicketTypeFacts], lines: Sequence[WantedLine], *, now: datetime
) -> Cost:
    """What such lines cost now, the first with all that comes along with it."""
    first = types[lines[0].ticket_type_id]
    want = Want(
        holder=first.id,
        event_id=first.event_id,
        occurrence_id=None,
        lines=tuple(lines),
        expires_at=None,
        nested=len(lines) > 1,
    )
    rung = [
        (
            *(line.ticket_type_id, types[line.ticket_type_id].name),
            *(_price(types[line.ticket_type_id], line), line.quantity),
            *((), line.parent is not None, None),
        )
        for line in expanded(types, want).lines
    ]
    each = _least(first, lines[0].variation_id)
    bill = ring_up(rung, first.book, codes=(), known=(), expected=None, now=now)
    return Cost(each=each, total=bill.priced.total if bill.priced else 0)


def _price(kind: TicketTypeFacts, line: WantedLine) -> int:
    return _least(kind, line.variation_id) if line.set_price is None else line.set_price


def _offer(shelf: Shelf, waiter: Waiter) -> Served | None:
    for want, until in _wants(shelf, waiter):
        (outcome,) = decide(shelf, [want])
        if isinstance(outcome, Granted):
            return Served(waiter=waiter, granted=outcome, until=until)
    return None


def _wants(shelf: Shelf, waiter: Waiter) -> Iterator[tuple[Want, datetime]]:
    """One want for each type and variation that the waiter accepts."""
    for type_id in waiter.ticket_type_ids:
        kind = shelf.types.get(type_id)
        if kind is None:
            continue
        until = _until(kind, waiter, now=shelf.now)
        for variation_id in _variations(kind, waiter):
            line = WantedLine(
                ticket_type_id=type_id,
                quantity=waiter.units,
                variation_id=variation_id,
                price=_least(kind, variation_id) if kind.pricing == "open" else None,
                best=BestAvailable(may_split=True) if _is_seated(shelf, kind, waiter) else None,
            )
            along = add_ons(shelf, kind, _party(waiter)) if shelf.extras else ()
            yield _want(waiter, kind, (line, *along), until), until


def _party(waiter: Waiter) -> Party:
    return Party(
        units=waiter.units,
        occurrence_id=waiter.occurrence_id,
        add_on_ids=waiter.add_on_ids,
        variation_ids=waiter.variation_ids,
    )


def _want(
    waiter: Waiter, kind: TicketTypeFacts, lines: tuple[WantedLine, ...], until: datetime
) -> Want:
    return Want(
        holder=waiter.id,
        event_id=waiter.event_id,
        occurrence_id=waiter.occurrence_id,
        lines=lines,
        nested=len(lines) > 1,
        expires_at=until,
        # Who waits for a hidden type has shown its code when they joined.
        access_code=kind.access_code,
        kind="offer",
    )


def _variations(kind: TicketTypeFacts, waiter: Waiter) -> list[UUID | None]:
    if not kind.variations:
        return [None]
    named = [one.id for one in kind.variations if one.id in waiter.variation_ids]
    return [*named] if named else [one.id for one in kind.variations if one.on_sale]


def _least(kind: TicketTypeFacts, variation_id: UUID | None) -> int:
    found = next((one for one in kind.variations if one.id == variation_id), None)
    own = found.price if found is not None else None
    return kind.price.amount if own is None else own


def _is_seated(shelf: Shelf, kind: TicketTypeFacts, waiter: Waiter) -> bool:
    quotas = (shelf.quotas[quota] for quota in kind.quotas if quota in shelf.quotas)
    return any(
        quota.seating_id is not None and quota.occurrence_id == waiter.occurrence_id
        for quota in quotas
    )


def _until(kind: TicketTypeFacts, waiter: Waiter, *, now: datetime) -> datetime:
    """The offer's end; never after the sale's."""
    until = now + timedelta(minutes=waiter.minutes)
    return until if kind.sales_end is None else min(until, kind.sales_end)
