"""Ticket types as the sale needs them: read in one statement, after their quotas are locked."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.events.price_books import BOOK_OF_TYPE
from boxoffice.services.events.rules.extras.extras import read_extras
from boxoffice.services.events.rules.pricing.book import read_book
from boxoffice.services.events.rules.shelf import TicketTypeFacts
from boxoffice.services.events.rules.variations import VariationFacts

# $1 organizer, $2 types (and those that must be over before they open), $3 the dates that are
# wanted, or null for all.
READ_TYPES = f"""
SELECT t.id, t.event_id, t.name, t.price_amount, e.currency, e.status = 'published' AS published,
       t.on_sale, t.min_per_order, t.max_per_order, t.sales_start,
       least(t.sales_end, d.last_end) AS sales_end,
       CASE WHEN $3::uuid[] IS NULL
            THEN ARRAY(SELECT m.quota_id FROM events.quota_ticket_types m
                       WHERE m.organizer_id = t.organizer_id AND m.ticket_type_id = t.id)
            ELSE ARRAY(SELECT q.id FROM events.quota_ticket_types m
                       JOIN events.quotas q ON q.organizer_id = m.organizer_id AND q.id = m.quota_id
                       WHERE m.organizer_id = t.organizer_id AND m.ticket_type_id = t.id
                         AND q.occurrence_id = ANY($3)) END AS quotas,
       d.cancelled_dates, d.past_dates,
       t.pricing, t.extras::text AS extras,
       CASE WHEN t.visibility <> 'public' THEN coalesce(t.access_code, '') END AS locked_by,
       t.opens_after_id AS opens_after, t.max_per_person,
       e.max_per_person AS event_max_per_person,
       (SELECT json_agg(json_build_object(
            'id', v.id, 'name', v.name, 'price', v.price_amount, 'on_sale', v.on_sale,
            'quotas', ARRAY(SELECT q.id FROM events.quota_variations m
                            JOIN events.quotas q
                              ON q.organizer_id = m.organizer_id AND q.id = m.quota_id
                            WHERE m.organizer_id = v.organizer_id AND m.variation_id = v.id
                              AND m.ticket_type_id = v.ticket_type_id
                              AND ($3::uuid[] IS NULL OR q.occurrence_id = ANY($3)))))::text
        FROM events.variations v
        WHERE v.organizer_id = t.organizer_id AND v.ticket_type_id = t.id) AS variations,
       {BOOK_OF_TYPE} AS book,
       clock_timestamp() AS now
FROM events.ticket_types t
JOIN events.events e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
CROSS JOIN LATERAL (
    SELECT max(o.ends_at) AS last_end,
           array_agg(o.id) FILTER (WHERE o.status = 'cancelled') AS cancelled_dates,
           array_agg(o.id) FILTER (WHERE o.ends_at <= clock_timestamp()) AS past_dates
    FROM events.occurrences o
    WHERE o.organizer_id = t.organizer_id AND o.event_id = t.event_id
      AND ($3::uuid[] IS NULL OR o.id = ANY($3))) d
WHERE t.organizer_id = $1 AND t.id = ANY($2::uuid[] || ARRAY(
    SELECT opens_after_id FROM events.ticket_types
    WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND opens_after_id IS NOT NULL))
"""  # noqa: S608  # our own text


async def read_types(
    tx: Transaction, type_ids: Collection[UUID], dates: Sequence[UUID] | None
) -> tuple[dict[UUID, TicketTypeFacts], datetime | None]:
    """The types that exist, with those that must be over before them; the database's time."""
    wanted = (tx.tenant, list(type_ids), dates)
    rows = (await tx.connection.exec_driver_sql(READ_TYPES, wanted)).all()
    return {row.id: type_facts(row) for row in rows}, rows[0].now if rows else None


def type_facts(row: Any) -> TicketTypeFacts:
    """A row of `READ_TYPES`."""
    return TicketTypeFacts(
        id=row.id,
        event_id=row.event_id,
        name=row.name,
        price=Money(amount=row.price_amount, currency=row.currency),
        published=row.published,
        on_sale=row.on_sale,
        min_per_order=row.min_per_order,
        max_per_order=row.max_per_order,
        sales_start=row.sales_start,
        sales_end=row.sales_end,
        quotas=tuple(row.quotas),
        pricing=row.pricing,
        hidden=row.locked_by is not None,
        access_code=row.locked_by or None,
        opens_after=row.opens_after,
        max_per_person=row.max_per_person,
        event_max_per_person=row.event_max_per_person,
        variations=msgspec.json.decode(row.variations or "[]", type=tuple[VariationFacts, ...]),
        book=read_book(row.book),
        cancelled_dates=frozenset(row.cancelled_dates or ()),
        past_dates=frozenset(row.past_dates or ()),
        extras=read_extras(row.extras),
    )
