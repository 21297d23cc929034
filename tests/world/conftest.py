"""An organizer who imports what the world has to offer."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.postgres import Database
from tests.services.events.house import House, Team


@pytest.fixture(scope="session")
async def house(db: Database, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    opened = House(db, tmp_path_factory.mktemp("house"))
    yield opened
    opened.users.close()


@pytest.fixture
async def team(house: House) -> Team:
    """A new organizer."""
    return await house.team()
