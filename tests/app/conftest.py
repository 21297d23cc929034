"""The house for vandals, shared by the tests that only look at it."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.app.healthy import Healthy, healthy_house
from tests.support.databases import cloned_database
from tests.support.servers import Servers


@pytest.fixture(scope="module")
async def own_database(servers: Servers, worker_id: str) -> AsyncIterator[DatabaseSettings]:
    async with cloned_database(servers, f"invariants_{worker_id}") as database:
        yield database


@pytest.fixture(scope="module")
async def house(
    own_database: DatabaseSettings, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Database, Healthy]]:
    data = tmp_path_factory.mktemp("data")
    async with healthy_house(own_database, redis_url=redis_url, data=data) as opened:
        yield opened
