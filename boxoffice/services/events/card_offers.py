"""What the cards of a list say of tickets: state and price of all that is public."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.price_books import BOOK_OF_TYPE
from boxoffice.services.events.rules import sales
from boxoffice.services.events.rules.pricing.basket import all_in
from boxoffice.services.events.rules.pricing.book import read_book
from boxoffice.services.events.rules.sales import OfferStateName, Terms
from boxoffice.services.events.rules.tiers import Predecessor
from boxoffice.services.events.rules.variations import left_of
from boxoffice.services.events.tables import DiscoveryRow

# Of every ticket type and date of those events: what it costs, when it sells, what its tightest
# quota has, and the same of its variations.
_READ_STOCK = f"""
WITH free AS (
    SELECT q.organizer_id, q.id, q.occurrence_id,
           (q.capacity - q.claimed + coalesce(l.units, 0))::int AS units
    FROM unnest($1::uuid[], $2::uuid[]) AS shown (organizer_id, event_id)
    JOIN events.quotas q
      ON q.organizer_id = shown.organizer_id AND q.event_id = shown.event_id
    LEFT JOIN LATERAL (
        SELECT sum(c.units)::int AS units FROM events.claims c
        WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
          AND c.released_at IS NULL AND c.expires_at <= clock_timestamp()) l ON true)
SELECT t.event_id, t.id, t.opens_after_id, t.on_sale, t.visibility = 'public' AS public,
       t.price_amount, {BOOK_OF_TYPE} AS book, t.sales_start, t.sales_end,
       o.id AS occurrence_id, o.ends_at AS over_at,
       min(f.units) AS available,
       (SELECT json_agg(json_build_object(
            'price', coalesce(v.price_amount, t.price_amount), 'on_sale', v.on_sale,
            'counted', EXISTS (SELECT FROM events.quota_variations m
                               WHERE m.organizer_id = v.organizer_id AND m.variation_id = v.id),
            'free', (SELECT min(f.units) FROM events.quota_variations m
                     JOIN free f ON f.organizer_id = m.organizer_id AND f.id = m.quota_id
                     WHERE m.organizer_id = v.organizer_id AND m.variation_id = v.id
                       AND f.occurrence_id = o.id)))::text
        FROM events.variations v
        WHERE v.organizer_id = t.organizer_id AND v.ticket_type_id = t.id) AS variations
FROM unnest($1::uuid[], $2::uuid[]) AS shown (organizer_id, event_id)
JOIN events.ticket_types t ON t.organizer_id = shown.organizer_id AND t.event_id = shown.event_id
JOIN events.quota_ticket_types m ON m.organizer_id = t.organizer_id AND m.ticket_type_id = t.id
JOIN free f ON f.organizer_id = m.organizer_id AND f.id = m.quota_id
JOIN events.occurrences o ON o.organizer_id = f.organizer_id AND o.id = f.occurrence_id
WHERE o.status = 'scheduled'
GROUP BY t.organizer_id, t.event_id, t.id, o.organizer_id, o.id
"""  # noqa: S608  # our own text


class _Variation(msgspec.Struct, frozen=True, kw_only=True):
    """`counted`: it has quotas of its own; `free` is what the tightest has for the date."""

    price: int
    on_sale: bool
    counted: bool
    free: int | None

    @property
    def left(self) -> int | None:
        return (self.free or 0) if self.counted else None


class _Type(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type for one date."""

    row: Any
    variations: list[_Variation]

    @property
    def left(self) -> int:
        return left_of(self.row.available, [(one.on_sale, one.left) for one in self.variations])


async def read_offers(
    tx: Transaction, rows: Sequence[DiscoveryRow]
) -> defaultdict[UUID, list[tuple[OfferStateName, int]]]:
    """State and all-in price of each type of these events, by event; of each variation, if it has
    some.
    """
    found: defaultdict[UUID, list[tuple[OfferStateName, int]]] = defaultdict(list)
    if not rows:
        return found
    stock = await tx.connection.exec_driver_sql(
        _READ_STOCK, ([row.organizer_id for row in rows], [row.event_id for row in rows])
    )
    kinds = {(one.id, one.occurrence_id): _type(one) for one in stock}
    now = await tx.now()
    for kind in kinds.values():
        if kind.row.on_sale and kind.row.public:
            found[kind.row.event_id] += _states(kind, kinds, now)
    return found


def _type(row: Any) -> _Type:
    variations = msgspec.json.decode(row.variations or "[]", type=list[_Variation])
    return _Type(row=row, variations=variations)


def _states(
    kind: _Type, kinds: Mapping[tuple[UUID, UUID], _Type], now: datetime
) -> Iterator[tuple[OfferStateName, int]]:
    row, terms = kind.row, _terms(kind, kinds)
    book = read_book(row.book)
    if not kind.variations:
        state = sales.offer_state(terms, available=row.available, now=now)
        yield state, all_in(row.id, row.price_amount, book).total
    for one in kind.variations:
        if one.on_sale:
            available = row.available if one.left is None else min(row.available, one.left)
            state = sales.offer_state(terms, available=available, now=now)
            yield state, all_in(row.id, one.price, book).total


def _terms(kind: _Type, kinds: Mapping[tuple[UUID, UUID], _Type]) -> Terms:
    row = kind.row
    before = kinds.get((row.opens_after_id, row.occurrence_id))
    over = Predecessor(on_sale=False, sales_end=None, left=0)
    return Terms(
        sales_start=row.sales_start,
        sales_end=row.sales_end,
        over_at=row.over_at,
        before=None if row.opens_after_id is None else over if before is None else _as_one(before),
    )


def _as_one(before: _Type) -> Predecessor:
    return Predecessor(on_sale=before.row.on_sale, sales_end=before.row.sales_end, left=before.left)
