"""Tickets that their holders would give back, offered to those who wait.

The ticket stays claimed by its order until somebody has bought it; meanwhile the offer, and the
order that it becomes, have claims beyond the capacity. So nobody else can get at either, and when
the one is given up for the other the capacity is as it was.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.kept import marks
from boxoffice.services.events.kept.reading import read_waiting
from boxoffice.services.events.rules.returned import ReturnedPlace, promise
from boxoffice.services.events.stock import Stock
from boxoffice.services.events.waitlist.offers import write_served

_TAKE_BACK = """
UPDATE events.waiting
SET offered_at = NULL, offer_ends_at = NULL, offered_type_id = NULL, offered_variation_id = NULL,
    lapsed_at = NULL
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND ended_at IS NULL AND offered_at IS NOT NULL
RETURNING id
"""
_LIVE = """
SELECT DISTINCT holder FROM events.claims
WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND released_at IS NULL
  AND (expires_at IS NULL OR expires_at > clock_timestamp())
"""
_WAITS = """
SELECT EXISTS (
    SELECT FROM events.waiting WHERE organizer_id = $1 AND occurrence_id = $2
      AND ended_at IS NULL AND offered_at IS NULL)
"""
# A seat's claim for one without a seat in the same quota, one for one.
_EXCHANGE = """
WITH given AS (
    SELECT id, quota_id, row_number() OVER (PARTITION BY quota_id ORDER BY id) AS place
    FROM events.claims
    WHERE organizer_id = $1 AND holder = $2 AND seat_id = ANY($4::uuid[]) AND released_at IS NULL),
got AS (
    SELECT c.id, c.quota_id, row_number() OVER (PARTITION BY c.quota_id ORDER BY c.id) AS place
    FROM events.claims c
    JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
    WHERE c.organizer_id = $1 AND c.holder = $3 AND c.seat_id IS NULL AND c.released_at IS NULL
      AND q.seating_id IS NOT NULL),
pairs AS (
    SELECT given.id AS seated, got.id AS other FROM given
    JOIN got ON got.quota_id = given.quota_id AND got.place = given.place)
UPDATE events.claims c
SET holder = CASE WHEN c.id = p.seated THEN $3 ELSE $2 END
FROM pairs p
WHERE c.organizer_id = $1 AND c.id IN (p.seated, p.other)
"""


class ReturnedPlaces:
    """Offers them, and takes offers back. Every verb takes the caller's transaction."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock

    async def lock(
        self, tx: Transaction, occurrence_id: UUID, type_ids: Collection[UUID]
    ) -> list[UUID]:
        """Lock the quotas of these types for that date, before anything else; which they are."""
        return list((await self._stock.lock_types(tx, type_ids, [occurrence_id])).quotas)

    async def live(self, tx: Transaction, holders: Collection[UUID]) -> set[UUID]:
        """Those of these holders that have claims now; locks nothing, and is true for now only."""
        rows = await tx.connection.exec_driver_sql(_LIVE, (tx.tenant, list(holders)))
        return {row.holder for row in rows}

    async def anybody_waits(self, tx: Transaction, occurrence_id: UUID) -> bool:
        """Whether anybody waits for that date now; locks nothing."""
        rows = await tx.connection.exec_driver_sql(_WAITS, (tx.tenant, occurrence_id))
        return bool(rows.scalar_one())

    async def offer(
        self, tx: Transaction, occurrence_id: UUID, places: Sequence[ReturnedPlace]
    ) -> dict[UUID, tuple[UUID, datetime]]:
        """Offer them to those who wait for that date and fit, in their order: to which place in
        line each went, and until when. Call `lock` first.
        """
        kinds = {place.ticket_type_id for place in places}
        shelf = await self._stock.lock_types(tx, kinds, [occurrence_id])
        waiters = await read_waiting(tx, [occurrence_id], free=len(places))
        promised = promise(shelf, waiters, places)
        if not promised:
            return {}
        served = [one.served for one in promised]
        await write_served(tx, shelf, served)
        return {
            place.id: (one.served.waiter.id, one.served.until)
            for one in promised
            for place in one.places
        }

    async def take_back(
        self, tx: Transaction, waiting_ids: Collection[UUID], quota_ids: Collection[UUID]
    ) -> None:
        """What these were offered is gone: they wait on, where they stood. The quotas are those
        that `lock` has locked.
        """
        rows = await tx.connection.exec_driver_sql(_TAKE_BACK, (tx.tenant, list(waiting_ids)))
        if gone := [row.id for row in rows]:
            await self._stock.release(tx, gone)
            await marks.renew(tx, quota_ids)

    async def exchange_seats(
        self, tx: Transaction, *, giver: UUID, taker: UUID, seat_ids: Collection[UUID]
    ) -> None:
        """Give these seats of one holder to another, who has claims beyond the capacity for them;
        those are the giver's then. Lock the quotas first.
        """
        await tx.connection.exec_driver_sql(_EXCHANGE, (tx.tenant, giver, taker, list(seat_ids)))
