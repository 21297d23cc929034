"""Offers to those who wait: claims on what is free, made under the quotas' locks, each once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from msgspec import structs
from sqlalchemy.exc import DBAPIError

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.refusals import Busy
from boxoffice.services.events.facts import PlaceOfferLapsed, PlacesOffered
from boxoffice.services.events.kept import marks
from boxoffice.services.events.kept.reading import read_waiting
from boxoffice.services.events.kept.reserving import sight_of
from boxoffice.services.events.rules.along import offered_lines
from boxoffice.services.events.rules.seats.choosing import ChosenSeat
from boxoffice.services.events.rules.shelf import Granted, PricedLine, Shelf, Want, WantedLine
from boxoffice.services.events.rules.stock import quote
from boxoffice.services.events.rules.waiting import Served, Waiter, serve, why_not
from boxoffice.services.events.rules.waiting_refusals import NotWaiting, OfferOver
from boxoffice.services.events.seats.claims import put_seats
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.stock import Stock, write_claims
from boxoffice.services.events.tables import EventRow
from boxoffice.services.events.tables_waitlist import WaitingRow
from boxoffice.services.events.waitlist.line import lock_place
from boxoffice.services.events.waitlist.whole import held, lock_whole

log = structlog.get_logger(__name__)

# Dates for which something is free that people wait for, or an offer has lapsed unnoticed.
_DUE = """
SELECT DISTINCT w.organizer_id, w.occurrence_id
FROM events.waiting w
JOIN events.events e ON e.organizer_id = w.organizer_id AND e.id = w.event_id
JOIN events.occurrences o ON o.organizer_id = w.organizer_id AND o.id = w.occurrence_id
WHERE w.ended_at IS NULL AND (
    (w.offered_at IS NOT NULL AND w.lapsed_at IS NULL AND w.offer_ends_at <= clock_timestamp())
    OR (w.offered_at IS NULL AND e.waitlist_open AND e.status = 'published'
        AND o.status = 'scheduled' AND o.ends_at > clock_timestamp() AND EXISTS (
        SELECT FROM events.quotas q
        JOIN events.claims m
          ON m.organizer_id = q.organizer_id AND m.id = q.id AND m.released_at IS NULL
        WHERE q.organizer_id = w.organizer_id AND q.event_id = w.event_id
          AND q.occurrence_id = w.occurrence_id
          AND q.capacity > q.claimed - (
              SELECT coalesce(sum(c.units), 0) FROM events.claims c
              WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
                AND c.released_at IS NULL AND c.expires_at <= clock_timestamp()))))
"""
_TYPES = """
SELECT DISTINCT unnest(ticket_type_ids) AS id FROM events.waiting
WHERE organizer_id = $1 AND occurrence_id = $2 AND ended_at IS NULL
"""
_DATE = "SELECT occurrence_id FROM events.quotas WHERE organizer_id = $1 AND id = $2"
_LAPSE = """
UPDATE events.waiting SET lapsed_at = $3
WHERE organizer_id = $1 AND occurrence_id = $2 AND ended_at IS NULL
  AND offer_ends_at <= $3 AND lapsed_at IS NULL
RETURNING id
"""
_OFFER = """
UPDATE events.waiting w
SET offered_at = $2, offer_ends_at = o.ends_at, offered_type_id = o.type_id,
    offered_variation_id = o.variation_id, lapsed_at = NULL
FROM unnest($3::uuid[], $4::timestamptz[], $5::uuid[], $6::uuid[])
     AS o(id, ends_at, type_id, variation_id)
