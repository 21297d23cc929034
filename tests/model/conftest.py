"""A product whose card provider is in this process."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.postgres import DatabaseSettings
from tests.support.bank import Bank
from tests.support.product import Product, running_product, settings_for


@pytest.fixture(scope="session")
def bank() -> Bank:
    return Bank()


@pytest.fixture(scope="session")
async def banked_product(
    database_urls: DatabaseSettings,
    redis_url: str,
    bank: Bank,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Product]:
    """The whole product, taking cards of the bank."""
    data = tmp_path_factory.mktemp("data")
    settings = settings_for(database_urls, redis_url=redis_url, data=data)
    async with running_product(settings, provider=bank) as running:
        yield running
