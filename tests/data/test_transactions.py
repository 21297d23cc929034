"""Transactions do not stand in each other's way."""

import asyncio
from contextlib import AsyncExitStack
from uuid import UUID

import pytest

from boxoffice.data.postgres import Database, NestedTransaction


async def test_a_transaction_within_a_transaction_is_refused(
    db: Database, organizer_id: UUID
) -> None:
    async with db.begin(organizer_id):
        with pytest.raises(NestedTransaction):
            async with db.begin(organizer_id):
                raise AssertionError
    async with db.begin(organizer_id) as tx:
        assert await tx.now()


async def test_a_glance_is_had_while_every_connection_is_taken(
    db: Database, organizer_id: UUID
) -> None:
    async def take(taken: AsyncExitStack) -> None:
        await taken.enter_async_context(db.begin(organizer_id))

    async with AsyncExitStack() as taken:
        await asyncio.gather(*(take(taken) for _ in range(db.settings.pool_size)))
        async with asyncio.timeout(2), db.glance(organizer_id) as tx:
            assert await tx.now()
