"""Claims given back: their units return to where they came from, each exactly once.

That is the voucher that had set them aside, those who wait for units of the quota, or everybody.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.kept import marks
from boxoffice.services.events.redeeming import BACK_TO_VOUCHERS, USES_OF_HOLDERS_RETURN

_RELEASE_LAPSED = f"""
WITH gone AS (
    UPDATE events.claims c SET released_at = $3
    FROM (SELECT id FROM events.claims
          WHERE organizer_id = $1 AND quota_id = ANY($2::uuid[])
            AND released_at IS NULL AND expires_at <= $3
          ORDER BY id FOR NO KEY UPDATE) lapsed
    WHERE c.organizer_id = $1 AND c.id = lapsed.id
    RETURNING quota_id, units, voucher_id, holder, seat_id, ticket_type_id),
{BACK_TO_VOUCHERS}
UPDATE events.quotas q
SET claimed = q.claimed - g.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - g.units))
FROM freed g
WHERE q.organizer_id = $1 AND q.id = g.quota_id AND q.id NOT IN (SELECT quota_id FROM kept)
RETURNING q.id, g.units,
          EXISTS (SELECT FROM gone w WHERE w.quota_id = q.id AND w.holder = q.id) AS listed
"""  # noqa: S608  # our own text
_RELEASE_HOLDERS = f"""
WITH gone AS (
    UPDATE events.claims SET released_at = clock_timestamp()
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND released_at IS NULL
    RETURNING quota_id, units, holder, voucher_id, seat_id, ticket_type_id),
{BACK_TO_VOUCHERS},
counted AS (
    UPDATE events.quotas q
    SET claimed = q.claimed - g.units,
        ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - g.units))
    FROM freed g
    WHERE q.organizer_id = $1 AND q.id = g.quota_id AND q.id NOT IN (SELECT quota_id FROM kept)),
{USES_OF_HOLDERS_RETURN}
SELECT DISTINCT holder, NULL::uuid AS kept FROM gone UNION ALL SELECT NULL, quota_id FROM kept
"""  # noqa: S608  # our own text


async def release_lapsed(
    tx: Transaction, quota_ids: Collection[UUID], now: datetime, listed: set[UUID] | None
) -> dict[UUID, int]:
    """Release what has lapsed of locked quotas, marks included: those are put into `listed`."""
    rows = await tx.connection.exec_driver_sql(_RELEASE_LAPSED, (tx.tenant, list(quota_ids), now))
    released = rows.all()
    if listed is not None:
        listed.update(row.id for row in released if row.listed)
    return {row.id: row.units for row in released}


async def release_holders(tx: Transaction, holders: Collection[UUID]) -> set[UUID]:
    """Release all that these holders have; who had any. Who waits for it is told of."""
    rows = await tx.connection.exec_driver_sql(_RELEASE_HOLDERS, (tx.tenant, list(holders)))
    released = rows.all()
    marks.tell(tx, {row.kept for row in released if row.kept})
    return {row.holder for row in released if row.holder}
