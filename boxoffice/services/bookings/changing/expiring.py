"""Tidying after changes that nobody paid for in time. What they held is free already."""

from collections import defaultdict
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.reading import lock_orders
from boxoffice.services.bookings.rules import CHANGE, ChangeStatus
from boxoffice.services.events.api import Stock

log = structlog.get_logger(__name__)
_FIND = """
SELECT organizer_id, id, order_id FROM bookings.order_changes
WHERE status = 'awaiting_payment' AND expires_at < clock_timestamp() - interval '1 minute'
ORDER BY expires_at LIMIT 500
"""
_MARK = """
UPDATE bookings.order_changes SET status = 'expired', settled_at = clock_timestamp()
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND status = ANY($3::text[])
  AND expires_at < clock_timestamp()
RETURNING id
"""


class ChangeExpiry:
    """Marks changes whose time is over and gives their claims back to the counters."""

    def __init__(self, db: Database, stock: Stock) -> None:
        self._db = db
        self._stock = stock

    async def mark_expired(self) -> None:
        """Up to 500, a minute after their time."""
        lapsed: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)
        async with self._db.begin_as_platform("find expired changes") as tx:
            for row in await tx.connection.exec_driver_sql(_FIND):
                lapsed[row.organizer_id][row.id] = row.order_id
        for organizer_id, changes in lapsed.items():
            try:
                await self._mark(organizer_id, changes)
            except DBAPIError as error:
                # The others need not wait for this one; the next round tries again.
                log.warning("expiry_failed", organizer_id=organizer_id, error=type(error).__name__)

    async def _mark(self, organizer_id: UUID, changes: dict[UUID, UUID]) -> None:
        """`changes`: each with its order."""
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, sorted(changes))
            await lock_orders(tx, organizer_id, sorted(set(changes.values())))
            sources = CHANGE.sources(ChangeStatus.EXPIRED)
            marked = await tx.connection.exec_driver_sql(
                _MARK, (organizer_id, sorted(changes), sources)
            )
            gone = [row.id for row in marked]
            if gone:
                await self._stock.release(tx, gone)
