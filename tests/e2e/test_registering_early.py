"""Somebody registers before the sale, gets early access and buys with it; the team looks on."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.e2e.buying import buy_button, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accessibility import shortcomings
from tests.support.mailbox import Mailbox
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def before_the_sale(seller: Seller) -> Show:
    """A show that is not on sale yet; people may register."""
    show = await seller.show(Kind("Standing"), title="Before everybody else")
    later = {"sales_start": at(7 * DAY)}
    await seller.send("PATCH", f"/events/{show.id}/ticket-types/{show.kinds[0]}", later)
    await give_early_access(seller, show)
    return show


async def give_early_access(seller: Seller, show: Show, *, closes: timedelta = DAY) -> None:
    body: dict[str, Any] = {
        "opens_at": at(-DAY),
        "closes_at": at(closes),
        "window_starts_at": at(closes),
        "total_tickets": 20,
    }
    await seller.send("PUT", f"/events/{show.id}/presale", body)


def at(after: timedelta) -> str:
    return (datetime.now(UTC) + after).isoformat()


async def registering(visitor: Visitor, show: Show) -> Page:
    """The form, from the event's page."""
    await visitor.open(show.path)
    page = visitor.page
    await page.locator("#tickets").get_by_role("link", name="Register for early access").click()
    await expect(page.get_by_role("heading", name="Register for early access")).to_be_visible()
    return page


async def registered(visitor: Visitor, show: Show) -> str:
    """The address of somebody who has registered for two tickets."""
    email = f"{uuid4().hex}@example.org"
    page = await registering(visitor, show)
    await page.get_by_label("How many tickets").select_option("2")
    await say_who(page, email)
    assert await shortcomings(page) == []
    await page.get_by_role("button", name="Register").click()
    await expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    return email


async def mailed(visitor: Visitor, seller: Seller, email: str, *, about: str) -> Page:
    """The registration, by the link in the mail."""
    link = await Mailbox(seller.client).link(email, about=about, path="/early-access/")
    await visitor.open(re.sub(r"^https?://[^/]+", "", link))
    return visitor.page


async def test_who_registers_and_confirms_buys_before_everybody_else(
    visit: Visit, seller: Seller
) -> None:
    show = await before_the_sale(seller)
    ada, owner = await visit(), await visit()
    email = await registered(ada, show)
    page = await mailed(ada, seller, email, about="Confirm your registration")
    await page.get_by_role("button", name="Confirm my registration").click()
    title = page.get_by_role("heading", name="You are registered for early access")
    await expect(title).to_be_visible()

    await give_early_access(seller, show, closes=-MINUTE)
    await seller.send("POST", f"/events/{show.id}/presale/draw")
    await owner.sign_in(seller.owner)
    await owner.open(f"/organizer/{seller.slug}/events/{show.id}/early-access")
    desk = owner.page
    await expect(desk.get_by_text("Has early access")).to_be_visible()
    assert await shortcomings(desk) == []

    page = await mailed(ada, seller, email, about="You have early access")
    assert await shortcomings(page) == []
    await page.get_by_role("link", name="Buy tickets now").click()
    await expect(page.get_by_text("Up to 2 tickets until")).to_be_visible()
    await buy_button(page, "Get free tickets").click()
    await expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
    await say_who(page, email)
    await page.get_by_role("button", name="Get free ticket").click()
    await expect(qr(page)).to_be_visible()
    await desk.reload()
    await expect(desk.get_by_text("1 of those are bought")).to_be_visible()
