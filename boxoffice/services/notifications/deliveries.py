"""Deliveries: each message goes to each person once, and what became of it stays visible.

A delivery is claimed (`sending`) before the message leaves and recorded (`sent`, `failed` or
`rejected`) after it, in two transactions with the network between them. A process that dies in
between leaves `sending` behind; once the lease is over the next attempt takes it up under the same
Message-ID. The gap between the mail server's yes and our record is the only one in which a message
can leave twice.
"""

from base64 import b32encode
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.notifications.tables import OrganizerDelivery, PlatformDelivery

# Longer than any attempt may last (`post.PATIENCE`), so that a live sender is never overtaken.
LEASE = timedelta(seconds=90)
KEPT_FOR = timedelta(days=90)
_ERROR_LENGTH = 500


class Intent(msgspec.Struct, frozen=True, kw_only=True):
    """Tell the person at `address` about the fact. `organizer_id` None: the platform tells it."""

    organizer_id: UUID | None
    fact_id: UUID
    template: str
    address: str


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that is ours to make now."""

    organizer_id: UUID | None
    id: UUID


class Settled(Exception):
    """This person has this message, or will never take it."""


class BeingSent(Exception):
    """Another attempt may still be under way; come back after the lease."""


class Deliveries:
    """The book of deliveries."""

    def __init__(self, db: Database, keyring: Keyring, *, domain: str) -> None:
        self._db = db
        self._keyring = keyring
        self._domain = domain

    def message_id(self, intent: Intent) -> str:
        """The Message-ID of that message to that person, the same at every attempt."""
        named = f"{intent.fact_id}/{intent.template}/".encode() + self._recipient(intent)
        token = b32encode(sha256(named).digest()[:20]).decode().lower()
        return f"<{token}@{self._domain}>"

    def thread_id(self, subject: UUID) -> str:
        """What mails about one conversation refer to, so that mail programs show them together."""
        return f"<{subject}@{self._domain}>"

    async def claim(self, intent: Intent) -> Claimed:
        """Begin an attempt; raises `Settled` or `BeingSent`."""
        statements = _STATEMENTS[_table(intent.organizer_id)]
        identity = self._identity(intent)
        attempt = {"id": new_id(), "message_id": self.message_id(intent)}
        async with self._begin(intent.organizer_id) as tx:
            taken = await tx.connection.scalar(statements.claim, identity | attempt)
            if taken is not None:
                return Claimed(organizer_id=intent.organizer_id, id=taken)
            status = await tx.connection.scalar(statements.status, identity)
        raise BeingSent(intent.template) if status == "sending" else Settled(intent.template)

    async def record_sent(self, claimed: Claimed) -> None:
        """The mail server has taken the message."""
        await self._record(claimed, status="sent", sent_at=func.clock_timestamp(), error=None)

    async def record_failed(self, claimed: Claimed, error: str) -> None:
        """The attempt failed; the next one may begin at once."""
        await self._record(claimed, status="failed", error=error[:_ERROR_LENGTH])

    async def record_rejected(self, claimed: Claimed, error: str) -> None:
        """No attempt can succeed."""
        await self._record(claimed, status="rejected", error=error[:_ERROR_LENGTH])

    async def forget_old(self) -> None:
        """Delete what is past its time, so long after the fact that no job can repeat it."""
        async with self._db.begin_as_platform("forget old deliveries") as tx:
            for row in (OrganizerDelivery, PlatformDelivery):
                old = row.claimed_at < func.clock_timestamp() - KEPT_FOR
                await tx.connection.execute(delete(row).where(old))

    def _begin(self, organizer_id: UUID | None) -> AbstractAsyncContextManager[Transaction]:
        if organizer_id is None:
            return self._db.begin_as_platform("mail of the platform")
        return self._db.begin(organizer_id)

    def _recipient(self, intent: Intent) -> bytes:
        return self._keyring.mac("notifications/recipient", intent.address.lower().encode())

    def _identity(self, intent: Intent) -> dict[str, Any]:
        return _owner(intent.organizer_id) | {
            "fact_id": intent.fact_id,
            "template": intent.template,
            "recipient": self._recipient(intent),
        }

    async def _record(self, claimed: Claimed, **outcome: Any) -> None:
        row = _table(claimed.organizer_id)
        key = {"id": claimed.id} | _owner(claimed.organizer_id)
        async with self._begin(claimed.organizer_id) as tx:
            await tx.connection.execute(update(row).filter_by(**key).values(**outcome))


class _Statements(NamedTuple):
    """Made once: putting the claim together costs a millisecond, executing it half as much."""

    claim: Any
    status: Any


def _claim(row: type[OrganizerDelivery] | type[PlatformDelivery]) -> Any:
    """Insert the delivery, or take up one that failed or whose sender must be dead."""
    abandoned = row.claimed_at < func.clock_timestamp() - LEASE
    attempt: dict[str, Any] = {"status": "sending", "claimed_at": func.clock_timestamp()}
    given = _bound("id", "message_id", "fact_id", "template", "recipient", *_owners(row))
    return (
        insert(row)
        .values(given | attempt | {"channel": "mail", "attempts": 1})
        .on_conflict_do_update(
            constraint=f"{row.__tablename__}_once",
            set_=attempt | {"attempts": row.attempts + 1},
            where=or_(row.status == "failed", and_(row.status == "sending", abandoned)),
        )
        .returning(row.id)
    )


def _status(row: type[OrganizerDelivery] | type[PlatformDelivery]) -> Any:
    identity = _bound("fact_id", "template", "recipient", *_owners(row))
    return select(row.status).filter_by(**identity)


def _bound(*names: str) -> dict[str, Any]:
    return {name: bindparam(name) for name in names}


def _owners(row: type[OrganizerDelivery] | type[PlatformDelivery]) -> tuple[str, ...]:
    return ("organizer_id",) if row is OrganizerDelivery else ()


def _table(organizer_id: UUID | None) -> type[OrganizerDelivery] | type[PlatformDelivery]:
    return PlatformDelivery if organizer_id is None else OrganizerDelivery


def _owner(organizer_id: UUID | None) -> dict[str, Any]:
    return {} if organizer_id is None else {"organizer_id": organizer_id}


_STATEMENTS = {
    row: _Statements(_claim(row), _status(row)) for row in (OrganizerDelivery, PlatformDelivery)
}
