"""Fixtures with a practice card company, for the conftest of whoever takes money."""

from collections.abc import AsyncIterator

import pytest

from tests.support.card_company import CardCompany, PostBox


@pytest.fixture(scope="session")
async def post_box() -> AsyncIterator[PostBox]:
    """Where the company's webhooks arrive."""
    box = await PostBox.open()
    yield box
    box.close()


@pytest.fixture(scope="session")
async def company(
    tmp_path_factory: pytest.TempPathFactory, post_box: PostBox
) -> AsyncIterator[CardCompany]:
    """One company for many tests: each brings its own merchant."""
    company = CardCompany(tmp_path_factory.mktemp("practice"), webhook_url=post_box.url)
    await company.start()
    yield company
    await company.stop()


@pytest.fixture
async def own_company(
    tmp_path_factory: pytest.TempPathFactory, post_box: PostBox
) -> AsyncIterator[CardCompany]:
    """One to kill."""
    company = CardCompany(tmp_path_factory.mktemp("practice"), webhook_url=post_box.url)
    await company.start()
    yield company
    await company.stop()
