"""Whole events read from the database: all their rows, in as few statements as there are tables."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import and_, select
from sqlalchemy.orm import InstrumentedAttribute

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.asked import QUESTIONS_OF_EVENT
from boxoffice.services.events.price_books import read_books
from boxoffice.services.events.rules.extras.extras import NO_EXTRAS, Extras
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.questions.question import Question, read_questions
from boxoffice.services.events.rules.quotas import Count
from boxoffice.services.events.tables import (
    EventRow,
    OccurrenceRow,
    QuotaTicketTypeRow,
    QuotaVariationRow,
    TicketCategoryRow,
    TicketTypeRow,
    VariationRow,
    VenueRow,
)
from boxoffice.services.events.tables_presales import PresaleRow

R = TypeVar("R", OccurrenceRow, TicketCategoryRow, TicketTypeRow)
SCHEDULED, CANCELLED = "scheduled", "cancelled"

# What is claimed, sorted by what it is, through the two small partial indexes: the many claims of
# sold tickets are never read. One time for all, so that no claim is both held and lapsed.
_COUNT_QUOTAS = """
SELECT q.event_id, q.id, q.occurrence_id, coalesce(q.kin, q.id) AS kin, q.name, q.capacity,
       q.claimed, q.seating_id,
       coalesce(o.pending, 0) AS pending, coalesce(o.held, 0) AS held,
       coalesce(r.vouchers, 0) AS vouchers, coalesce(r.waitlist, 0) AS waitlist,
       coalesce(r.blocked, 0) AS blocked, coalesce(o.lapsed, 0) + coalesce(r.lapsed, 0) AS lapsed
FROM events.quotas q
LEFT JOIN LATERAL (
    SELECT sum(c.units) FILTER (WHERE NOT over.yet AND c.paying)::int AS pending,
           sum(c.units) FILTER (WHERE NOT over.yet AND NOT c.paying)::int AS held,
           sum(c.units) FILTER (WHERE over.yet)::int AS lapsed
    FROM events.claims c, LATERAL (SELECT c.expires_at <= statement_timestamp() AS yet) over
    WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
      AND c.released_at IS NULL AND c.expires_at IS NOT NULL AND c.kind = 'order') o ON true
LEFT JOIN LATERAL (
    SELECT sum(c.units) FILTER (WHERE NOT over.yet AND c.kind = 'voucher')::int AS vouchers,
           sum(c.units) FILTER (WHERE NOT over.yet AND c.kind = 'offer')::int AS waitlist,
           sum(c.units) FILTER (WHERE NOT over.yet AND c.kind = 'block')::int AS blocked,
           sum(c.units) FILTER (WHERE over.yet)::int AS lapsed
    FROM events.claims c,
         LATERAL (SELECT coalesce(c.expires_at <= statement_timestamp(), false) AS yet) over
    WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
      AND c.released_at IS NULL AND c.kind <> 'order') r ON true