WHERE w.organizer_id = $1 AND w.id = o.id
"""
_CLAIMS = """
SELECT c.seat_id, q.seating_id FROM events.claims c
JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
WHERE c.organizer_id = $1 AND c.holder = $2 AND c.released_at IS NULL AND c.seat_id IS NOT NULL
ORDER BY c.seat_id
"""
_TAKE = """
UPDATE events.claims SET kind = 'order', holder = $3, expires_at = $4
WHERE organizer_id = $1 AND holder = $2 AND kind = 'offer' AND released_at IS NULL
"""


class Offers:
    """Makes offers, and turns them into orders' claims."""

    def __init__(self, db: Database, stock: Stock, floors: Floors) -> None:
        self._db = db
        self._stock = stock
        self._floors = floors

    async def make_due(self) -> None:
        """Serve every date where somebody could get something."""
        async with self._db.begin_as_platform("find dates to serve waiting people of") as tx:
            due = (await tx.connection.exec_driver_sql(_DUE)).all()
        for row in due:
            try:
                await self.serve_date(row.organizer_id, row.occurrence_id)
            except (DBAPIError, Busy) as error:
                # The others need not wait for this one; the next round tries again.
                log.warning("offers_failed", organizer_id=row.organizer_id, error=str(error))

    async def serve_quota(self, organizer_id: UUID, quota_id: UUID) -> None:
        """Units of that quota came free: offer them to whoever is next."""
        async with self._db.begin(organizer_id) as tx:
            found = await tx.connection.exec_driver_sql(_DATE, (organizer_id, quota_id))
            date = found.scalar()
        if date is not None:
            await self.serve_date(organizer_id, date)

    async def serve_date(self, organizer_id: UUID, occurrence_id: UUID) -> list[UUID]:
        """Offer what is free to those who wait and fit, in their order; who got an offer."""

        async def attempt() -> list[UUID]:
            async with self._db.begin(organizer_id) as tx:
                return await self._serve(tx, occurrence_id)

        # A ticket type may gain a quota while we are looking.
        return await retried(attempt)

    async def offer_to(self, tx: Transaction, waiting_id: UUID) -> None:
        """Offer it to this one now, whoever waits longer; the refusal if they cannot have it."""
        shelf, row = await lock_place(tx, self._stock, waiting_id)
        if row.offer_ends_at is not None and row.offer_ends_at > shelf.now:
            raise NotWaiting
        await self._stock.release(tx, [waiting_id])
        waiter = await _waiter(tx, row)
        await self._free(tx, shelf)
        await put_seats(tx, shelf, [sight_of(waiter)], self._floors)
        served = serve(shelf, [waiter])
        if not served:
            raise why_not(shelf, waiter)[0]
        await write_served(tx, shelf, served)

    async def take(  # who takes what how, all by name
        self,
        tx: Transaction,
        waiting_id: UUID,
        *,
        holder: UUID,
        price: int | None,
        keep_if_free: bool,
        hold_for: timedelta,
    ) -> tuple[Shelf, Granted]:
        """The offer's claims become the holder's, at the price of now; the place in line is over.

        They last at least `hold_for`, and as long as the offer would have; a total of zero keeps
        them for good. `OfferOver` past the offer's end, and once something else comes with it.
        """
        shelf, row = await lock_place(tx, self._stock, waiting_id)
        kind = row.offered_type_id
        if kind is None or row.offer_ends_at is None or row.offer_ends_at <= shelf.now:
            raise OfferOver
        first = WantedLine(
            ticket_type_id=kind,
            quantity=row.units,
            variation_id=row.offered_variation_id,
            price=price,
        )
        lines = await self._offered(tx, shelf, waiting_id, first)
        want = Want(
            holder=holder,
            event_id=row.event_id,
            occurrence_id=row.occurrence_id,
            lines=lines,
            nested=len(lines) > 1,
            expires_at=max(shelf.now + hold_for, row.offer_ends_at),
            access_code=shelf.types[kind].access_code if kind in shelf.types else None,
        )
        quoted = quote(shelf, want)
        is_free = quoted.priced is not None and quoted.priced.total == 0
        expires_at = None if is_free and keep_if_free else want.expires_at
        priced = await self._seated(tx, waiting_id, quoted.lines)
        await tx.connection.exec_driver_sql(_TAKE, (tx.tenant, waiting_id, holder, expires_at))
        row.ended_at = shelf.now
        await tx.session.flush()
        return shelf, Granted(
            lines=priced,
            extras=quoted.extras,
            priced=quoted.priced,
            book=quoted.book,
            uses=quoted.uses,
            holder=holder,
            occurrence_id=row.occurrence_id,
            claims=(),
            expires_at=expires_at,
        )

    async def _serve(self, tx: Transaction, occurrence_id: UUID) -> list[UUID]:
        rows = await tx.connection.exec_driver_sql(_TYPES, (tx.tenant, occurrence_id))
        shelf = await lock_whole(tx, self._stock, [row.id for row in rows], [occurrence_id])
        await self._lapse(tx, occurrence_id, shelf.now)
        await self._free(tx, shelf)
        free = max((quota.free for quota in shelf.quotas.values()), default=0)
        waiters = await read_waiting(tx, [occurrence_id], free=free)
        await put_seats(tx, shelf, [sight_of(waiter) for waiter in waiters], self._floors)
        served = serve(shelf, waiters)
        await write_served(tx, shelf, served)
        return [one.waiter.id for one in served]

    async def _free(self, tx: Transaction, shelf: Shelf) -> None:
        """Release what has lapsed, and with it the marks."""
        released = await self._stock.release_lapsed(tx, shelf.quotas, shelf.now)
        for quota, units in released.items():
            shelf.quotas[quota].claimed -= units

    async def _lapse(self, tx: Transaction, occurrence_id: UUID, now: datetime) -> None:
        rows = await tx.connection.exec_driver_sql(_LAPSE, (tx.tenant, occurrence_id, now))
        tx.tell(*(PlaceOfferLapsed(organizer_id=tx.tenant, waiting_id=row.id) for row in rows))

    async def _seated(
        self, tx: Transaction, waiting_id: UUID, lines: tuple[PricedLine, ...]
    ) -> tuple[PricedLine, ...]:
        """The lines, the first with the seats that were offered."""
        rows = (await tx.connection.exec_driver_sql(_CLAIMS, (tx.tenant, waiting_id))).all()
        seats: list[ChosenSeat] = []
        for row in rows:
            seating = await self._floors.seating(tx, row.seating_id)
            index = seating.index(row.seat_id)
            if index is None:
                raise OfferOver
            seats.append(seating.chosen(index))
        return structs.replace(lines[0], seats=tuple(seats)), *lines[1:]

    async def _offered(
        self, tx: Transaction, shelf: Shelf, waiting_id: UUID, first: WantedLine
    ) -> tuple[WantedLine, ...]:
        """The lines that were set aside; `OfferOver`, if something else comes with them by now."""
        if not shelf.extras:
            return (first,)
        lines = offered_lines(shelf.types, first, await held(tx, waiting_id))
        if not lines:
            raise OfferOver
        return lines


