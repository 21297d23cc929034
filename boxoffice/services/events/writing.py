"""New events as rows, one of them or hundreds, inserted stage by stage as their keys demand."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, exists, select

from boxoffice.data.tenancy import Base
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.folding import free_slug, slug_of
from boxoffice.services.events.rules.forms import EventFields, VenueForm
from boxoffice.services.events.rules.quotas import ceiling_for
from boxoffice.services.events.tables import (
    ClaimRow,
    EventRow,
    OccurrenceRow,
    QuotaRow,
    QuotaTicketTypeRow,
    QuotaVariationRow,
    TicketTypeRow,
    VenueRow,
)

# Fields of an event that are columns of its own row, under the same names.
_OWN_COLUMNS = (
    "title", "summary", "description", "category", "timezone", "format", "online_url", "website",
)  # fmt: skip


class FirstTicket(msgspec.Struct, frozen=True, kw_only=True):
    """The ticket type that a new event starts with, and the capacity of its own quota."""

    name: str
    price: int
    quantity: int


class NewEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A draft to be written; its slug is free within the organizer."""

    fields: EventFields
    slug: str
    ticket: FirstTicket | None = None
    import_key: str | None = None
    import_digest: str | None = None
    id: UUID = msgspec.field(default_factory=new_id)


async def insert_events(tx: Transaction, events: Sequence[NewEvent]) -> None:
    """Write the drafts with venue, first date, ticket type and quota."""
    organizer_id = tx.tenant
    parts = [_stages(organizer_id, one) for one in events]
    for stage in zip(*parts, strict=True):
        await add(tx, chain.from_iterable(stage))


async def add_ticket(tx: Transaction, whole: WholeEvent, ticket: FirstTicket) -> None:
    """Give the event its first ticket type, with a quota of its own."""
    for stage in _ticket_stages(tx.tenant, whole.event.id, whole.first.id, ticket):
        await add(tx, stage)


async def add(tx: Transaction, rows: Iterable[Base]) -> None:
    """Insert the rows now, so that later ones can point at them."""
    tx.session.add_all(rows)
    await tx.session.flush()


async def taken_slugs(tx: Transaction) -> set[str]:
    """Every slug of the organizer; until we are done nobody else adds one."""
    await tx.connection.exec_driver_sql(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", (f"events.slugs:{tx.tenant}",)
    )
    rows = await tx.session.scalars(select(EventRow.slug).where(EventRow.organizer_id == tx.tenant))
    return set(rows)


def new_slug(title: str, taken: set[str]) -> str:
    """A free slug for the title; from now on it is among `taken`."""
    slug = free_slug(slug_of(title, otherwise=f"event-{new_id().hex[-8:]}"), taken)
    taken.add(slug)
    return slug


def _own_columns(fields: EventFields) -> dict[str, Any]:
    """What of the fields is stored in the event's row."""
    return {name: getattr(fields, name) for name in _OWN_COLUMNS}


async def rewrite(tx: Transaction, whole: WholeEvent, fields: EventFields) -> None:
    """Make the fields the event's own: its texts, its first date and its venue."""
    for name, value in _own_columns(fields).items():
        setattr(whole.event, name, value)
    date = whole.first
    if (date.starts_at, date.ends_at) != (fields.starts_at, fields.ends_at):
        date.sequence += 1
    if date.doors_at is not None:
        date.doors_at += fields.starts_at - date.starts_at
    date.starts_at, date.ends_at = fields.starts_at, fields.ends_at
    if fields.venue != venue_form(whole.venue):
        await _place(tx, whole.event, fields.venue)
    await tx.session.flush()


def venue_form(venue: VenueRow | None) -> VenueForm | None:
    """The venue as it was typed."""
    if venue is None:
        return None
    return VenueForm(name=venue.name, address=venue.address, city=venue.city, country=venue.country)


