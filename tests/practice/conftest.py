"""A card company, the way to speak to it, and a merchant that no other test knows."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.practice.merchant import Merchant
from tests.support.card_company import CardCompany, PostBox


@pytest.fixture(scope="session")
async def post_box() -> AsyncIterator[PostBox]:
    box = await PostBox.open()
    yield box
    box.close()


@pytest.fixture(scope="session")
async def company(
    tmp_path_factory: pytest.TempPathFactory, post_box: PostBox
) -> AsyncIterator[CardCompany]:
    """Shared: each test brings its own merchant."""
    company = CardCompany(tmp_path_factory.mktemp("practice"), webhook_url=post_box.url)
    await company.start()
    yield company
    await company.stop()


@pytest.fixture
async def merchant(company: CardCompany) -> AsyncIterator[Merchant]:
    async with company.client() as client:
        yield Merchant(f"m-{uuid4()}", client)


@pytest.fixture
async def own_company(tmp_path: Path, post_box: PostBox) -> AsyncIterator[CardCompany]:
    """One to kill."""
    company = CardCompany(tmp_path, webhook_url=post_box.url)
    await company.start()
    yield company
    await company.stop()


@pytest.fixture
async def own_merchant(own_company: CardCompany) -> AsyncIterator[Merchant]:
    async with own_company.client() as client:
        yield Merchant(f"m-{uuid4()}", client)
