"""What stands in the page before any script runs, and how calmly the web app takes it over."""

import json
import re

import httpx2
import pytest
from playwright.async_api import Response, expect

from tests.e2e.conftest import Visit
from tests.support.sellers import Kind, Seller
from tests.support.steadiness import steadiness, watch_steadiness
from tests.support.visitors import DESKTOP, PHONE

MOST_SHIFT = 0.02
MOST_SCRIPT_BYTES = 200_000
HOSTILE = "</script><b>Boo</b><img src=x onerror=alert(1)>"
_JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


async def test_an_event_page_says_everything_without_scripts(
    client: httpx2.AsyncClient, seller: Seller
) -> None:
    show = await seller.show(Kind("Standing", 4000), title="Über allen Gipfeln")
    html = (await client.get(show.path)).text
    assert "<h1" in html
    for word in (show.title, "19:00\N{EN DASH}22:00", "€40.00", "Lichtburg", "The Quiet Hall"):
        assert word in html
    assert "<noscript>" in html
    [found] = _JSON_LD.findall(html)
    told = json.loads(found)
    assert (told["@type"], told["name"]) == ("Event", show.title)
    assert [float(offer["price"]) for offer in told["offers"]] == [40]
    assert told["location"][0]["name"] == "Lichtburg"
    assert "T19:00:00+0" in told["startDate"]


async def test_the_list_of_events_is_there_too(client: httpx2.AsyncClient, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", 4000), title=f"Listed by {seller.slug}")
    html = (await client.get("/", params={"q": seller.slug})).text
    assert f'<a href="{show.path}">{show.title}</a>' in html


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_event_pages_stand_still(visit: Visit, seller: Seller, width: int) -> None:
    show = await seller.show(
        Kind("Balcony", 6000), Kind("Standing", 4000, 4), title="Steady as she goes",
        summary="Two hours of very little.", description="Bring a cushion.\n\nLeave the phone.",
    )  # fmt: skip
    await _expect_steady(visit, show.path, heading=show.title, width=width)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_sold_out_page_stands_still(visit: Visit, seller: Seller, width: int) -> None:
    show = await seller.show(Kind("Standing", quantity=1))
    await seller.sale(show, email="grace@example.org")
    await _expect_steady(visit, show.path, heading=show.title, width=width)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", ["/", "/?q=quiet", "/?free=true", "/?when=week", "/?q=zzzzzz"])
async def test_the_list_of_events_stands_still(
    visit: Visit, seller: Seller, path: str, width: int
) -> None:
    await seller.show(Kind("Standing"), title="A quiet one for the list")
    await _expect_steady(
        visit, path, heading="What\N{RIGHT SINGLE QUOTATION MARK}s on", width=width
    )


async def test_an_organizers_page_stands_still(visit: Visit, seller: Seller) -> None:
    await seller.show(Kind("Standing"))
    await _expect_steady(visit, f"/o/{seller.slug}", heading="The Quiet Hall", width=PHONE)


async def test_pages_of_problems_stand_still(visit: Visit) -> None:
    await _expect_steady(
        visit, "/e/no/such", heading="Nothing here", width=DESKTOP, expecting={404}
    )


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_the_largest_thing_on_an_event_page_needs_no_script(
    visit: Visit, seller: Seller, client: httpx2.AsyncClient, width: int
) -> None:
    show = await seller.show(Kind("Standing", 4000), title="Large in the first bytes")
    visitor = await visit(width=width)
    await watch_steadiness(visitor.page)
    await visitor.open(show.path)
    await visitor.page.wait_for_function("() => window.steadiness.largest")
    largest = (await steadiness(visitor.page)).largest
    assert largest in (await client.get(show.path)).text


async def test_an_event_page_loads_at_most_200_kilobytes_of_scripts(
    visit: Visit, seller: Seller
) -> None:
    show = await seller.show(Kind("Standing", 4000))
    visitor = await visit()
    scripts: list[Response] = []
    visitor.page.on(
        "response", lambda seen: scripts.append(seen) if seen.url.endswith(".js") else None
    )
    await visitor.open(show.path)
    await visitor.page.wait_for_load_state("networkidle")
    sizes = [await script.request.sizes() for script in scripts]
    assert 0 < sum(size["responseBodySize"] for size in sizes) <= MOST_SCRIPT_BYTES


@pytest.mark.parametrize("page", ["event", "list", "organizer"])
async def test_a_title_full_of_markup_is_only_a_title(
    visit: Visit, seller: Seller, page: str
) -> None:
    show = await seller.show(Kind(HOSTILE, 4000), title=HOSTILE, summary=HOSTILE)
    paths = {"event": show.path, "list": f"/?q={seller.slug}", "organizer": f"/o/{seller.slug}"}
    visitor = await visit()
    said: list[str] = []
    visitor.page.on("dialog", lambda dialog: said.append(dialog.message))
    await visitor.open(paths[page])
    shown = visitor.page.get_by_role("heading", name=HOSTILE)
    if page != "list":
        await expect(shown.first).to_be_visible()
    await expect(visitor.page.locator("b", has_text="Boo")).to_have_count(0)
    assert said == []


async def test_without_scripts_the_links_still_lead_somewhere(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", 4000), title=f"Plain {seller.slug}")
    visitor = await visit(scripts="off")
    page = visitor.page
    await visitor.open("/")
    await page.get_by_role("searchbox").fill(seller.slug)
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("link", name=show.title).click()
    await expect(page.get_by_role("heading", name=show.title)).to_be_visible()
    await page.get_by_role("link", name="The Quiet Hall").first.click()
    await expect(page.get_by_role("heading", name="The Quiet Hall")).to_be_visible()
    await page.get_by_role("link", name=show.title).click()
    await expect(page).to_have_url(re.compile(show.path))


async def _expect_steady(
    visit: Visit, path: str, *, heading: str, width: int, expecting: set[int] | None = None
) -> None:
    visitor = await visit(width=width, expecting=expecting or ())
    await watch_steadiness(visitor.page)
    await visitor.open(path)
    seen = await steadiness(visitor.page)
    assert seen.headings == [heading]
    assert seen.losses == 0
    assert seen.shifted <= MOST_SHIFT, seen
