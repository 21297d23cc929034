import pytest

from tests.services.support.desk import Desk, open_desk
from tests.support.product import Product


@pytest.fixture
async def desk(product: Product) -> Desk:
    """An organizer of this test's own."""
    return await open_desk(product)
