"""What each date has to give: copied from the event's first date, and asked before a date goes."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.redeeming import BACK_TO_VOUCHERS
from boxoffice.services.events.tables import QuotaRow

_COPY = """
WITH dates AS (SELECT unnest($3::uuid[]) AS id),
pattern AS (
    SELECT id, event_id, name, capacity, seating_id, coalesce(kin, id) AS kin
    FROM events.quotas WHERE organizer_id = $1 AND occurrence_id = $2),
hall AS (
    SELECT id, version_id FROM events.seatings WHERE organizer_id = $1 AND occurrence_id = $2),
seated AS (
    INSERT INTO events.seatings (organizer_id, id, occurrence_id, version_id)
    SELECT $1, gen_random_uuid(), d.id, h.version_id FROM hall h CROSS JOIN dates d
    RETURNING id, occurrence_id),
categories AS (
    INSERT INTO events.seating_categories (organizer_id, seating_id, category, ticket_type_id)
    SELECT $1, s.id, c.category, c.ticket_type_id
    FROM seated s CROSS JOIN hall h
    JOIN events.seating_categories c ON c.organizer_id = $1 AND c.seating_id = h.id),
made AS (
    INSERT INTO events.quotas
        (organizer_id, id, event_id, occurrence_id, name, capacity, ceiling, seating_id, kin)
    SELECT $1, gen_random_uuid(), p.event_id, d.id, p.name, p.capacity, p.capacity,
           CASE WHEN p.seating_id IS NOT NULL THEN s.id END, p.kin
    FROM pattern p CROSS JOIN dates d LEFT JOIN seated s ON s.occurrence_id = d.id
    RETURNING id, kin),
variations AS (
    INSERT INTO events.quota_variations (organizer_id, quota_id, variation_id, ticket_type_id)
    SELECT $1, m.id, l.variation_id, l.ticket_type_id
    FROM made m
    JOIN pattern p ON p.kin = m.kin
    JOIN events.quota_variations l ON l.organizer_id = $1 AND l.quota_id = p.id)
INSERT INTO events.quota_ticket_types (organizer_id, quota_id, ticket_type_id)
SELECT $1, m.id, l.ticket_type_id
FROM made m
JOIN pattern p ON p.kin = m.kin
JOIN events.quota_ticket_types l ON l.organizer_id = $1 AND l.quota_id = p.id
"""
_RELEASE = f"""
WITH gone AS (
    UPDATE events.claims c SET released_at = clock_timestamp()
    FROM events.quotas q
    WHERE c.organizer_id = $1 AND c.holder = ANY($2::uuid[]) AND c.released_at IS NULL
      AND q.organizer_id = $1 AND q.id = c.quota_id AND q.occurrence_id = ANY($3::uuid[])
    RETURNING c.quota_id, c.units, c.voucher_id, c.holder, c.seat_id, c.ticket_type_id),
{BACK_TO_VOUCHERS}
UPDATE events.quotas q
SET claimed = q.claimed - f.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - f.units))
FROM freed f
WHERE q.organizer_id = $1 AND q.id = f.quota_id AND q.id NOT IN (SELECT quota_id FROM kept)
"""  # noqa: S608  # our own text
_EVER_CLAIMED = """
SELECT DISTINCT q.occurrence_id FROM events.quotas q
WHERE q.organizer_id = $1 AND q.occurrence_id = ANY($2::uuid[]) AND EXISTS (
    SELECT FROM events.claims c WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id)
"""
_SOLD = """
SELECT DISTINCT q.occurrence_id FROM events.quotas q
WHERE q.organizer_id = $1 AND q.occurrence_id = ANY($2::uuid[]) AND EXISTS (
    SELECT FROM events.claims c
    WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
      AND c.released_at IS NULL AND c.kind = 'order'
      AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp()))
"""
_ORDER_UNITS = """
SELECT coalesce(sum(c.units), 0)::int FROM events.claims c
JOIN events.quotas q ON q.organizer_id = c.organizer_id AND q.id = c.quota_id
WHERE q.organizer_id = $1 AND q.occurrence_id = ANY($2::uuid[])
  AND c.released_at IS NULL AND c.kind = 'order'
"""


async def copy_quotas(tx: Transaction, *, of_date: UUID, to_dates: Sequence[UUID]) -> None:
    """Give new dates the quotas of another: same capacities, types, variations and seat map,
    nothing claimed.
    """
    if to_dates:
        await tx.connection.exec_driver_sql(_COPY, (tx.tenant, of_date, list(to_dates)))


async def lock_quotas_of_dates(tx: Transaction, dates: Collection[UUID]) -> None:
    """Lock all that these dates have to give, sorted by id: sales for them wait until we are
    done.
    """
    quota = QuotaRow
    await tx.session.execute(
        select(quota.id)
        .where(quota.organizer_id == tx.tenant, quota.occurrence_id.in_(dates))
        .order_by(quota.id)
        .with_for_update(key_share=True)
    )


async def release_dates(
    tx: Transaction, holders: Collection[UUID], dates: Collection[UUID]
) -> None:
    """Give back what these holders have of these dates; what they have of others stays theirs.
    Call `Stock.standing` first.
    """
    await tx.connection.exec_driver_sql(_RELEASE, (tx.tenant, list(holders), list(dates)))


async def ever_claimed(tx: Transaction, dates: Collection[UUID]) -> set[UUID]:
    """Those that somebody has or had something of. Lock their quotas first."""
    return await _dates(tx, _EVER_CLAIMED, dates)


async def sold(tx: Transaction, dates: Collection[UUID]) -> set[UUID]:
    """Those that orders stand for, held ones too. Lock their quotas first."""
    return await _dates(tx, _SOLD, dates)


async def order_units(tx: Transaction, dates: Collection[UUID]) -> int:
    """The units that orders have of these dates, lapsed ones that still count too."""
    row = await tx.connection.exec_driver_sql(_ORDER_UNITS, (tx.tenant, list(dates)))
    return row.scalar_one()


async def _dates(tx: Transaction, sql: str, dates: Collection[UUID]) -> set[UUID]:
    rows: Any = await tx.connection.exec_driver_sql(sql, (tx.tenant, list(dates)))
    return {row.occurrence_id for row in rows}
