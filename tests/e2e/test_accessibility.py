"""No page keeps anybody out: axe finds nothing, in any look, and nothing sticks out."""

import pytest

from tests.e2e.conftest import Visit
from tests.e2e.scenes import BUYERS
from tests.support.accessibility import shortcomings
from tests.support.sellers import Seller


@pytest.mark.parametrize("name", BUYERS)
async def test_a_buyers_page_is_for_everybody(visit: Visit, seller: Seller, name: str) -> None:
    scene = BUYERS[name]
    page = await scene.go(await visit(expecting=scene.expecting), seller)
    assert await shortcomings(page) == []
