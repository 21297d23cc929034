"""No page keeps anybody out: axe finds nothing, in any look, and nothing sticks out."""

import pytest

from tests.e2e.buyer_scenes import BUYERS
from tests.e2e.conftest import Visit
from tests.e2e.inventory_scenes import INVENTORY
from tests.e2e.organizer_scenes import ORGANIZERS
from tests.support.accessibility import shortcomings
from tests.support.sellers import Seller

SCENES = {**BUYERS, **ORGANIZERS, **INVENTORY}
assert len(SCENES) == len(BUYERS) + len(ORGANIZERS) + len(INVENTORY)


@pytest.mark.parametrize("name", SCENES)
async def test_the_page_is_for_everybody(visit: Visit, seller: Seller, name: str) -> None:
    scene = SCENES[name]
    page = await scene.go(await visit(expecting=scene.expecting), seller)
    assert await shortcomings(page) == []


async def test_the_api_documentation_is_for_everybody(visit: Visit) -> None:
    visitor = await visit()
    await visitor.page.goto(f"{visitor.origin}/api/docs")
    assert await shortcomings(visitor.page) == []


async def test_what_keeps_people_out_would_be_found(visit: Visit) -> None:
    visitor = await visit()
    await visitor.open("/find-order")
    await visitor.page.evaluate(
        """() => {
          const pale = document.createElement('p');
          pale.textContent = 'Hard to read in the dark, and too wide for a phone';
          pale.style.cssText = 'color: #555; width: 340px';
          document.querySelector('main').append(pale);
        }"""
    )
    found = await shortcomings(visitor.page)
    assert [line.split(":")[0] for line in found] == ["1280 dark", "390 dark", "sticks out at 320"]
    assert "color-contrast" in found[0]


async def test_a_visitor_notices_trouble(visit: Visit) -> None:
    visitor = await visit()
    await visitor.open("/find-order")
    await visitor.page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    await visitor.context.route("https://elsewhere.example/", lambda route: route.fulfill(body=""))
    await visitor.page.goto("https://elsewhere.example/")
    assert any("Refused by policy: style-src-attr" in each for each in visitor.troubles)
    assert "went elsewhere: https://elsewhere.example/" in visitor.troubles
    visitor.troubles.clear()
