"""PUBLIC: what other services and the gateway may ask of users."""

from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.services.users.directory import Directory
from boxoffice.services.users.views import OrganizerRef

__all__ = ["OrganizerRef", "Users"]


class Users:
    """Accounts, organizers and teams. Everything not named here is private."""

    def __init__(self, db: Database) -> None:
        self._directory = Directory(db)

    async def organizer_by_slug(self, slug: str) -> OrganizerRef:
        """The organizer with this slug, at most five seconds old; `NotFound` for any other text."""
        return await self._directory.by_slug(slug)

    async def organizer(self, organizer_id: UUID) -> OrganizerRef:
        """The organizer with this id, at most five seconds old; `NotFound` without one."""
        return await self._directory.by_id(organizer_id)
