"""The door of what has a capability link of its own: a place in line, a registration."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.links import OrderLinks, read_token
from boxoffice.services.bookings.rules import OrderNotFound
from boxoffice.services.bookings.tables_presales import PresaleRegistration
from boxoffice.services.bookings.tables_waitlist import WaitlistEntry
from boxoffice.services.users.api import Users

# What links open: rows that know the version of theirs.
R = TypeVar("R", WaitlistEntry, PresaleRegistration)


class LinkDoor:
    """Finds what a token opens; for anything else `otherwise`."""

    def __init__(
        self, *, db: Database, users: Users, links: OrderLinks, otherwise: type[Refusal]
    ) -> None:
        self._db = db
        self._users = users
        self._links = links
        self._otherwise = otherwise

    async def opened(self, token: str, read: Callable[[Transaction, UUID], Awaitable[R]]) -> R:
        """The row, read with `read`, which refuses unknown ids itself."""
        try:
            link = read_token(token)
        except OrderNotFound:
            raise self._otherwise from None
        organizer = await self._users.organizer_by_slug(link.organizer_slug)
        async with self._db.begin(organizer.id) as tx:
            row = await read(tx, link.order_id)
        if not self._links.opens(
            link, organizer_id=organizer.id, order_id=row.id, version=row.link_version
        ):
            raise self._otherwise
        return row
