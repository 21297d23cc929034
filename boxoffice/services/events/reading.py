"""Whole events read from the database: all their rows, in as few statements as there are tables."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import and_, select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.rules.quotas import Count
from boxoffice.services.events.tables import (
    EventRow,
    OccurrenceRow,
    QuotaTicketTypeRow,
    TicketTypeRow,
    VenueRow,
)

R = TypeVar("R", OccurrenceRow, TicketTypeRow)
SCHEDULED, CANCELLED = "scheduled", "cancelled"

# What is claimed, sorted by what it is, through the two small partial indexes: the many claims of
# sold tickets are never read.
_COUNT_QUOTAS = """
SELECT q.event_id, q.id, q.occurrence_id, coalesce(q.kin, q.id) AS kin, q.name, q.capacity,
       q.claimed,
       coalesce(l.held, 0) AS held, coalesce(l.lapsed, 0) AS lapsed, coalesce(b.units, 0) AS blocked
FROM events.quotas q
LEFT JOIN LATERAL (
    SELECT sum(c.units) FILTER (WHERE c.expires_at > clock_timestamp())::int AS held,
           sum(c.units) FILTER (WHERE c.expires_at <= clock_timestamp())::int AS lapsed
    FROM events.claims c
    WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
      AND c.released_at IS NULL AND c.expires_at IS NOT NULL AND c.kind <> 'block') l ON true
LEFT JOIN LATERAL (
    SELECT sum(c.units)::int AS units FROM events.claims c
    WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
      AND c.released_at IS NULL AND c.kind = 'block') b ON true
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


class WholeEvent(msgspec.Struct, kw_only=True):
    """An event with all its parts, as rows of the transaction that read it."""

    event: EventRow
    venue: VenueRow | None
    occurrences: list[OccurrenceRow]
    ticket_types: list[TicketTypeRow]
    quotas: list[QuotaCount]

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

    def quotas_of(self, type_id: UUID) -> list[QuotaCount]:
        """What the ticket type counts against."""
        return [quota for quota in self.quotas if type_id in quota.ticket_type_ids]


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
    types = await _by_event(tx, TicketTypeRow, event_ids, TicketTypeRow.position)
    quotas = await count_quotas(tx, event_ids)
    whole = [
        WholeEvent(
            event=event,
            venue=venue,
            occurrences=occurrences[event.id],
            ticket_types=types[event.id],
            quotas=quotas[event.id],
        )
        for event, venue in events
    ]
    return sorted(whole, key=lambda one: (one.first.starts_at, one.event.id))


async def count_quotas(
    tx: Transaction, event_ids: Collection[UUID]
) -> defaultdict[UUID, list[QuotaCount]]:
    """The quotas of these events, counted, by event."""
    rows = await tx.connection.exec_driver_sql(_COUNT_QUOTAS, (tx.organizer_id, list(event_ids)))
    counts = rows.mappings().all()
    links = await _links(tx, [row["id"] for row in counts])
    by_event: defaultdict[UUID, list[QuotaCount]] = defaultdict(list)
    for row in counts:
        quota = QuotaCount(**row, ticket_type_ids=frozenset(links[row["id"]]))
        by_event[quota.event_id].append(quota)
    return by_event


async def _events_and_venues(
    tx: Transaction, event_ids: Collection[UUID]
) -> list[tuple[EventRow, VenueRow | None]]:
    at_venue = and_(
        VenueRow.organizer_id == EventRow.organizer_id, VenueRow.id == EventRow.venue_id
    )
    rows = await tx.session.execute(
        select(EventRow, VenueRow)
        .outerjoin(VenueRow, at_venue)
        .where(EventRow.organizer_id == tx.organizer_id, EventRow.id.in_(event_ids))
        .execution_options(populate_existing=True)
    )
    return [(event, venue) for event, venue in rows]


async def _links(tx: Transaction, quota_ids: Sequence[UUID]) -> defaultdict[UUID, list[UUID]]:
    link = QuotaTicketTypeRow
    rows = await tx.session.execute(
        select(link.quota_id, link.ticket_type_id).where(
            link.organizer_id == tx.organizer_id, link.quota_id.in_(quota_ids)
        )
    )
    types: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for quota_id, type_id in rows:
        types[quota_id].append(type_id)
    return types


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
