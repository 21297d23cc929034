"""The relay: committed facts become one job per listener; pgqueuer's row is the delivery's row.

One failing listener neither blocks nor repeats another, and nothing on the purchase path enqueues
jobs.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from boxoffice.data.deliveries import Listener
from boxoffice.data.job_queue import queries_over
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction

BATCH = 500
IDLE_SECONDS = 0.2


class Parcel(msgspec.Struct, frozen=True):
    """A job's payload: the fact, as JSON, and its id."""

    fact_id: UUID
    fact: msgspec.Raw


class Relay:
    """Moves facts from the outbox to the job queue, any number of relays side by side."""

    def __init__(self, db: Database, listeners: Sequence[Listener]) -> None:
        self._db = db
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        for listener in listeners:
            self._listeners[listener.fact.name].append(listener)

    async def run(self, stop: asyncio.Event) -> None:
        """Relay until `stop` is set."""
        while not stop.is_set():
            if await self.relay_some() < BATCH:
                await _wait(stop, IDLE_SECONDS)

    async def relay_some(self) -> int:
        """Relay up to `BATCH` facts in one transaction; the number relayed."""
        async with self._db.begin_as_platform("relay the outbox") as tx:
            rows = (
                await tx.connection.exec_driver_sql(
                    "SELECT id, name, payload::text FROM data.outbox WHERE relayed_at IS NULL "
                    "ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED",
                    (BATCH,),
                )
            ).all()
            if rows:
                await self._enqueue(tx, rows)
                await tx.connection.exec_driver_sql(
                    "UPDATE data.outbox SET relayed_at = clock_timestamp() "
                    "WHERE id = ANY($1::uuid[])",
                    ([row.id for row in rows],),
                )
            return len(rows)

    async def _enqueue(self, tx: Transaction, rows: Sequence[Any]) -> None:
        jobs = [(listener, row) for row in rows for listener in self._listeners.get(row.name, ())]
        if not jobs:
            return
        raw = await tx.connection.get_raw_connection()
        connection: Any = raw.driver_connection
        await queries_over(AsyncpgDriver(connection)).enqueue(
            [listener.name for listener, _ in jobs],
            [
                msgspec.json.encode(Parcel(row.id, msgspec.Raw(row.payload.encode())))
                for _, row in jobs
            ],
            [int(listener.urgent) for listener, _ in jobs],
            dedupe_key=[f"{row.id}:{listener.name}" for listener, row in jobs],
            on_conflict="skip",
        )


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