async def write_served(tx: Transaction, shelf: Shelf, served: Sequence[Served]) -> None:
    """Write these offers with their claims, under the locks of the shelf, and tell of them."""
    write_claims(tx, [claim for one in served for claim in one.granted.claims])
    await tx.connection.exec_driver_sql(_OFFER, (tx.tenant, shelf.now, *_columns(served)))
    tx.tell(*(PlacesOffered(organizer_id=tx.tenant, waiting_id=one.waiter.id) for one in served))
    await marks.renew(tx, shelf.quotas)


async def _waiter(tx: Transaction, row: WaitingRow) -> Waiter:
    event: Any = await tx.session.get(EventRow, (tx.tenant, row.event_id))
    return Waiter(
        id=row.id,
        event_id=row.event_id,
        occurrence_id=row.occurrence_id,
        units=row.units,
        ticket_type_ids=tuple(row.ticket_type_ids),
        variation_ids=tuple(row.variation_ids),
        add_on_ids=tuple(row.add_on_ids),
        minutes=event.waitlist_minutes,
    )


def _columns(served: Collection[Served]) -> tuple[list[Any], ...]:
    lines = [one.granted.lines[0] for one in served]
    return (
        [one.waiter.id for one in served],
        [one.until for one in served],
        [line.ticket_type_id for line in lines],
        [line.variation_id for line in lines],
    )
