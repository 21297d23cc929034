"""A card company, the way to speak to it, and a merchant that no other test knows."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from tests.practice.merchant import Merchant
from tests.support.card_company import CardCompany
from tests.support.card_fixtures import company, own_company, post_box

__all__ = ["company", "merchant", "own_company", "own_merchant", "post_box"]


@pytest.fixture
async def merchant(company: CardCompany) -> AsyncIterator[Merchant]:
    async with company.client() as client:
        yield Merchant(f"m-{uuid4()}", client)


@pytest.fixture
async def own_merchant(own_company: CardCompany) -> AsyncIterator[Merchant]:
    async with own_company.client() as client:
        yield Merchant(f"m-{uuid4()}", client)
