"""Joining the line, looking at one's place, and leaving. Every verb takes the caller's transaction;
the quotas are locked first.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.kept import marks
from boxoffice.services.events.kept.reading import read_types
from boxoffice.services.events.kept.reserving import reserve, sight_of
from boxoffice.services.events.rules import access_codes
from boxoffice.services.events.rules.expanding import UnknownAddOn
from boxoffice.services.events.rules.shelf import Shelf, TicketTypeFacts
from boxoffice.services.events.rules.stock import ChooseOccurrence, UnknownTicketType
from boxoffice.services.events.rules.variations import UnknownVariation
from boxoffice.services.events.rules.waiting import Waiter, why_not
from boxoffice.services.events.rules.waiting_refusals import (
    NothingToWaitFor,
    NotInLine,
    NotWaiting,
    TicketsAvailable,
    WaitlistClosed,
)
from boxoffice.services.events.seats.claims import put_seats
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.stock import Stock
from boxoffice.services.events.tables import EventRow, OccurrenceRow, TicketTypeRow
from boxoffice.services.events.tables_waitlist import WaitingRow
from boxoffice.services.events.waitlist.views import Along, LineCounts, Place, PlaceOffer
from boxoffice.services.events.waitlist.whole import lock_whole

_LOOK = """
SELECT w.id, w.occurrence_id, w.units, w.ticket_type_ids, w.variation_ids, w.add_on_ids,
       w.joined_at,
       w.offered_type_id, w.offered_variation_id, w.offer_ends_at, e.waitlist_mode AS mode,
       CASE WHEN w.ended_at IS NOT NULL THEN 'over'
            WHEN w.offered_at IS NULL THEN 'waiting'
            WHEN w.offer_ends_at > clock_timestamp() THEN 'offered'
            ELSE 'expired' END AS state,
       l.waiting, l.before, a.along::text AS along
FROM events.waiting w
JOIN events.events e ON e.organizer_id = w.organizer_id AND e.id = w.event_id
CROSS JOIN LATERAL (
    SELECT count(*)::int AS waiting,
           (count(*) FILTER (WHERE (o.rank, o.id) < (w.rank, w.id)))::int AS before
    FROM events.waiting o
    WHERE o.organizer_id = w.organizer_id AND o.occurrence_id = w.occurrence_id
      AND o.ended_at IS NULL AND o.offered_at IS NULL) l
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(c.*), '[]') AS along FROM (
        SELECT ticket_type_id, variation_id, max(units) AS units FROM (
            SELECT quota_id, ticket_type_id, variation_id, sum(units)::int AS units
            FROM events.claims
            WHERE organizer_id = w.organizer_id AND holder = w.id AND released_at IS NULL
              AND ticket_type_id <> w.offered_type_id
            GROUP BY quota_id, ticket_type_id, variation_id) AS counted
        GROUP BY ticket_type_id, variation_id) AS c) AS a
WHERE w.organizer_id = $1 AND w.id = ANY($2::uuid[])
"""
_COUNT = """
SELECT count(*) FILTER (WHERE offered_at IS NULL)::int AS waiting,
       coalesce(sum(units) FILTER (WHERE offered_at IS NULL), 0)::int AS units,
       count(*) FILTER (WHERE offer_ends_at > clock_timestamp())::int AS offered
