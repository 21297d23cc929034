"""An organizer's team and the public, over HTTP."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from boxoffice.data.postgres import Database
from tests.services.events.house import House, Team


@pytest.fixture(autouse=True)
def invariants(request: pytest.FixtureRequest) -> None:
    """They hold after every test that reaches the database."""
    if "db" in request.fixturenames:
        request.getfixturevalue("sound_stock_afterwards")


@pytest.fixture(scope="session")
async def house(db: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    opened = House(db, tmp_path_factory.mktemp("house"))
    yield opened
    opened.users.close()


@pytest.fixture
async def team(house: House) -> Team:
    """A new organizer."""
    return await house.team()


@pytest.fixture
def visitor(house: House) -> httpx2.AsyncClient:
    """Somebody without an account."""
    return house.client()
