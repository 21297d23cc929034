"""One change of state: its rows, facts, audit lines and idempotency answer commit together or not
at all.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from boxoffice.data import audit, idempotency, outbox
from boxoffice.data.deliveries import Delivery, claim_delivery
from boxoffice.data.gathering import Gathered, Write
from boxoffice.data.idempotency import IdempotencyKey, Kept
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.facts import Fact

# Turns of the event loop until a statement is on its way: its task's, and that of the socket.
_UNTIL_SENT = 2

V = TypeVar("V", bound=msgspec.Struct)


class Transaction:
    """An open transaction on behalf of one organizer, one buyer, or by name the platform.

    `session` is for objects, `connection` for set-based statements. Nothing in it survives an
    exception. Never wait for the network while one is open.
    """

    def __init__(
        self,
        session: AsyncSession,
        connection: AsyncConnection,
        organizer_id: UUID | None,
        gathered: Gathered,
    ) -> None:
        self.session = session
        self.connection = connection
        self.organizer_id = organizer_id
        self._gathered = gathered
        self._now: datetime | None = None
        self._facts: list[Fact] = []
        self._deeds: list[audit.Deed] = []

    @property
    def tenant(self) -> UUID:
        """The organizer this transaction serves; a TypeError if it serves none."""
        if self.organizer_id is None:
            raise TypeError("these rows belong to an organizer: use db.begin(organizer_id)")
        return self.organizer_id

    async def now(self) -> datetime:
        """The database's clock, read once: call it after the locks are taken."""
        if self._now is None:
            row = await self.connection.exec_driver_sql("SELECT clock_timestamp()")
            now: datetime = row.scalar_one()
            self._now = now
        return self._now

    def tell(self, *facts: Fact) -> None:
        """Report facts; they leave when, and only if, this transaction commits."""
        self._facts.extend(facts)

    def audit(
        self, action: str, *, actor: Actor, subject: str, changes: dict[str, Any] | None = None
    ) -> None:
        """Put one line into the audit log."""
        self._deeds.append(
            audit.Deed(
                organizer_id=self.organizer_id,
                actor=actor,
                action=action,
                subject=subject,
                changes=changes or {},
            )
        )

    async def claim(self, once: IdempotencyKey | None, kind: type[V]) -> V | None:
        """The stored answer of an earlier request with this key, or None: go on and act."""
        if once is None:
            return None
        return _replayed(once, await idempotency.claim(self.connection, once), kind)

    async def replay(self, once: IdempotencyKey | None, kind: type[V]) -> V | None:
        """The same, but the key is left to whoever comes next."""
        if once is None:
            return None
        found = await idempotency.find(self.connection, [once])
        return _replayed(once, found.get((once.scope, once.key)), kind)

    async def keep(self, once: IdempotencyKey | None, view: V, *, status: int = 200) -> V:
        """Store `view` as the answer of the claimed key; gives `view` back."""
        if once is not None:
            await idempotency.keep(self.connection, once, msgspec.json.encode(view), status)
        return view

    async def claim_delivery(self, delivery: Delivery) -> None:
        """Mark the delivery as done by this transaction; raises `AlreadyDone` on a repeat."""
        await claim_delivery(self.connection, delivery)

    def write(self, statement: str, *arguments: Any) -> None:
        """Have an INSERT or UPDATE carried out before the next statement, at the latest at the end.

        It goes out together with other such writes, to other tables, and does not see their rows.
        """
        self._gathered.add(Write(statement, arguments))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """What was gathered goes out now, and the block computes while the database writes.

        The block must not touch the database; what fails to be written is raised at its end.
        """
        carrying = asyncio.create_task(self._carry_out())
        for _ in range(_UNTIL_SENT):
            await asyncio.sleep(0)
        try:
            yield
        finally:
            await carrying

    async def _carry_out(self) -> None:
        if self._gathered:
            await self.connection.run_sync(self._gathered.carry_out)

    def keep_many(self, kept: list[Kept], *, otherwise: Exception) -> None:
        """Claim and answer many keys, as `write` does; raises `otherwise` if a rival was first."""
        if kept:
            self._gathered.add(idempotency.kept_many(kept, otherwise=otherwise))

    async def finish(self) -> None:
        """Write what was gathered; `Database` calls it just before the commit."""
        await self.session.flush()
        if self._facts:
            self._gathered.add(outbox.appended(self._facts))
        if self._deeds:
            self._gathered.add(audit.appended(self._deeds))
        await self._carry_out()


def _replayed(once: IdempotencyKey, stored: idempotency.Stored | None, kind: type[V]) -> V | None:
    if stored is None:
        return None
    return msgspec.json.decode(idempotency.replay(once, stored), type=kind)
