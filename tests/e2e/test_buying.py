"""A stranger buys tickets, and how little that takes."""

import asyncio

from playwright.async_api import Page, Route, expect

from tests.e2e.buying import buy_button, hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.effort import Effort
from tests.support.sellers import Kind, Seller
from tests.support.visitors import PHONE


async def test_a_free_ticket_takes_two_presses_and_two_fields(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    visitor = await visit()
    effort = await Effort.of(visitor.context)
    page = await hold(visitor, show, button="Get free tickets")
    await say_who(page)
    await page.get_by_role("button", name="Get free ticket").click()
    await expect(qr(page)).to_be_visible()
    assert len(effort.activations) == 2, effort.activations
    assert len(effort.fields) == 2, effort.fields


async def test_a_paid_ticket_takes_no_more(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", 4000))
    visitor = await visit(width=PHONE)
    effort = await Effort.of(visitor.context)
    page = await hold(visitor, show)
    await say_who(page)
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page)).to_be_visible()
    assert len(effort.activations) == 2, effort.activations
    assert len(effort.fields) == 2, effort.fields


async def test_several_kinds_make_one_order_and_the_price_never_changes(
    visit: Visit, seller: Seller
) -> None:
    show = await seller.show(Kind("Adult", 2050), Kind("Child", 0))
    visitor = await visit()
    await visitor.open(show.path)
    page = visitor.page
    for kind in ("Adult", "Adult", "Child"):
        await page.get_by_role("button", name=f"One {kind} more").click()
    await expect(page.locator("#tickets output")).to_have_text("€41.00")
    await buy_button(page).click()
    await say_who(page)
    await page.get_by_role("button", name="Pay €41.00").click()
    await expect(qr(page, 3)).to_be_visible()
    await expect(page.get_by_text("3 tickets, €41.00 (paid)")).to_be_visible()


async def test_buying_needs_no_mouse(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    visitor = await visit()
    await visitor.open(show.path)
    page = visitor.page
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    await _tab_to(visitor.page, "Get free tickets")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Checkout")).to_be_focused()
    await _tab_to(page, "E-mail")
    await page.keyboard.type("ada@example.org")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Ada Lovelace")
    await page.keyboard.press("Enter")
    await expect(qr(page)).to_be_visible()
    await expect(page.locator("h1")).to_be_focused()


async def test_choosing_nothing_says_what_to_do(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Adult", 2050), Kind("Child", 0))
    visitor = await visit()
    await visitor.open(show.path)
    await buy_button(visitor.page).click()
    await expect(visitor.page.get_by_role("alert")).to_contain_text("Choose at least one ticket")


async def test_mistakes_are_listed_and_lead_to_their_fields(visit: Visit, seller: Seller) -> None:
    page = await hold(await visit(), await seller.show(Kind("Standing", 4000)))
    await page.get_by_label("E-mail").fill("ada@")
    await page.get_by_role("button", name="Pay €40.00").click()
    await page.get_by_role("link", name="Enter your full name.").click()
    await expect(page.get_by_label("Full name")).to_be_focused()
    await expect(page.get_by_label("E-mail")).to_have_value("ada@")


async def test_nothing_is_pressed_in_vain_while_the_ways_to_pay_are_loading(
    visit: Visit, seller: Seller
) -> None:
    visitor = await visit()
    arrived = asyncio.Event()

    async def dawdle(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await visitor.page.route("**/payment-methods", dawdle)
    page = await hold(visitor, await seller.show(Kind("Standing", 4000)))
    await say_who(page)
    await expect(page.get_by_role("button", name="Loading ways to pay")).to_be_disabled()
    arrived.set()
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page)).to_be_visible()


async def _tab_to(page: Page, name: str) -> None:
    at = "document.activeElement"
    for _ in range(40):
        await page.keyboard.press("Tab")
        named = await page.evaluate(
            f"() => {at}.labels?.[0]?.textContent ?? {at}.textContent ?? ''"
        )
        if name in named and await page.evaluate(f"() => {at}.tabIndex >= 0"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")
