"""Locks on quotas, taken in the order of their ids and before anything is read to decide on."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, func, select, union_all

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.tables import QuotaRow, QuotaTicketTypeRow, QuotaVariationRow


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