WHERE q.organizer_id = $1 AND q.event_id = ANY($2::uuid[])
ORDER BY q.id
"""


class QuotaCount(Count, frozen=True, kw_only=True):
    """One quota and how its units are taken."""

    id: UUID
    event_id: UUID
    occurrence_id: UUID
    kin: UUID
    name: str
    seating_id: UUID | None = None


class WholeEvent(msgspec.Struct, kw_only=True):
    """An event with all its parts, as rows of the transaction that read it."""

    event: EventRow
    venue: VenueRow | None
    occurrences: list[OccurrenceRow]
    categories: list[TicketCategoryRow]
    ticket_types: list[TicketTypeRow]
    variations: list[VariationRow]
    quotas: list[QuotaCount]
    book: PriceBook = NO_RULES
    questions: tuple[Question, ...] = ()
    presale: PresaleRow | None = None

    @property
    def first(self) -> OccurrenceRow:
        """The date that the event's own start and end mean."""
        return self.occurrences[0]

    @property
    def over_at(self) -> datetime:
        """When its last occurrence ends; cancelled ones count only if all are."""
        return max(occurrence.ends_at for occurrence in self._taking_place)

    def next_at(self, now: datetime) -> OccurrenceRow:
        """The date that is on or comes next; after the last, that one."""
        coming = [one for one in self._taking_place if now < one.ends_at]
        return coming[0] if coming else self._taking_place[-1]

    def coming_at(self, now: datetime) -> list[OccurrenceRow]:
        """The dates that are not over, cancelled ones too; after the last, that one."""
        coming = [one for one in self.occurrences if now < one.ends_at]
        return coming or [self.next_at(now)]

    def by_date(self) -> "dict[UUID, WholeEvent]":
        """The event as on each of its dates: with the quotas of that date alone."""
        quotas: defaultdict[UUID, list[QuotaCount]] = defaultdict(list)
        for quota in self.quotas:
            quotas[quota.occurrence_id].append(quota)
        return {
            one.id: msgspec.structs.replace(self, quotas=quotas[one.id]) for one in self.occurrences
        }

    @property
    def _taking_place(self) -> list[OccurrenceRow]:
        return [one for one in self.occurrences if one.status == SCHEDULED] or self.occurrences

    def extras_of(self, kind: TicketTypeRow) -> Extras:
        """What comes, or can be had, with the ticket type."""
        return NO_EXTRAS if kind.extras is None else msgspec.convert(kind.extras, Extras)

    def asks_approval(self, kind: TicketTypeRow) -> bool:
        """Whether the ticket type, or what it always contains, must be applied for."""
        contained = {one.ticket_type_id for one in self.extras_of(kind).contents}
        return kind.needs_approval or any(
            one.needs_approval for one in self.ticket_types if one.id in contained
        )

    def quotas_of(self, type_id: UUID) -> list[QuotaCount]:
        """What the ticket type counts against."""
        return [quota for quota in self.quotas if type_id in quota.ticket_type_ids]

    def on_all_dates(self, quota_ids: Collection[UUID]) -> list[UUID]:
        """These quotas and their copies for the event's other dates."""
        kin = {quota.kin for quota in self.quotas if quota.id in quota_ids}
        return [quota.id for quota in self.quotas if quota.kin in kin]

    def variations_of(self, type_id: UUID) -> list[VariationRow]:
        """The ticket type's variations in their order."""
        return [one for one in self.variations if one.ticket_type_id == type_id]

    def quotas_of_variation(self, variation_id: UUID) -> list[QuotaCount]:
        """What the variation counts against besides its type's quotas."""
        return [quota for quota in self.quotas if variation_id in quota.variation_ids]


async def lock_event(tx: Transaction, event_id: UUID) -> EventRow:
    """The event's row, locked against other changes of the event; sales are not held up."""
    found = await tx.session.scalar(
        select(EventRow)
        .where(EventRow.organizer_id == tx.organizer_id, EventRow.id == event_id)
        .with_for_update(key_share=True)
    )
    if found is None:
        raise NotFound
    return found


async def read_event(tx: Transaction, event_id: UUID) -> WholeEvent:
    """The event and all its parts as they are now, or `NotFound`."""
    found = await read_events(tx, [event_id])
    if not found:
        raise NotFound
    return found[0]


async def read_events(tx: Transaction, event_ids: Collection[UUID]) -> list[WholeEvent]:
    """The organizer's events with these ids, in the order of their first dates."""
    events = await _events_and_venues(tx, event_ids)
    occurrences = await _by_event(tx, OccurrenceRow, event_ids, OccurrenceRow.starts_at)
    categories = await _by_event(tx, TicketCategoryRow, event_ids, TicketCategoryRow.position)
    types = await _by_event(tx, TicketTypeRow, event_ids, TicketTypeRow.position)
    variations = await _variations(tx, event_ids)
    quotas = await count_quotas(tx, event_ids)
    books = await read_books(tx, event_ids)
    whole = [
        WholeEvent(
            event=event,
            venue=venue,
            occurrences=occurrences[event.id],
            categories=categories[event.id],
            ticket_types=types[event.id],
            variations=variations[event.id],
            quotas=quotas[event.id],
            book=books[event.id],
            questions=questions,
            presale=presale,
        )
        for event, venue, presale, questions in events
    ]
    return sorted(whole, key=lambda one: (one.first.starts_at, one.event.id))


