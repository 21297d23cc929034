"""Tidying after holds that ran out. Their stock is free already; this writes the word `expired`."""

from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.rules import ORDER, OrderStatus
from boxoffice.services.events.api import Stock

log = structlog.get_logger(__name__)

_FIND = """
SELECT organizer_id, array_agg(id ORDER BY id) AS ids FROM (
    SELECT organizer_id, id FROM bookings.orders
    WHERE status IN ('held', 'awaiting_payment')
      AND hold_expires_at < clock_timestamp() - interval '1 minute'
    ORDER BY hold_expires_at LIMIT 500) lapsed
GROUP BY organizer_id
"""
_MARK = """
UPDATE bookings.orders SET status = 'expired'
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND status = ANY($3::text[])
  AND hold_expires_at < clock_timestamp()
RETURNING id
"""


class Expiry:
    """Marks orders whose hold has ended and gives their claims back to the counters."""

    def __init__(self, db: Database, stock: Stock) -> None:
        self._db = db
        self._stock = stock

    async def mark_expired(self) -> None:
        """Up to 500 orders, a minute after their time."""
        async with self._db.begin_as_platform("find expired holds") as tx:
            lapsed = (await tx.connection.exec_driver_sql(_FIND)).all()
        for row in lapsed:
            organizer_id: UUID = row.organizer_id
            ids: list[UUID] = row.ids
            try:
                await self._mark(organizer_id, ids)
            except DBAPIError as error:
                # The others need not wait for this one; the next round tries again.
                log.warning("expiry_failed", organizer_id=organizer_id, error=type(error).__name__)

    async def _mark(self, organizer_id: UUID, order_ids: list[UUID]) -> None:
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, order_ids)
            marked = await tx.connection.exec_driver_sql(
                _MARK, (organizer_id, order_ids, ORDER.sources(OrderStatus.EXPIRED))
            )
            gone = [row.id for row in marked]
            if gone:
                await self._stock.release(tx, gone)
