"""The house of users, and a second process beside it."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.postgres import Database
from tests.services.users.house import Guest, House


@pytest.fixture
async def house(db: Database) -> AsyncIterator[House]:
    opened = House(db)
    yield opened
    opened.users.close()


@pytest.fixture
async def other_process(db: Database) -> AsyncIterator[House]:
    """Another process of the same deployment: same database and secrets, own memory."""
    opened = House(db)
    yield opened
    opened.users.close()


@pytest.fixture
async def ada(house: House) -> Guest:
    """Somebody who is signed in."""
    return await house.member("Ada")
