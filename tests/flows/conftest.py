"""The product with a card company to pay with."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.card_company import KEY, SECRET, CardCompany
from tests.support.card_fixtures import company, post_box
from tests.support.product import Product, running_product, settings_for
from tests.support.shop import Shop, open_shop

__all__ = ["company", "post_box"]


@pytest.fixture(autouse=True)
def invariants(sound_afterwards: None) -> None:
    """They hold after every flow."""


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


@pytest.fixture
async def shop(db: Database, product: Product) -> AsyncIterator[Shop]:
    """A shop of this test's own."""
    async with open_shop(product, db) as opened:
        yield opened


@pytest.fixture
async def ada(product: Product) -> AsyncIterator[httpx2.AsyncClient]:
    """A buyer's browser."""
    async with product.visitor() as visitor:
        yield visitor


@pytest.fixture
async def paying_shop(db: Database, paying_product: Product) -> AsyncIterator[Shop]:
    """A shop that takes cards."""
    async with open_shop(paying_product, db) as opened:
        yield opened


@pytest.fixture
async def buyer(paying_product: Product) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser of who buys there."""
    async with paying_product.visitor() as visitor:
        yield visitor
