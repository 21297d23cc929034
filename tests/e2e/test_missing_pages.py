"""Addresses that lead nowhere, and pages that were taken down."""

import httpx2
import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Visit
from tests.support.sellers import Kind, Seller

NOWHERE = ["/no/such/page", "/e/nobody/nothing", "/o/nobody-at-all"]


@pytest.mark.parametrize("path", NOWHERE)
async def test_an_unknown_address_is_a_404_that_leads_on(visit: Visit, path: str) -> None:
    visitor = await visit(expecting={404})
    assert await visitor.open(path) == 404
    await expect(visitor.page.get_by_role("heading", name="Nothing here")).to_be_visible()
    await visitor.page.get_by_role("main").get_by_role("link", name="See what").click()
    await expect(visitor.page.get_by_role("heading", name="What")).to_be_visible()


@pytest.mark.parametrize("path", NOWHERE)
async def test_search_engines_are_told_so_too(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "Nothing here" in answer.text
    assert 'content="noindex' in answer.text


async def test_a_withdrawn_event_is_a_410(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    await seller.send("POST", f"/events/{show.id}/unpublish")
    visitor = await visit(expecting={410})
    assert await visitor.open(show.path) == 410
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "This page has been taken down"
    )


async def test_a_draft_is_not_told_to_anybody(visit: Visit, seller: Seller) -> None:
    show = await seller.draft(Kind("Standing"), title="Still a secret")
    visitor = await visit(expecting={404})
    assert await visitor.open(show.path) == 404


@pytest.mark.parametrize("page", ["orders", "checkout"])
async def test_an_order_link_that_was_tampered_with_shows_nothing(visit: Visit, page: str) -> None:
    visitor = await visit(expecting={404})
    await visitor.open(f"/{page}/somebody.01a2051e57d875a7893d9eac72e00202.1.forged")
    await expect(visitor.page.get_by_role("heading", name="Nothing here")).to_be_visible()