FROM events.waiting WHERE organizer_id = $1 AND event_id = $2 AND ended_at IS NULL
"""
_SOLD_OUT = "sold_out"
_DRAWN = 2**62


class PlaceWish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to wait for: units of any of these types, the best liked first."""

    event_id: UUID
    occurrence_id: UUID | None
    units: int
    ticket_type_ids: tuple[UUID, ...] = ()
    variation_ids: tuple[UUID, ...] = ()
    add_on_ids: tuple[UUID, ...] = ()
    access_code: str | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A wish that somebody may wait for, with the quotas that were locked to find out."""

    waiter: Waiter
    quota_ids: list[UUID]
    mode: str


class Line:
    """People in line, by the ids of their places."""

    def __init__(self, stock: Stock, floors: Floors) -> None:
        self._stock = stock
        self._floors = floors

    async def check(self, tx: Transaction, wish: PlaceWish) -> Wanted:
        """What such a place would be for; for any public type if none is named. Locks the quotas.

        Refuses a closed list, what is not sold at all, and what can be had right now.
        """
        event = await _open_event(tx, wish.event_id)
        date = await _date(tx, wish.event_id, wish.occurrence_id)
        kinds = list(wish.ticket_type_ids) or await _public_types(tx, wish.event_id)
        shelf = await lock_whole(tx, self._stock, kinds, [date])
        waiter = Waiter(
            id=new_id(),
            event_id=wish.event_id,
            occurrence_id=date,
            units=wish.units,
            ticket_type_ids=tuple(_sold(shelf, kinds, date)),
            variation_ids=wish.variation_ids,
            add_on_ids=wish.add_on_ids,
        )
        _check_named(shelf, waiter, wish)
        await self._check_gone(tx, shelf, waiter)
        await marks.keep(tx, shelf.listed)
        return Wanted(waiter=waiter, quota_ids=list(shelf.quotas), mode=event.waitlist_mode)

    async def write(self, tx: Transaction, wanted: Wanted) -> None:
        """Be the last in line with what was checked in this transaction."""
        await _write(tx, wanted.waiter, rank=await _last_rank(tx, wanted.mode))
        await marks.renew(tx, wanted.quota_ids)

    async def place(self, tx: Transaction, waiting_id: UUID) -> Place:
        """The place as it is now, or `NotInLine`."""
        found = await self.places(tx, [waiting_id])
        if waiting_id not in found:
            raise NotInLine
        return found[waiting_id]

    async def places(self, tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Place]:
        """Those places as they are now."""
        rows = await tx.connection.exec_driver_sql(_LOOK, (tx.tenant, list(ids)))
        return {row.id: _place(row) for row in rows}

    async def types(
        self, tx: Transaction, type_ids: Collection[UUID]
    ) -> dict[UUID, TicketTypeFacts]:
        """Those ticket types as they are now."""
        return await read_types(tx, type_ids)

    async def counts(self, tx: Transaction, event_id: UUID) -> LineCounts:
        """How long the event's line is."""
        row = (await tx.connection.exec_driver_sql(_COUNT, (tx.tenant, event_id))).one()
        return LineCounts(waiting=row.waiting, units=row.units, offered=row.offered)

    async def end(self, tx: Transaction, waiting_id: UUID) -> None:
        """The place is given up, and with it what is offered; `NotWaiting` if it is over."""
        shelf, row = await lock_place(tx, self._stock, waiting_id)
        row.ended_at = shelf.now
        await tx.session.flush()
        await self._stock.release(tx, [waiting_id])
        await marks.renew(tx, shelf.quotas)

    async def rejoin(self, tx: Transaction, waiting_id: UUID) -> Place:
        """Who let an offer lapse waits again, as the last."""
        shelf, row = await lock_place(tx, self._stock, waiting_id)
        if row.offered_at is None or row.offer_ends_at is None or row.offer_ends_at > shelf.now:
            raise NotWaiting
        event = await _open_event(tx, row.event_id)
        await self._stock.release(tx, [waiting_id])
        row.offered_at = row.offer_ends_at = row.lapsed_at = None
        row.rank = await _last_rank(tx, event.waitlist_mode)
        await tx.session.flush()
        gained = await marks.renew(tx, shelf.quotas)
        marks.tell(tx, gained)
        return await self.place(tx, waiting_id)

    async def _check_gone(self, tx: Transaction, shelf: Shelf, waiter: Waiter) -> None:
        """Refuse whoever could buy right now, and whatever will never be sold."""
        want = sight_of(waiter)
        released = await self._stock.release_lapsed(tx, shelf.quotas, shelf.now, shelf.listed)
        for quota, freed in released.items():
            shelf.quotas[quota].claimed -= freed
        await reserve(tx, shelf, [want], self._floors)
        await put_seats(tx, shelf, [want], self._floors)
        reasons = why_not(shelf, waiter)
        if not reasons:
            raise TicketsAvailable
        if all(reason.code != _SOLD_OUT for reason in reasons):
            raise reasons[0]


