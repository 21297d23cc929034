"""Tickets that are offered back, promised to those who wait: each to one person at a time.

The quotas are locked first, then the claims of whom they are promised to, then the offers.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.refusals import Busy
from boxoffice.services.bookings.returns import reading
from boxoffice.services.bookings.returns.reading import is_lost
from boxoffice.services.bookings.rules import ReturnStatus, TicketStatus
from boxoffice.services.bookings.tables_returns import TicketReturn
from boxoffice.services.events.api import ReturnedPlace, ReturnedPlaces, Standing, Stock

log = structlog.get_logger(__name__)

# Dates with tickets to promise or promised; what there is to do for each is looked at first.
_DUE = """
SELECT DISTINCT r.organizer_id, r.occurrence_id
FROM bookings.returns r
JOIN bookings.tickets t ON t.organizer_id = r.organizer_id AND t.id = r.ticket_id
WHERE r.status = 'offered' AND (
    (t.status = 'valid' AND r.expires_at > clock_timestamp())
    OR ((t.status = 'used' OR t.status = 'void' AND r.seat_id IS NOT NULL)
        AND r.promised_until > clock_timestamp()))
"""
_OF_DATE = """
SELECT r.id, r.ticket_type_id, r.holder, t.status = 'valid' AS valid,
       r.expires_at > clock_timestamp() AS in_time
FROM bookings.returns r
JOIN bookings.tickets t ON t.organizer_id = r.organizer_id AND t.id = r.ticket_id
WHERE r.organizer_id = $1 AND r.occurrence_id = $2 AND r.status = 'offered'
  AND (t.status <> 'void' OR r.seat_id IS NOT NULL)
  AND (r.holder IS NOT NULL OR r.expires_at > clock_timestamp())
"""


class Serving:
    """What the worker does about offered tickets."""

    def __init__(self, db: Database, stock: Stock, places: ReturnedPlaces) -> None:
        self._db = db
        self._stock = stock
        self._places = places

    async def serve_due(self) -> None:
        """Every date where something may be to do."""
        async with self._db.begin_as_platform("find returned tickets to offer") as tx:
            due = (await tx.connection.exec_driver_sql(_DUE)).all()
        for row in due:
            try:
                await self.serve_date(row.organizer_id, row.occurrence_id)
            except (DBAPIError, Busy) as error:
                # The others need not wait for this one; the next round tries again.
                log.warning("returns_failed", organizer_id=row.organizer_id, error=str(error))

    async def serve_return(self, organizer_id: UUID, return_id: UUID) -> None:
        """The date of that ticket."""
        async with self._db.begin(organizer_id) as tx:
            date = (await reading.find(tx, return_id)).occurrence_id
        await self.serve_date(organizer_id, date)

    async def serve_date(self, organizer_id: UUID, occurrence_id: UUID) -> None:
        """Promise what is offered for that date to those who wait and fit, in their order."""

        async def attempt() -> None:
            async with self._db.begin(organizer_id) as tx:
                await self._serve(tx, occurrence_id)

        # A ticket type may gain a quota while we are looking.
        await retried(attempt)

    async def _serve(self, tx: Transaction, occurrence_id: UUID) -> None:
        seen = await _of_date(tx, occurrence_id)
        if not await self._is_due(tx, occurrence_id, seen):
            return
        kinds = {row.ticket_type_id for row in seen}
        quotas = await self._places.lock(tx, occurrence_id, kinds)
        # To whom a ticket is promised changes under its quotas' locks only: look again.
        found = [one for one in await _of_date(tx, occurrence_id) if one.ticket_type_id in kinds]
        standing = await self._stock.standing(tx, {row.holder for row in found if row.holder})
        await self._stock.release(
            tx, [one for one, how in standing.items() if how is Standing.LAPSED]
        )
        live = {one for one, how in standing.items() if how is Standing.LIVE}
        rows = await reading.lock(tx, [row.id for row in found])
        dead = {row.holder for row, ticket in rows if row.holder in live and is_lost(row, ticket)}
        if dead:
            await self._places.take_back(tx, [one for one in dead if one], quotas)
            live = {one for one in live if one not in dead}
        await self._promise(tx, occurrence_id, _free(rows, live, now=await tx.now()))

    async def _is_due(self, tx: Transaction, occurrence_id: UUID, seen: Sequence[Any]) -> bool:
        """Whether there is anything to lock quotas for: somebody who waits for what nobody is
        promised, or was promised what is lost.
        """
        live = await self._places.live(tx, [row.holder for row in seen if row.holder])
        if any(row.holder in live and not row.valid for row in seen):
            return True
        idle = any(one.valid and one.in_time and one.holder not in live for one in seen)
        return idle and await self._places.anybody_waits(tx, occurrence_id)

    async def _promise(
        self, tx: Transaction, occurrence_id: UUID, free: Sequence[TicketReturn]
    ) -> None:
        places = [
            ReturnedPlace(
                id=row.id,
                ticket_type_id=row.ticket_type_id,
                variation_id=row.variation_id,
                ends_at=row.expires_at,
                face_amount=row.face_amount,
            )
            for row in free
        ]
        given = await self._places.offer(tx, occurrence_id, places) if places else {}
        for row in free:
            row.holder, row.promised_until = given.get(row.id, (None, None))
        await tx.session.flush()


async def _of_date(tx: Transaction, occurrence_id: UUID) -> Sequence[Any]:
    return (await tx.connection.exec_driver_sql(_OF_DATE, (tx.tenant, occurrence_id))).all()


def _free(
    rows: Sequence[tuple[TicketReturn, TicketStatus]], live: set[UUID], *, now: datetime
) -> list[TicketReturn]:
    """Those that can be promised to somebody now."""
    return [
        row
        for row, ticket in rows
        if row.status == ReturnStatus.OFFERED.value
        and ticket is TicketStatus.VALID
        and row.expires_at > now
        and row.holder not in live
    ]