async def _place(tx: Transaction, event: EventRow, venue: VenueForm | None) -> None:
    row = _venue_row(event.organizer_id, venue) if venue is not None else None
    await add(tx, [row] if row is not None else [])
    event.venue_id = row.id if row is not None else None


def _venue_row(organizer_id: UUID, venue: VenueForm) -> VenueRow:
    """A new venue."""
    return VenueRow(organizer_id=organizer_id, id=new_id(), **msgspec.structs.asdict(venue))


def own_quota(
    ticket: TicketTypeRow, *, occurrence_id: UUID, quantity: int
) -> tuple[QuotaRow, QuotaTicketTypeRow]:
    """A quota of the ticket type's own."""
    quota = QuotaRow(
        organizer_id=ticket.organizer_id,
        id=new_id(),
        event_id=ticket.event_id,
        occurrence_id=occurrence_id,
        name=ticket.name,
        capacity=quantity,
        ceiling=ceiling_for(quantity, claimed=0),
    )
    return quota, link(quota, ticket.id)


def own_quotas(
    ticket: TicketTypeRow, dates: Iterable[OccurrenceRow], *, quantity: int
) -> list[tuple[QuotaRow, QuotaTicketTypeRow]]:
    """A quota of the ticket type's own for each date of the event."""
    quotas = [own_quota(ticket, occurrence_id=one.id, quantity=quantity) for one in dates]
    for quota, _ in quotas:
        quota.kin = quotas[0][0].id
    return quotas


def link(quota: QuotaRow, ticket_type_id: UUID) -> QuotaTicketTypeRow:
    """The type counts against the quota."""
    return QuotaTicketTypeRow(
        organizer_id=quota.organizer_id, quota_id=quota.id, ticket_type_id=ticket_type_id
    )


async def delete_unused_quotas(tx: Transaction, quota_ids: Sequence[UUID]) -> None:
    """Delete those of the quotas that nothing counts against and nothing was ever claimed from."""
    quota, claim = QuotaRow, ClaimRow
    used = [
        exists().where(link.organizer_id == tx.organizer_id, link.quota_id == quota.id)
        for link in (QuotaTicketTypeRow, QuotaVariationRow)
    ]
    claimed = exists().where(claim.organizer_id == tx.organizer_id, claim.quota_id == quota.id)
    await tx.session.execute(
        delete(quota).where(
            quota.organizer_id == tx.organizer_id,
            quota.id.in_(quota_ids),
            *(~one for one in [*used, claimed]),
        )
    )


def _stages(organizer_id: UUID, one: NewEvent) -> list[list[Base]]:
    venue = _venue_row(organizer_id, one.fields.venue) if one.fields.venue else None
    event = EventRow(
        organizer_id=organizer_id,
        id=one.id,
        slug=one.slug,
        currency=one.fields.currency,
        venue_id=venue.id if venue else None,
        import_key=one.import_key,
        import_digest=one.import_digest,
        **_own_columns(one.fields),
    )
    occurrence = OccurrenceRow(
        organizer_id=organizer_id,
        id=new_id(),
        event_id=one.id,
        starts_at=one.fields.starts_at,
        ends_at=one.fields.ends_at,
    )
    stages: list[list[Base]] = [[venue] if venue else [], [event], [occurrence]]
    return stages + _ticket_stages(organizer_id, one.id, occurrence.id, one.ticket)


def _ticket_stages(
    organizer_id: UUID, event_id: UUID, occurrence_id: UUID, ticket: FirstTicket | None
) -> list[list[Base]]:
    if ticket is None:
        return [[], [], []]
    kind = TicketTypeRow(
        organizer_id=organizer_id,
        id=new_id(),
        event_id=event_id,
        name=ticket.name,
        price_amount=ticket.price,
    )
    quota, counted = own_quota(kind, occurrence_id=occurrence_id, quantity=ticket.quantity)
    return [[kind], [quota], [counted]]