async def count_quotas(
    tx: Transaction, event_ids: Collection[UUID]
) -> defaultdict[UUID, list[QuotaCount]]:
    """The quotas of these events, counted, by event."""
    rows = await tx.connection.exec_driver_sql(_COUNT_QUOTAS, (tx.organizer_id, list(event_ids)))
    counts = rows.mappings().all()
    ids = [row["id"] for row in counts]
    types = await _links(tx, QuotaTicketTypeRow, QuotaTicketTypeRow.ticket_type_id, ids)
    variations = await _links(tx, QuotaVariationRow, QuotaVariationRow.variation_id, ids)
    by_event: defaultdict[UUID, list[QuotaCount]] = defaultdict(list)
    for row in counts:
        quota = QuotaCount(
            **row,
            ticket_type_ids=frozenset(types[row["id"]]),
            variation_ids=frozenset(variations[row["id"]]),
        )
        by_event[quota.event_id].append(quota)
    return by_event


async def _events_and_venues(
    tx: Transaction, event_ids: Collection[UUID]
) -> list[tuple[EventRow, VenueRow | None, PresaleRow | None, tuple[Question, ...]]]:
    at_venue = and_(
        VenueRow.organizer_id == EventRow.organizer_id, VenueRow.id == EventRow.venue_id
    )
    of_event = and_(PresaleRow.organizer_id == EventRow.organizer_id, PresaleRow.id == EventRow.id)
    rows = await tx.session.execute(
        select(EventRow, VenueRow, PresaleRow, QUESTIONS_OF_EVENT)
        .outerjoin(VenueRow, at_venue)
        .outerjoin(PresaleRow, of_event)
        .where(EventRow.organizer_id == tx.organizer_id, EventRow.id.in_(event_ids))
        .execution_options(populate_existing=True)
    )
    return [(event, venue, presale, read_questions(asked)) for event, venue, presale, asked in rows]


async def _links(
    tx: Transaction,
    link: type[QuotaTicketTypeRow] | type[QuotaVariationRow],
    counted: InstrumentedAttribute[UUID],
    quota_ids: Sequence[UUID],
) -> defaultdict[UUID, list[UUID]]:
    rows = await tx.session.execute(
        select(link.quota_id, counted).where(
            link.organizer_id == tx.organizer_id, link.quota_id.in_(quota_ids)
        )
    )
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for quota_id, counted_id in rows:
        found[quota_id].append(counted_id)
    return found


async def _variations(
    tx: Transaction, event_ids: Collection[UUID]
) -> defaultdict[UUID, list[VariationRow]]:
    kind, one = TicketTypeRow, VariationRow
    rows = await tx.session.execute(
        select(kind.event_id, one)
        .join(kind, and_(kind.organizer_id == one.organizer_id, kind.id == one.ticket_type_id))
        .where(kind.organizer_id == tx.organizer_id, kind.event_id.in_(event_ids))
        .order_by(one.position, one.id)
        .execution_options(populate_existing=True)
    )
    by_event: defaultdict[UUID, list[VariationRow]] = defaultdict(list)
    for event_id, variation in rows:
        by_event[event_id].append(variation)
    return by_event


async def _by_event(
    tx: Transaction, table: type[R], event_ids: Collection[UUID], order: Any
) -> defaultdict[UUID, list[R]]:
    rows: Iterable[R] = await tx.session.scalars(
        select(table)
        .where(table.organizer_id == tx.organizer_id, table.event_id.in_(event_ids))
        .order_by(order, table.id)
        .execution_options(populate_existing=True)
    )
    by_event: defaultdict[UUID, list[R]] = defaultdict(list)
    for row in rows:
        by_event[row.event_id].append(row)
    return by_event
