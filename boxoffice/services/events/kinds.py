"""Ticket types as the sale needs them, read in one statement."""

from collections.abc import Collection
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

_READ_TYPES = f"""
SELECT t.id, t.event_id, t.name, t.price_amount, e.currency, e.status = 'published' AS published,
       t.on_sale, t.min_per_order, t.max_per_order, t.sales_start,
       least(t.sales_end, (
           SELECT max(o.ends_at) FROM events.occurrences o
           WHERE o.organizer_id = t.organizer_id AND o.event_id = t.event_id)) AS sales_end,
       ARRAY(SELECT m.quota_id FROM events.quota_ticket_types m
             WHERE m.organizer_id = t.organizer_id AND m.ticket_type_id = t.id) AS quotas,
       t.pricing, t.extras::text AS extras,
       CASE WHEN t.visibility <> 'public' THEN coalesce(t.access_code, '') END AS locked_by,
       t.opens_after_id AS opens_after, t.max_per_person,
       e.max_per_person AS event_max_per_person,
       (SELECT json_agg(json_build_object(
            'id', v.id, 'name', v.name, 'price', v.price_amount, 'on_sale', v.on_sale,
            'quotas', ARRAY(SELECT m.quota_id FROM events.quota_variations m
                            WHERE m.organizer_id = v.organizer_id AND m.variation_id = v.id
                              AND m.ticket_type_id = v.ticket_type_id)))::text
        FROM events.variations v
        WHERE v.organizer_id = t.organizer_id AND v.ticket_type_id = t.id) AS variations,
       {BOOK_OF_TYPE} AS book,
       clock_timestamp() AS now
FROM events.ticket_types t
JOIN events.events e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
WHERE t.organizer_id = $1 AND t.id = ANY($2::uuid[] || ARRAY(
    SELECT opens_after_id FROM events.ticket_types
    WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND opens_after_id IS NOT NULL))
"""  # noqa: S608  # our own text


async def read_types(
    tx: Transaction, type_ids: Collection[UUID]
) -> tuple[dict[UUID, TicketTypeFacts], datetime | None]:
    """The types that exist, with those that must be over before them; the database's time."""
    rows = (await tx.connection.exec_driver_sql(_READ_TYPES, (tx.tenant, list(type_ids)))).all()
    return {row.id: _type_facts(row) for row in rows}, rows[0].now if rows else None


def _type_facts(row: Any) -> TicketTypeFacts:
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
        extras=read_extras(row.extras),
    )
