"""Tidying after holds that ran out. Their stock is free already; this writes the word `expired`,
and tells of applications that nobody decided about, or paid for, in time.
"""

from collections import defaultdict
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.facts import ApplicationMoved
from boxoffice.services.bookings.rules import ORDER, ApplicationStep, OrderStatus
from boxoffice.services.bookings.tender import Tender
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
# Those whose order has gone on, or ended otherwise, are closed as well.
_FIND_APPLICATIONS = """
SELECT organizer_id, id FROM bookings.applications
WHERE closed_at IS NULL AND due_at < clock_timestamp() - interval '1 minute'
ORDER BY due_at LIMIT 500
"""
_MARK = """
UPDATE bookings.orders SET status = 'expired'
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND status = ANY($3::text[])
  AND hold_expires_at < clock_timestamp()
RETURNING id
"""
_CLOSE = """
UPDATE bookings.applications a SET closed_at = clock_timestamp()
FROM bookings.orders o
WHERE a.organizer_id = $1 AND a.id = ANY($2::uuid[]) AND a.closed_at IS NULL
  AND o.organizer_id = a.organizer_id AND o.id = a.id
  AND NOT (o.status = ANY($3::text[]) AND o.hold_expires_at >= clock_timestamp())
RETURNING a.id, a.approved, o.status
"""


class Expiry:
    """Marks orders whose hold has ended and gives their claims back to the counters."""

    def __init__(self, db: Database, stock: Stock, tender: Tender) -> None:
        self._db = db
        self._tender = tender
        self._stock = stock

    async def mark_expired(self) -> None:
        """Up to 500 orders, a minute after their time."""
        lapsed: dict[UUID, set[UUID]] = defaultdict(set)
        async with self._db.begin_as_platform("find expired holds") as tx:
            for row in await tx.connection.exec_driver_sql(_FIND):
                lapsed[row.organizer_id].update(row.ids)
            for row in await tx.connection.exec_driver_sql(_FIND_APPLICATIONS):
                lapsed[row.organizer_id].add(row.id)
        for organizer_id, ids in lapsed.items():
            try:
                await self.mark(organizer_id, sorted(ids))
            except DBAPIError as error:
                # The others need not wait for this one; the next round tries again.
                log.warning("expiry_failed", organizer_id=organizer_id, error=type(error).__name__)

    async def mark(self, organizer_id: UUID, order_ids: list[UUID]) -> None:
        """Of these orders those whose time is over."""
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, order_ids)
            sources = ORDER.sources(OrderStatus.EXPIRED)
            marked = await tx.connection.exec_driver_sql(
                _MARK, (organizer_id, order_ids, sources)
            )  # fmt: skip
            gone = [row.id for row in marked]
            if gone:
                await self._stock.release(tx, gone)
                await self._tender.let_go_of(tx, gone)
            await _close(tx, order_ids, sources)


async def _close(tx: Transaction, order_ids: list[UUID], sources: list[str]) -> None:
    """Of those that were applications, nothing is left to be done; tell of the expired ones."""
    closed = await tx.connection.exec_driver_sql(_CLOSE, (tx.tenant, order_ids, sources))
    tx.tell(
        *(
            ApplicationMoved(
                organizer_id=tx.tenant,
                order_id=row.id,
                step=ApplicationStep.UNPAID if row.approved else ApplicationStep.LAPSED,
            )
            for row in closed
            if row.status == OrderStatus.EXPIRED
        )
    )