async def lock_place(tx: Transaction, stock: Stock, waiting_id: UUID) -> tuple[Shelf, WaitingRow]:
    """Lock the quotas of what the place is for and has, then the place; `NotWaiting` if it is
    over.
    """
    found = await tx.session.execute(
        select(WaitingRow.ticket_type_ids, WaitingRow.occurrence_id).where(
            WaitingRow.organizer_id == tx.organizer_id, WaitingRow.id == waiting_id
        )
    )
    place = found.one_or_none()
    if place is None:
        raise NotInLine
    shelf = await lock_whole(
        tx, stock, place.ticket_type_ids, [place.occurrence_id], holders=[waiting_id]
    )
    row = await tx.session.scalar(
        select(WaitingRow)
        .where(WaitingRow.organizer_id == tx.organizer_id, WaitingRow.id == waiting_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotInLine
    if row.ended_at is not None:
        raise NotWaiting
    return shelf, row


async def rank_anew(tx: Transaction, event_id: UUID, mode: str) -> None:
    """Everybody's place by the time of joining, or drawn."""
    by_time = "(extract(epoch FROM joined_at) * 1000000)::bigint"
    drawn = f"(random() * {_DRAWN})::bigint"
    await tx.connection.exec_driver_sql(
        f"UPDATE events.waiting SET rank = {drawn if mode == 'lottery' else by_time} "  # noqa: S608  # our own text
        "WHERE organizer_id = $1 AND event_id = $2 AND ended_at IS NULL",
        (tx.tenant, event_id),
    )


async def types_in_line(tx: Transaction, event_id: UUID) -> list[UUID]:
    """What anybody waits for."""
    rows = await tx.connection.exec_driver_sql(
        "SELECT DISTINCT unnest(ticket_type_ids) AS id FROM events.waiting "
        "WHERE organizer_id = $1 AND event_id = $2 AND ended_at IS NULL",
        (tx.tenant, event_id),
    )
    return [row.id for row in rows]


async def _open_event(tx: Transaction, event_id: UUID) -> EventRow:
    event = await tx.session.get(EventRow, (tx.tenant, event_id))
    if event is None:
        raise NotFound
    if event.status != "published" or not event.waitlist_open:
        raise WaitlistClosed
    return event


async def _date(tx: Transaction, event_id: UUID, wanted: UUID | None) -> UUID:
    rows = await tx.session.scalars(
        select(OccurrenceRow.id).where(
            OccurrenceRow.organizer_id == tx.organizer_id, OccurrenceRow.event_id == event_id
        )
    )
    dates = list(rows)
    if wanted is None and len(dates) == 1:
        return dates[0]
    if wanted not in dates or wanted is None:
        raise ChooseOccurrence
    return wanted


async def _public_types(tx: Transaction, event_id: UUID) -> list[UUID]:
    rows = await tx.session.scalars(
        select(TicketTypeRow.id)
        .where(
            TicketTypeRow.organizer_id == tx.organizer_id,
            TicketTypeRow.event_id == event_id,
            TicketTypeRow.visibility == "public",
            TicketTypeRow.on_sale,
        )
        .order_by(TicketTypeRow.position, TicketTypeRow.id)
    )
    return list(rows)


def _sold(shelf: Shelf, kinds: Sequence[UUID], date: UUID) -> list[UUID]:
    """Those types that the date has, in their order."""
    return [
        kind
        for kind in dict.fromkeys(kinds)
        if kind in shelf.types
        and any(shelf.quotas[quota].occurrence_id == date for quota in shelf.types[kind].quotas)
    ]


def _check_named(shelf: Shelf, waiter: Waiter, wish: PlaceWish) -> None:
    for type_id in wish.ticket_type_ids:
        kind = shelf.types.get(type_id)
        if (
            kind is None
            or kind.event_id != waiter.event_id
            or (kind.hidden and not access_codes.opens(kind.access_code, wish.access_code))
        ):
            raise UnknownTicketType(ticket_type_id=type_id)
    if not waiter.ticket_type_ids:
        raise NothingToWaitFor
    kinds = [shelf.types[type_id] for type_id in waiter.ticket_type_ids]
    needed = set[UUID]().union(*(kind.extras.needed() for kind in kinds))
    if unknown := set(waiter.add_on_ids) - needed:
        raise UnknownAddOn(ticket_type_id=min(unknown))
    kinds += [shelf.types[one] for one in needed if one in shelf.types]
    known = {one.id for kind in kinds for one in kind.variations}
    if unknown := set(waiter.variation_ids) - known:
        raise UnknownVariation(variation_id=min(unknown))


async def _write(tx: Transaction, waiter: Waiter, *, rank: int) -> None:
    tx.session.add(
        WaitingRow(
            organizer_id=tx.tenant,
            id=waiter.id,
            event_id=waiter.event_id,
            occurrence_id=waiter.occurrence_id,
            units=waiter.units,
            ticket_type_ids=list(waiter.ticket_type_ids),
            variation_ids=list(waiter.variation_ids),
            add_on_ids=list(waiter.add_on_ids),
            rank=rank,
            joined_at=await tx.now(),
        )
    )
    await tx.session.flush()


async def _last_rank(tx: Transaction, mode: str) -> int:
    return secrets.randbelow(_DRAWN) if mode == "lottery" else _micros(await tx.now())


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def _place(row: Any) -> Place:
    waits = row.state == "waiting"
    offer = None
    if row.state == "offered":
        offer = PlaceOffer(
            ticket_type_id=row.offered_type_id,
            variation_id=row.offered_variation_id,
            units=row.units,
            along=msgspec.json.decode(row.along, type=list[Along]),
            ends_at=row.offer_ends_at,
        )
    return Place(
        id=row.id,
        occurrence_id=row.occurrence_id,
        units=row.units,
        ticket_type_ids=list(row.ticket_type_ids),
        variation_ids=list(row.variation_ids),
        add_on_ids=list(row.add_on_ids),
        joined_at=row.joined_at,
        state=row.state,
        mode=row.mode,
        position=row.before + 1 if waits and row.mode == "fifo" else None,
        waiting=row.waiting,
        offer=offer,
    )
