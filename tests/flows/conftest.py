"""The product with a card company to pay with."""

from collections.abc import AsyncIterator

import pytest

from boxoffice.data.postgres import DatabaseSettings
from tests.support.card_company import KEY, SECRET, CardCompany
from tests.support.card_fixtures import company, post_box
from tests.support.product import Product, running_product, settings_for

__all__ = ["company", "post_box"]


@pytest.fixture(scope="session")
async def paying_product(
    database_urls: DatabaseSettings,
    redis_url: str,
    company: CardCompany,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Product]:
    """The whole product, taking cards of the practice company."""
    settings = settings_for(
        database_urls,
        redis_url=redis_url,
        data=tmp_path_factory.mktemp("data"),
        BOXOFFICE_PAYMENTS="practice",
        BOXOFFICE_PRACTICE_URL=company.url,
        BOXOFFICE_PRACTICE_KEY=KEY,
        BOXOFFICE_PRACTICE_WEBHOOK_SECRETS=SECRET,
    )
    async with running_product(settings) as running:
        yield running
