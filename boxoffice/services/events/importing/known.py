"""Recognising what was imported before."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.importing.records import ImportedEvent
from boxoffice.services.events.rules.folding import fold
from boxoffice.services.events.rules.localtime import wall_clock_of
from boxoffice.services.events.tables import EventRow, OccurrenceRow


class Imported(msgspec.Struct, frozen=True):
    """An event that an earlier import made; `digest` is of what the file said then."""

    id: UUID
    digest: str | None


class Known(msgspec.Struct):
    """All of an organizer's imported events, by their key and by folded name and first day."""

    by_key: dict[str, Imported] = {}
    by_alias: dict[str, Imported] = {}

    def find(self, event: ImportedEvent) -> Imported | None:
        """The event that is already there, if it is."""
        return self.by_key.get(event.key) or self.by_alias.get(event.alias)


async def known_events(tx: Transaction) -> Known:
    """What this organizer has imported so far."""
    row, date = EventRow, OccurrenceRow
    found = await tx.session.execute(
        select(
            row.id, row.import_key, row.import_digest, row.title, row.timezone,
            func.min(date.starts_at),
        )
        .join(date, (date.organizer_id == row.organizer_id) & (date.event_id == row.id))
        .where(row.organizer_id == tx.tenant, row.import_key.is_not(None))
        .group_by(row.organizer_id, row.id)
    )  # fmt: skip
    known = Known()
    for event_id, key, digest, title, zone, starts_at in found:
        imported = Imported(event_id, digest)
        known.by_key[str(key)] = imported
        known.by_alias[alias_of(title, starts_at, zone)] = imported
    return known


def alias_of(title: str, starts_at: datetime, zone: str) -> str:
    """Folded name and first day."""
    return f"{fold(title)}|{wall_clock_of(starts_at, zone).date()}"


def digest_of(event: ImportedEvent) -> str:
    """Changes when, and only when, what the file says about the event does."""
    return sha256(msgspec.json.encode(event.fields)).hexdigest()
