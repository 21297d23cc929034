"""The marks that lie in quotas while people wait for their units; all under the quotas' locks."""

from collections.abc import Collection
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.facts import PlacesFreed
from boxoffice.services.events.kept.along import ALONG

# What those who wait for a date are waiting for: `in_line` is every quota that one of their types
# or variations, or what must come along with it, counts against.
_IN_LINE = f"""
wanted AS (
    SELECT DISTINCT w.occurrence_id, t.id AS ticket_type_id
    FROM events.waiting w
    JOIN events.events e ON e.organizer_id = w.organizer_id AND e.id = w.event_id
    CROSS JOIN LATERAL (
        SELECT unnest(w.ticket_type_ids) AS id
        UNION SELECT along.id FROM events.ticket_types t CROSS JOIN LATERAL ({ALONG}) AS along
        WHERE t.organizer_id = $1 AND t.id = ANY(w.ticket_type_ids)) AS t
    WHERE w.organizer_id = $1 AND w.occurrence_id IN (
        SELECT occurrence_id FROM events.quotas WHERE organizer_id = $1 AND id = ANY($2::uuid[]))
      AND w.ended_at IS NULL AND w.offered_at IS NULL AND e.waitlist_open),
in_line AS (
    SELECT q.id FROM wanted w
    JOIN events.quota_ticket_types m
      ON m.organizer_id = $1 AND m.ticket_type_id = w.ticket_type_id
    JOIN events.quotas q
      ON q.organizer_id = $1 AND q.id = m.quota_id AND q.occurrence_id = w.occurrence_id
    UNION
    SELECT q.id FROM wanted w
    JOIN events.quota_variations m
      ON m.organizer_id = $1 AND m.ticket_type_id = w.ticket_type_id
    JOIN events.quotas q
      ON q.organizer_id = $1 AND q.id = m.quota_id AND q.occurrence_id = w.occurrence_id)"""  # noqa: S608  # our own text
_TAKE_UP = f"""
WITH {_IN_LINE},
idle AS (
    DELETE FROM events.claims c
    WHERE c.organizer_id = $1 AND c.id = ANY($2::uuid[]) AND c.kind = 'offer'
      AND c.id NOT IN (SELECT id FROM in_line)
    RETURNING c.quota_id, CASE WHEN c.released_at IS NULL THEN c.units ELSE 0 END AS units)
UPDATE events.quotas q
SET claimed = q.claimed - i.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - i.units))
FROM idle i WHERE q.organizer_id = $1 AND q.id = i.quota_id
"""  # noqa: S608  # our own text
_LAY = f"""
WITH {_IN_LINE}
INSERT INTO events.claims AS c (organizer_id, id, quota_id, kind, holder, units, expires_at)
SELECT $1, id, id, 'offer', id, 0, 'epoch' FROM in_line WHERE id = ANY($2::uuid[])
ON CONFLICT (organizer_id, id) DO UPDATE SET released_at = NULL, units = 0
    WHERE c.released_at IS NOT NULL
"""  # noqa: S608  # our own text
_KEEP = """
WITH free AS (
    SELECT id, greatest(0, capacity - claimed) AS units FROM events.quotas
    WHERE organizer_id = $1 AND id = ANY($2::uuid[])),
kept AS (
    UPDATE events.claims c
    SET released_at = NULL,
        units = f.units + CASE WHEN c.released_at IS NULL THEN c.units ELSE 0 END
    FROM free f
    WHERE c.organizer_id = $1 AND c.id = f.id AND c.kind = 'offer'
    RETURNING c.quota_id, f.units)
UPDATE events.quotas q SET claimed = q.claimed + k.units FROM kept k
WHERE q.organizer_id = $1 AND q.id = k.quota_id
RETURNING q.id, k.units
"""


async def keep(tx: Transaction, quota_ids: Collection[UUID]) -> set[UUID]:
    """Take up what is free in those of these quotas that have a mark; which gained units."""
    rows = await tx.connection.exec_driver_sql(_KEEP, (tx.tenant, list(quota_ids)))
    return {row.id for row in rows if row.units}


async def renew(tx: Transaction, quota_ids: Collection[UUID]) -> set[UUID]:
    """A mark in each of these locked quotas that somebody waits for, and in no other of them; who
    changes what people wait for calls it. Which quotas' marks gained units.
    """
    ids = list(quota_ids)
    await tx.connection.exec_driver_sql(_TAKE_UP, (tx.tenant, ids))
    await tx.connection.exec_driver_sql(_LAY, (tx.tenant, ids))
    return await keep(tx, ids)


def tell(tx: Transaction, quota_ids: Collection[UUID]) -> None:
    """Units came free in quotas that people wait for: somebody may get an offer."""
    tx.tell(*(PlacesFreed(organizer_id=tx.tenant, quota_id=one) for one in sorted(quota_ids)))
