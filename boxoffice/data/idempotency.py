"""Idempotency: an answer is stored with its key in the very transaction of its effect.

A key is claimed by inserting its row. In a command of one transaction a rival waits for that row's
commit and then gets the replay. A command of two transactions (payments) commits the bare claim
first: a rival meets `state = 'running'` and is asked to come back. Refusals roll back, so they are
never kept.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import LargeBinary, Text, func, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.gathering import Write
from boxoffice.data.tenancy import Base
from boxoffice.kernel.refusals import InProgress, Invalid

KEPT_FOR = timedelta(hours=48)


class IdempotencyKey(msgspec.Struct, kw_only=True):
    """The caller's `key` within `scope` (an account, API key or visitor) and a hash of what was
    asked.

    `replayed` turns true when the stored answer was given instead of acting again.
    """

    scope: str
    key: str
    fingerprint: bytes
    replayed: bool = False


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    message = "This Idempotency-Key was used for a different request; send a new one."


class KeyInUse(InProgress):
    code = "idempotency_key_in_use"
    message = "The first request with this Idempotency-Key is still running; ask again shortly."


class KeyRow(Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = ({"schema": "data"},)

    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.now()
    )


class Stored(msgspec.Struct, frozen=True):
    """What a key's row says: the request's fingerprint and, once finished, the answer (JSON)."""

    fingerprint: bytes
    answer: bytes | None


async def claim(connection: AsyncConnection, once: IdempotencyKey) -> Stored | None:
    """Take the key, or give what its first taker left. Waits for a rival's transaction."""
    taken = await connection.exec_driver_sql(
        "INSERT INTO data.idempotency_keys (scope, key, fingerprint) VALUES ($1, $2, $3) "
        "ON CONFLICT DO NOTHING RETURNING 1",
        (once.scope, once.key, once.fingerprint),
    )
    if taken.first() is not None:
        return None
    return (await find(connection, [once])).get((once.scope, once.key))


async def find(
    connection: AsyncConnection, keys: Sequence[IdempotencyKey]
) -> dict[tuple[str, str], Stored]:
    """The rows of those keys that exist and are visible."""
    rows = await connection.exec_driver_sql(
        "SELECT k.scope, k.key, k.fingerprint, k.answer FROM data.idempotency_keys k "
        "JOIN unnest($1::text[], $2::text[]) AS wanted(scope, key) USING (scope, key)",
        ([once.scope for once in keys], [once.key for once in keys]),
    )
    return {(row.scope, row.key): Stored(row.fingerprint, row.answer) for row in rows}


def replay(once: IdempotencyKey, stored: Stored) -> bytes:
    """The first answer; `KeyReused` for a different request, `KeyInUse` while it runs."""
    if stored.fingerprint != once.fingerprint:
        raise KeyReused
    if stored.answer is None:
        raise KeyInUse(retry_after=1)
    once.replayed = True
    return stored.answer


async def keep(
    connection: AsyncConnection, once: IdempotencyKey, answer: bytes, status: int
) -> None:
    """Store the answer of a claimed key."""
    await connection.exec_driver_sql(
        "UPDATE data.idempotency_keys SET answer = $3, status = $4 WHERE scope = $1 AND key = $2",
        (once.scope, once.key, answer, status),
    )


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A key and its answer, to be stored together."""

    once: IdempotencyKey
    answer: bytes
    status: int


def kept_many(kept: Sequence[Kept], *, otherwise: Exception) -> Write:
    """Claims and answers many keys at once. Fewer than given means that a rival was first."""
    return Write(
        "INSERT INTO data.idempotency_keys (scope, key, fingerprint, answer, status) "
        "SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[], $5::int[]) "
        "ORDER BY 1, 2 ON CONFLICT DO NOTHING RETURNING 1",
        (
            [one.once.scope for one in kept],
            [one.once.key for one in kept],
            [one.once.fingerprint for one in kept],
            [one.answer for one in kept],
            [one.status for one in kept],
        ),
        rows=len(kept),
        otherwise=otherwise,
    )


async def forget_old(connection: AsyncConnection) -> int:
    """Delete keys past their time; the number deleted."""
    result = await connection.execute(
        text("DELETE FROM data.idempotency_keys WHERE created_at < clock_timestamp() - :kept"),
        {"kept": KEPT_FOR},
    )
    return result.rowcount
