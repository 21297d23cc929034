"""Who waits, in their order."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.rules.shelf import TicketTypeFacts
from boxoffice.services.events.rules.waiting import Waiter
from boxoffice.services.events.sale_types import READ_TYPES, type_facts

# Of people with the same wish no more are read than could possibly get what is free.
_IN_ORDER = """
SELECT id, event_id, occurrence_id, units, ticket_type_ids, variation_ids, add_on_ids, minutes
FROM (
    SELECT w.*, e.waitlist_minutes AS minutes,
           row_number() OVER (
               PARTITION BY w.occurrence_id, w.units, w.ticket_type_ids, w.variation_ids,
                            w.add_on_ids
               ORDER BY w.rank, w.id) AS place
    FROM events.waiting w
    JOIN events.events e ON e.organizer_id = w.organizer_id AND e.id = w.event_id
    WHERE w.organizer_id = $1 AND w.occurrence_id = ANY($2::uuid[]) AND w.units <= $3
      AND w.ended_at IS NULL AND w.offered_at IS NULL AND e.waitlist_open) waiting
WHERE place * units <= $3
ORDER BY rank, id
"""


async def read_types(
    tx: Transaction, type_ids: Collection[UUID], occurrence_ids: Collection[UUID] | None = None
) -> dict[UUID, TicketTypeFacts]:
    """Those types and the ones before them as they are now, with their quotas for these dates."""
    dates = None if occurrence_ids is None else list(occurrence_ids)
    asked = (tx.tenant, list(type_ids), dates)
    rows = await tx.connection.exec_driver_sql(READ_TYPES, asked)
    return {row.id: type_facts(row) for row in rows}


async def read_waiting(
    tx: Transaction, occurrence_ids: Collection[UUID], *, free: int
) -> list[Waiter]:
    """Whoever waits for those dates and might fit into `free` units, the first first."""
    rows = await tx.connection.exec_driver_sql(_IN_ORDER, (tx.tenant, list(occurrence_ids), free))
    return [waiter_of(row) for row in rows]


def waiter_of(row: Any) -> Waiter:
    """The row of somebody in line."""
    return Waiter(
        id=row.id,
        event_id=row.event_id,
        occurrence_id=row.occurrence_id,
        units=row.units,
        ticket_type_ids=tuple(row.ticket_type_ids),
        variation_ids=tuple(row.variation_ids),
        add_on_ids=tuple(row.add_on_ids),
        minutes=row.minutes,
    )
