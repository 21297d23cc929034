"""Fixtures for all tests: real PostgreSQL, real Valkey, one migrated database per pytest worker.

Every test makes its own organizer; tenancy keeps the tests apart, so nothing is rolled back or
emptied.
"""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings as hypothesis_settings
from msgspec import structs

from boxoffice.app.invariants import INVARIANTS, STOCK
from boxoffice.data.invariants import Invariant
from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.kernel.ids import new_id
from tests.support import patience
from tests.support.databases import cloned_database
from tests.support.product import Product, running_product, settings_for
from tests.support.servers import Servers, ServersProcess, wait_for_servers
from tests.support.soundness import sound

# Wall-clock deadlines measure the neighbours on a shared machine, not the code.
hypothesis_settings.register_profile("boxoffice", deadline=None, print_blob=True)
hypothesis_settings.load_profile("boxoffice")

_process = pytest.StashKey[ServersProcess]()


def servers_folder(config: pytest.Config) -> Path:
    """The folder of this run's servers; whoever hands out the tests starts them on first demand."""
    told: dict[str, Any] | None = getattr(config, "workerinput", None)
    if told is not None:
        return Path(told["servers_folder"])
    if _process not in config.stash:
        config.stash[_process] = ServersProcess()
    return config.stash[_process].folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Each pytest-xdist worker is told where the servers of the run are."""
    node.workerinput["servers_folder"] = str(servers_folder(node.config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        patience.limit(item)


def pytest_unconfigure(config: pytest.Config) -> None:
    process = config.stash.get(_process, None)
    if process is not None:
        process.end()


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Servers:
    """PostgreSQL and Valkey, shared by all workers of the run."""
    return wait_for_servers(servers_folder(request.config))


@pytest.fixture(scope="session")
async def database_urls(servers: Servers, worker_id: str) -> AsyncIterator[DatabaseSettings]:
    """This worker's own database, as the application and its owner reach it."""
    async with cloned_database(servers, f"boxoffice_{worker_id}") as settings:
        yield settings


@pytest.fixture(scope="session")
async def db(database_urls: DatabaseSettings) -> AsyncIterator[Database]:
    """The data layer over this worker's database."""
    database = Database(database_urls, application_name="tests")
    yield database
    await database.close()


@pytest.fixture
async def crowd(database_urls: DatabaseSettings) -> AsyncIterator[Database]:
    """The same, with a pool wide enough that rivals truly meet."""
    wide = structs.replace(database_urls, pool_size=20)
    database = Database(wide, application_name="crowd")
    yield database
    await database.close()


@pytest.fixture
async def sound_afterwards(request: pytest.FixtureRequest, db: Database) -> AsyncIterator[None]:
    """All invariants hold when the test is over, but for what it has contrived."""
    async with sound(db, _looked_at(request, INVARIANTS)):
        yield


@pytest.fixture
async def sound_stock_afterwards(
    request: pytest.FixtureRequest, db: Database
) -> AsyncIterator[None]:
    """The invariants of the stock hold when the test is over, whoever claimed it."""
    async with sound(db, _looked_at(request, STOCK)):
        yield


def _looked_at(
    request: pytest.FixtureRequest, invariants: Sequence[Invariant]
) -> Sequence[Invariant]:
    contrived = request.node.get_closest_marker("contrived")
    if contrived is None:
        return invariants
    return STOCK if contrived.kwargs.get("stock_holds") else ()


@pytest.fixture(scope="session")
def redis_url(servers: Servers, worker_id: str) -> str:
    """This worker's own numbered database in the shared Valkey."""
    number = int(worker_id.removeprefix("gw")) + 1 if worker_id != "master" else 0
    return f"{servers.redis_url.rpartition('/')[0]}/{number % 16}"


@pytest.fixture
def organizer_id() -> UUID:
    """An organizer that no other test knows."""
    return new_id()


@pytest.fixture(scope="session")
async def product(
    database_urls: DatabaseSettings, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Product]:
    """The whole product behind its gateway, one for all tests of a worker."""
    settings = settings_for(
        database_urls, redis_url=redis_url, data=tmp_path_factory.mktemp("data")
    )
    async with running_product(settings) as running:
        yield running
