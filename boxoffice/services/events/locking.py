"""Locks on quotas, taken in the order of their ids and before anything is read to decide on."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, func, select, union_all

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.tables import QuotaRow, QuotaTicketTypeRow, QuotaVariationRow

# Types that must be over before the wanted ones open are asked for their quotas as well.
_OF_AN_EXCHANGE = """
WITH kinds AS (
    SELECT unnest($3::uuid[]) AS id
    UNION SELECT opens_after_id FROM events.ticket_types
    WHERE organizer_id = $1 AND id = ANY($3::uuid[]) AND opens_after_id IS NOT NULL)
SELECT id FROM events.quotas
WHERE organizer_id = $1 AND (
    id = ANY(ARRAY(
        SELECT quota_id FROM events.claims WHERE organizer_id = $1 AND holder = ANY($2::uuid[])))
    OR occurrence_id = ANY($4::uuid[]) AND id = ANY(ARRAY(
        SELECT quota_id FROM events.quota_ticket_types
        WHERE organizer_id = $1 AND ticket_type_id = ANY(ARRAY(SELECT id FROM kinds))
        UNION ALL SELECT quota_id FROM events.quota_variations
        WHERE organizer_id = $1 AND ticket_type_id = ANY(ARRAY(SELECT id FROM kinds)))))
ORDER BY id FOR NO KEY UPDATE
"""


async def lock_exchange(
    tx: Transaction,
    holders: Collection[UUID],
    type_ids: Collection[UUID],
    dates: Collection[UUID],
) -> None:
    """Lock at once the quotas of what these holders have and of these types on these dates: for
    giving units back and taking others, where locking them in two steps would be out of order.
    """
    await tx.connection.exec_driver_sql(
        _OF_AN_EXCHANGE, (tx.tenant, list(holders), list(type_ids), list(dates))
    )


def is_among(column: ColumnElement[UUID] | Any, wanted: SelectBase) -> ColumnElement[bool]:
    """Whether the column is one of what the select gives, for statements that lock.

    An array of them, never `IN (SELECT …)`: where a row has changed while its lock was waited for,
    PostgreSQL looks anew whether it is still meant, and by some plans of a join it then leaves the
    row out, unlocked.
    """
    return column == func.any(func.array(wanted.scalar_subquery()))


async def lock_quotas_of_types(tx: Transaction, type_ids: Collection[UUID]) -> list[UUID]:
    """Lock every quota that these types or their variations count against; sales of them wait
    until we are done.
    """
    quota = QuotaRow
    links = [
        select(link.quota_id).where(
            link.organizer_id == tx.organizer_id, link.ticket_type_id.in_(type_ids)
        )
        for link in (QuotaTicketTypeRow, QuotaVariationRow)
    ]
    wanted = union_all(*links)
    rows = await tx.session.scalars(
        select(quota.id)
        .where(quota.organizer_id == tx.organizer_id, is_among(quota.id, wanted))
        .order_by(quota.id)
        .with_for_update(key_share=True)
    )
    return list(rows)


async def lock_quota(tx: Transaction, event_id: UUID, quota_id: UUID) -> QuotaRow | None:
    """The event's quota, locked and as it is after the lock."""
    quota = QuotaRow
    return await tx.session.scalar(
        select(quota)
        .where(
            quota.organizer_id == tx.organizer_id,
            quota.event_id == event_id,
            quota.id == quota_id,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
