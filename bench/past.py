"""A past: confirmed orders of one event, written as the product would have left them."""

from typing import Any
from uuid import UUID

import asyncpg

# What one order of one free ticket leaves behind, for so many at once. `n` makes codes and order.
_FILL = """
WITH n AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS order_id, gen_random_uuid() AS position_id,
           clock_timestamp() - interval '1 day' AS at
    FROM generate_series($5::int, $6::int) AS n),
orders AS (
    INSERT INTO bookings.orders (organizer_id, id, code, event_id, occurrence_id, status,
        payment_status, currency, total_amount, buyer_email, buyer_name, locale, created_at,
        confirmed_at)
    SELECT $1, order_id, 'PAST' || n, $2, $3, 'confirmed', 'none', 'EUR', 0,
           'past' || n || '@example.org', 'Past Buyer', 'en', at, at FROM n),
positions AS (
    INSERT INTO bookings.order_positions (organizer_id, id, order_id, number, ticket_type_id,
        ticket_type_name, price_amount, list_amount)
    SELECT $1, position_id, order_id, 1, $4, 'Standard', 0, 0 FROM n),
tickets AS (
    INSERT INTO bookings.tickets (organizer_id, id, position_id, order_id, event_id, occurrence_id,
        status)
    SELECT $1, gen_random_uuid(), position_id, order_id, $2, $3, 'valid' FROM n)
INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, ticket_type_id, units)
SELECT $1, gen_random_uuid(), q.id, 'order', order_id, $4, 1
FROM n, events.quotas q WHERE q.organizer_id = $1 AND q.event_id = $2
"""
_COUNT = """
UPDATE events.quotas
SET claimed = claimed + $3, capacity = capacity + $3, ceiling = ceiling + $3
WHERE organizer_id = $1 AND event_id = $2
"""
_OWNER = "SELECT organizer_id FROM events.events WHERE id = $1"
_ANALYZE = """
ANALYZE bookings.orders, bookings.order_positions, bookings.tickets, events.claims, events.quotas
"""
_CHUNK = 50_000


async def write_past(url: str, event: dict[str, Any], *, first: int, last: int) -> None:
    """The orders numbered so of the event with one quota and one type, which had so many units
    more; afterwards the tables are analysed, as they would have been long since.
    """
    connection = await asyncpg.connect(url)
    try:
        event_id = UUID(event["id"])
        organizer = await connection.fetchval(_OWNER, event_id)
        date = UUID(event["occurrences"][0]["id"])
        kind = UUID(event["ticket_types"][0]["id"])
        for start in range(first, last + 1, _CHUNK):
            end = min(last, start + _CHUNK - 1)
            async with connection.transaction():
                await connection.execute(_COUNT, organizer, event_id, end - start + 1)
                await connection.execute(_FILL, organizer, event_id, date, kind, start, end)
        await connection.execute(_ANALYZE)
    finally:
        await connection.close()
