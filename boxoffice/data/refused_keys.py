"""Refused tries: who was refused under a key is not given something by an earlier try of theirs.

A client that hears nothing sends its request again under the same key. If the later try is refused,
the earlier one may still be under way: in another process, or in one that waits for the database.
It would be carried out behind the back of somebody who was told no. So a refusal leaves the id of
its try; one that was begun before it and is decided after it comes to nothing. A try that is begun
later is decided as if there had been none: refusals are not kept as answers are.

The table is not logged: no commit waits for it, and whoever asks again after the database has died
is told what is true then.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, func, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.idempotency import IdempotencyKey, Stored
from boxoffice.data.tenancy import Base
from boxoffice.data.transaction import Transaction

Name = tuple[str, str]

_FIND = """
SELECT k.scope, k.key, k.fingerprint, k.answer, NULL::uuid AS try_id
FROM data.idempotency_keys k
JOIN unnest($1::text[], $2::text[]) AS wanted(scope, key) USING (scope, key)
UNION ALL
SELECT r.scope, r.key, NULL, NULL, r.try_id
FROM data.refused_keys r
JOIN unnest($1::text[], $2::text[]) AS wanted(scope, key) USING (scope, key)
"""
_REFUSE = """
INSERT INTO data.refused_keys (scope, key, try_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[]) ORDER BY 1, 2
ON CONFLICT (scope, key) DO UPDATE
SET try_id = greatest(refused_keys.try_id, excluded.try_id), refused_at = clock_timestamp()
"""
_FORGET = "DELETE FROM data.refused_keys WHERE refused_at < clock_timestamp() - interval '1 hour'"


class RefusedKeyRow(Base):
    __tablename__ = "refused_keys"
    __table_args__ = ({"schema": "data", "prefixes": ["UNLOGGED"]},)

    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    try_id: Mapped[UUID]
    refused_at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.clock_timestamp()
    )


async def find(
    connection: AsyncConnection, keys: Sequence[IdempotencyKey]
) -> tuple[dict[Name, Stored], dict[Name, UUID]]:
    """The answers that are stored with these keys, and the last refused try of each other one."""
    scopes, names = [once.scope for once in keys], [once.key for once in keys]
    rows = (await connection.exec_driver_sql(_FIND, (scopes, names))).all()
    return (
        {
            (row.scope, row.key): Stored(row.fingerprint, row.answer)
            for row in rows
            if not row.try_id
        },
        {(row.scope, row.key): row.try_id for row in rows if row.try_id},
    )


def refuse(tx: Transaction, tries: Mapping[Name, UUID]) -> None:
    """These tries were refused: earlier ones under their keys come to nothing."""
    if tries:
        scopes, keys = zip(*tries, strict=True)
        tx.write(_REFUSE, list(scopes), list(keys), list(tries.values()))


async def forget_old(connection: AsyncConnection) -> None:
    """No try takes that long."""
    await connection.execute(text(_FORGET))
