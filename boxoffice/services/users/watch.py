"""Noticing, in every process, whose access has changed: one small query a second at most.

Whoever changes what a user's tokens may do moves `users.access_changed_at` in the same transaction.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from boxoffice.data.postgres import Database

# A revocation is felt everywhere after this many seconds and one query.
LOOK_EVERY = 1.0
# Each look covers the changes of the last minute again, as transactions commit out of order.
WINDOW = 60.0


class AccessWatch:
    """Calls `changed(user_ids)` for the accounts to look at again; None means all of them."""

    def __init__(self, db: Database, changed: Callable[[set[UUID] | None], None]) -> None:
        self._db = db
        self._changed = changed
        self._seen: dict[UUID, datetime] = {}
        self._looked_at = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Return once what is known is at most `LOOK_EVERY` seconds old."""
        if time.monotonic() - self._looked_at <= LOOK_EVERY:
            return
        if self._looking is None:
            self._looking = asyncio.ensure_future(self._look())
            self._looking.add_done_callback(self._done)
        await asyncio.shield(self._looking)

    def _done(self, _: "asyncio.Task[None]") -> None:
        self._looking = None

    async def _look(self) -> None:
        began = time.monotonic()
        changes = await self._recent_changes()
        if began - self._looked_at > WINDOW / 2:
            self._changed(None)
        else:
            self._changed({user for user, at in changes.items() if self._seen.get(user) != at})
        self._seen, self._looked_at = changes, began

    async def _recent_changes(self) -> dict[UUID, datetime]:
        async with self._db.begin_as_platform("watch for changed access") as tx:
            rows = await tx.connection.exec_driver_sql(
                "SELECT id, access_changed_at FROM users.users "
                "WHERE access_changed_at > clock_timestamp() - make_interval(secs => $1)",
                (WINDOW,),
            )
            return {row.id: row.access_changed_at for row in rows}
