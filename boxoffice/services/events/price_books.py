"""The price rules of events, read from the database: by the sale together with ticket types."""

from collections.abc import Collection
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook, read_book

_BOOK = """
(SELECT jsonb_build_object(
     'rules', p.rules,
     'taxes', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'id', x.id, 'name', x.name, 'rate', x.rate, 'inclusive', x.inclusive,
                   'country', x.country, 'cases', x.cases) ORDER BY x.id), '[]')
               FROM events.tax_rules x WHERE x.organizer_id = p.organizer_id))::text
 FROM events.event_prices p WHERE p.organizer_id = {outer}.organizer_id AND p.id = {outer}.{event})
"""
# For statements that read ticket types as `t`, or events as `e`; null without rules.
BOOK_OF_TYPE = _BOOK.format(outer="t", event="event_id")
BOOK_OF_EVENT = _BOOK.format(outer="e", event="id")
_BOOKS = f"""
SELECT e.id, {BOOK_OF_EVENT} AS book FROM events.events e
WHERE e.organizer_id = $1 AND e.id = ANY($2::uuid[])
"""  # noqa: S608  # our own text


async def read_books(tx: Transaction, event_ids: Collection[UUID]) -> dict[UUID, PriceBook]:
    """The price rules of these events, by event; those without have none."""
    rows = await tx.connection.exec_driver_sql(_BOOKS, (tx.tenant, list(event_ids)))
    found = {row.id: read_book(row.book) for row in rows}
    return {event_id: found.get(event_id, NO_RULES) for event_id in event_ids}
