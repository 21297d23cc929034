"""People who wait, in a browser."""

import re
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.support.mailbox import Mailbox
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor


async def sold_out_with_list(seller: Seller, *, price: int = 0) -> Show:
    """One free ticket, which somebody has, and a list for what comes free; then the price."""
    show = await seller.show(Kind("Standing", quantity=1), title="Gone already")
    await seller.sale(show, email="grace@example.org")
    await seller.send("PATCH", f"/events/{show.id}/ticket-types/{show.kinds[0]}", {"price": price})
    await seller.send("PATCH", f"/events/{show.id}/waitlist-settings", {"is_open": True})
    return show


async def joining(visitor: Visitor, show: Show) -> Page:
    """The form, from the event's page."""
    await visitor.open(show.path)
    page = visitor.page
    await page.locator("#tickets").get_by_role("link", name="Join the waiting list").click()
    await expect(page.get_by_role("heading", name="Join the waiting list")).to_be_visible()
    return page


async def joined(visitor: Visitor, show: Show, *, quantity: int = 1) -> str:
    """The address of somebody who has joined."""
    email = f"{uuid4().hex}@example.org"
    page = await joining(visitor, show)
    await page.get_by_label("How many tickets").select_option(str(quantity))
    await page.get_by_label("Full name").fill("Ada Lovelace")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("button", name="Join the waiting list").click()
    await expect(page.get_by_role("heading", name="You are on the list")).to_be_visible()
    return email


async def mailed_place(visitor: Visitor, seller: Seller, email: str, *, about: str) -> Page:
    """The place in line, by the link in the mail."""
    link = await Mailbox(seller.client).link(email, about=about, path="/waitlist/")
    await visitor.open(re.sub(r"^https?://[^/]+", "", link))
    return visitor.page


async def more_places(seller: Seller, show: Show, capacity: int) -> None:
    """The organizer finds more room."""
    event = await seller.send("GET", f"/events/{show.id}")
    (quota,) = event["quotas"]
    await seller.send("PATCH", f"/events/{show.id}/quotas/{quota['id']}", {"capacity": capacity})
