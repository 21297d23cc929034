"""Who has applied for a date that moves waits for its new end, with the tickets kept as long; who
is to pay has the time until then.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.rules import decide_until_moved, pay_until_moved
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.events.api import Schedule, Stock

_SENT = """
SELECT id, sent_at, decided_at FROM bookings.applications
WHERE organizer_id = $1 AND id = ANY($2::uuid[])
"""
_KEEP = """
UPDATE bookings.orders o SET hold_expires_at = k.until
FROM unnest($2::uuid[], $3::timestamptz[]) AS k(id, until)
WHERE o.organizer_id = $1 AND o.id = k.id
"""
_DUE = """
UPDATE bookings.applications a SET due_at = k.until
FROM unnest($2::uuid[], $3::timestamptz[]) AS k(id, until)
WHERE a.organizer_id = $1 AND a.id = k.id
"""


async def keep_waiting(
    tx: Transaction, stock: Stock, schedule: Schedule, orders: Sequence[OrderSnapshot]
) -> None:
    """Decide anew until when these orders' applications can be decided, or the approved ones paid.
    Their claims and they are locked; all are of one event.
    """
    if not orders:
        return
    terms = (await policy_of(tx, orders[0].event_id)).approval
    ends = await schedule.ends(tx, {date for order in orders for date in order.dates})
    found = await tx.connection.exec_driver_sql(_SENT, (tx.tenant, [one.id for one in orders]))
    applied, now = {row.id: row for row in found}, await tx.now()
    until: dict[UUID, datetime | None] = {}
    for order in orders:
        ends_at, row = max(ends[date] for date in order.dates), applied[order.id]
        until[order.id] = (
            decide_until_moved(
                terms,
                ends_at=ends_at,
                sent_at=row.sent_at,
                now=now,
                held_until=order.hold.until if order.hold else None,
            )
            if row.decided_at is None
            else pay_until_moved(
                terms,
                ends_at=ends_at,
                decided_at=row.decided_at,
                now=now,
                charged_until=order.charged_until,
            )
        )
    await stock.set_expiry(tx, until, paying=True)
    moved = (tx.tenant, list(until), list(until.values()))
    await tx.connection.exec_driver_sql(_KEEP, moved)
    await tx.connection.exec_driver_sql(_DUE, moved)
