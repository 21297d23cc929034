"""Which organizers exist: asked on every request below an organizer's URL, so kept in memory."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.remembered import Remembered
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.users.rules.slugs import is_slug
from boxoffice.services.users.tables import OrganizerRow
from boxoffice.services.users.views import OrganizerRef

# Seconds an answer may be old; for as long may other processes not know a new organizer.
FRESH_SECONDS = 5.0


class Directory:
    """Finds organizers; unknown ones are remembered too, so guessing costs the database little."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._by_slug = Remembered(self._load_by_slug, seconds=FRESH_SECONDS)
        self._by_id = Remembered(self._load_by_id, seconds=FRESH_SECONDS)

    async def by_slug(self, slug: str) -> OrganizerRef:
        """The organizer with this slug, or `NotFound`."""
        found = await self._by_slug.get(slug) if is_slug(slug) else None
        if found is None:
            raise NotFound
        return found

    async def by_id(self, organizer_id: UUID) -> OrganizerRef:
        """The organizer with this id, or `NotFound`."""
        found = await self._by_id.get(organizer_id)
        if found is None:
            raise NotFound
        return found

    def forget(self, organizer: OrganizerRef) -> None:
        """It was created or changed: ask the database next time."""
        self._by_slug.forget(organizer.slug)
        self._by_id.forget(organizer.id)

    async def _load_by_slug(self, slug: str) -> OrganizerRef | None:
        return await self._load(OrganizerRow.slug == slug)

    async def _load_by_id(self, organizer_id: UUID) -> OrganizerRef | None:
        return await self._load(OrganizerRow.id == organizer_id)

    async def _load(self, condition: Any) -> OrganizerRef | None:
        async with self._db.glance_as_platform("find an organizer") as tx:
            row = await tx.session.scalar(select(OrganizerRow).where(condition))
        return None if row is None else view_of(row)


def view_of(row: OrganizerRow) -> OrganizerRef:
    """The organizer as others see it."""
    return OrganizerRef(
        id=row.id,
        slug=row.slug,
        name=row.name,
        description=row.description,
        contact_email=row.contact_email,
    )
