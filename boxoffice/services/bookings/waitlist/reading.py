"""Entries of waiting lists: the only ways to their rows."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.tables_waitlist import WaitlistEntry
from boxoffice.services.events.api import NotInLine


async def read_entry(tx: Transaction, entry_id: UUID) -> WaitlistEntry:
    """The entry, whoever asks; `NotInLine` without one."""
    found = await tx.session.get(WaitlistEntry, (tx.tenant, entry_id), populate_existing=True)
    if found is None:
        raise NotInLine
    return found


async def standing_entry(
    tx: Transaction, occurrence_id: UUID, person: UUID
) -> WaitlistEntry | None:
    """The person's entry for that date that has no outcome yet."""
    return await tx.session.scalar(
        select(WaitlistEntry).where(
            WaitlistEntry.organizer_id == tx.organizer_id,
            WaitlistEntry.occurrence_id == occurrence_id,
            WaitlistEntry.person == person,
            WaitlistEntry.outcome.is_(None),
        )
    )


async def entry_of_event(tx: Transaction, event_id: UUID, entry_id: UUID) -> WaitlistEntry:
    """The event's entry with this id, or `NotInLine`."""
    found = await read_entry(tx, entry_id)
    if found.event_id != event_id:
        raise NotInLine
    return found


async def read_page(
    tx: Transaction, event_id: UUID, *, after: UUID | None, limit: int, ids: Collection[UUID] = ()
) -> list[WaitlistEntry]:
    """Entries of the event, first who joined first."""
    query = select(WaitlistEntry).where(
        WaitlistEntry.organizer_id == tx.organizer_id, WaitlistEntry.event_id == event_id
    )
    if after is not None:
        query = query.where(WaitlistEntry.id > after)
    if ids:
        query = query.where(WaitlistEntry.id.in_(ids))
    return list(await tx.session.scalars(query.order_by(WaitlistEntry.id).limit(limit)))
