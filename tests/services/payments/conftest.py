"""A till over the real database and a real card company in another process."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.postgres import Database
from tests.services.payments.till import Till
from tests.support.card_company import CardCompany
from tests.support.card_fixtures import company, own_company, post_box

__all__ = ["company", "own_company", "own_till", "post_box", "till"]


@pytest.fixture(autouse=True)
def invariants(request: pytest.FixtureRequest) -> None:
    """They hold after every test that reaches the database."""
    if "db" in request.fixturenames:
        request.getfixturevalue("sound_afterwards")


@pytest.fixture
async def till(db: Database, company: CardCompany) -> AsyncIterator[Till]:
    """Waits a second for an answer; the company is shared."""
    till = await Till.open(db, company, company.provider(seconds=1.0))
    yield till
    await till.payments.close()


@pytest.fixture
async def own_till(db: Database, own_company: CardCompany) -> AsyncIterator[Till]:
    """With a company to kill."""
    till = await Till.open(db, own_company, own_company.provider(seconds=1.0))
    yield till
    await till.payments.close()
