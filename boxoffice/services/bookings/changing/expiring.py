"""Tidying after changes that nobody paid for in time, so that what they held is free already, and
after those of orders that are over, such as one whose only ticket somebody else has taken.
"""

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
SELECT k.organizer_id, k.id, k.order_id FROM bookings.order_changes k
JOIN bookings.orders o ON o.organizer_id = k.organizer_id AND o.id = k.order_id
WHERE k.status = 'awaiting_payment'
  AND (k.expires_at < clock_timestamp() - interval '1 minute' OR o.status <> 'confirmed')
ORDER BY k.expires_at LIMIT 500
"""
_MARK = """
UPDATE bookings.order_changes k SET status = 'expired', settled_at = clock_timestamp()
FROM bookings.orders o
WHERE k.organizer_id = $1 AND k.id = ANY($2::uuid[]) AND k.status = ANY($3::text[])
  AND o.organizer_id = k.organizer_id AND o.id = k.order_id
  AND (k.expires_at < clock_timestamp() OR o.status <> 'confirmed')
RETURNING k.id
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
