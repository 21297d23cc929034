"""Looking at who waits for whose locks."""

import asyncio

from boxoffice.data.transaction import Transaction

# Whoever connects after the first look is seen as well.
_WAITING = """
SELECT count(*) FROM (SELECT pg_stat_clear_snapshot()) AS anew, pg_stat_activity
WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""
_PATIENCE = 30


async def somebody_waits_for(tx: Transaction) -> None:
    """Come back once another transaction waits for what this one has locked."""
    async with asyncio.timeout(_PATIENCE):
        while not (await tx.connection.exec_driver_sql(_WAITING)).scalar():  # noqa: ASYNC110  # the database tells nobody
            await asyncio.sleep(0.01)


_ALL_WAITING = """
SELECT count(*) FROM (SELECT pg_stat_clear_snapshot()) AS anew, pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


async def so_many_wait(tx: Transaction, count: int) -> None:
    """Come back once so many transactions wait for locks, be it for each other's."""
    async with asyncio.timeout(_PATIENCE):
        while (await tx.connection.exec_driver_sql(_ALL_WAITING)).scalar_one() < count:  # noqa: ASYNC110  # the database tells nobody
            await asyncio.sleep(0.01)
