"""Tickets that are held while somebody makes up their mind."""

from datetime import timedelta
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.buying import expect_who, hold, order_of, qr, say_who, token_of
from tests.e2e.conftest import Visit
from tests.support.installation import Installation
from tests.support.sellers import Kind, Seller


async def test_a_reload_finds_the_same_tickets_and_every_word(visit: Visit, seller: Seller) -> None:
    page = await hold(await visit(), await seller.show(Kind("Standing", 4000)))
    await say_who(page)
    before = token_of(page)
    await page.reload()
    await expect_who(page)
    assert token_of(page) == before
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page)).to_be_visible()


async def test_another_tab_leads_back_to_the_tickets(visit: Visit, seller: Seller) -> None:
    visitor = await visit()
    page = await hold(visitor, await seller.show(Kind("Standing", 4000)))
    tab = await visitor.second_tab("/")
    await tab.get_by_role("link", name="1 ticket held").click()
    await expect(tab.get_by_role("heading", name="Checkout")).to_be_visible()
    assert token_of(tab) == token_of(page)


async def test_leaving_the_checkout_keeps_the_tickets(visit: Visit, seller: Seller) -> None:
    page = await hold(await visit(), await seller.show(Kind("Standing", 4000)))
    before = token_of(page)
    await page.go_back()
    await page.get_by_role("link", name="1 ticket held").click()
    await expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
    assert token_of(page) == before


async def test_letting_go_puts_the_ticket_back_on_sale(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", quantity=1))
    page = await hold(await visit(), show, button="Get free tickets")
    await page.get_by_role("button", name="Let them go").click()
    await expect(page.get_by_role("heading", name=show.title, level=1)).to_be_visible()
    await seller.sale(show, email="grace@example.org")


async def test_a_hold_that_ran_out_keeps_the_words_and_gets_the_same_tickets_again(
    visit: Visit, seller: Seller, installation: Installation
) -> None:
    visitor = await visit()
    page = await hold(visitor, await seller.show(Kind("Standing", 4000, quantity=1)))
    await say_who(page)
    await _end_hold(installation, await order_of(page, visitor), after=timedelta(0))
    await page.reload()
    await expect(page.get_by_role("alert")).to_contain_text("Your hold ran out")
    await expect_who(page)
    await page.get_by_role("button", name="Try to get the same tickets again").click()
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page)).to_be_visible()


async def test_tickets_that_went_to_somebody_else_meanwhile_are_not_promised(
    visit: Visit, seller: Seller, installation: Installation
) -> None:
    visitor = await visit(expecting={409})
    show = await seller.show(Kind("Standing", quantity=1))
    page = await hold(visitor, show, button="Get free tickets")
    await _end_hold(installation, await order_of(page, visitor), after=timedelta(0))
    await seller.sale(show, email="grace@example.org")
    await page.reload()
    await page.get_by_role("button", name="Try to get the same tickets again").click()
    await expect(page.get_by_role("alert")).to_contain_text("Those tickets are gone")


async def test_two_minutes_before_the_end_one_key_keeps_the_tickets(
    visit: Visit, seller: Seller, installation: Installation
) -> None:
    visitor = await visit()
    page = await hold(visitor, await seller.show(Kind("Standing", 4000)))
    await say_who(page)
    await _end_hold(installation, await order_of(page, visitor), after=timedelta(seconds=100))
    await page.reload()
    await expect(page.get_by_role("button", name="Keep my tickets")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect_who(page)
    assert (await order_of(page, visitor))["extensions_left"] == 9


async def test_the_hold_ends_before_the_eyes_of_the_buyer(
    visit: Visit, seller: Seller, installation: Installation
) -> None:
    visitor = await visit()
    page = await hold(visitor, await seller.show(Kind("Standing", 4000)))
    await _end_hold(installation, await order_of(page, visitor), after=timedelta(seconds=3))
    await page.reload()
    await _dismiss(page)
    await expect(page.get_by_role("alert")).to_contain_text("Your hold ran out")


async def _dismiss(page: Page) -> None:
    await page.get_by_role("button", name="Not now").click()


async def _end_hold(installation: Installation, order: dict[str, Any], *, after: timedelta) -> None:
    """Let the hold end `after` now."""
    async with installation.database() as db:
        await db.execute(
            "UPDATE bookings.orders SET hold_expires_at = clock_timestamp() + $1 WHERE id = $2",
            after, order["id"],
        )  # fmt: skip
        await db.execute(
            "UPDATE events.claims SET expires_at = clock_timestamp() + $1 WHERE holder = $2",
            after, order["id"],
        )  # fmt: skip
