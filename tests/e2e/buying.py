"""The steps of a purchase, as a buyer names them."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.support.sellers import Show
from tests.support.visitors import Visitor

ADA = ("ada@example.org", "Ada Lovelace")


async def hold(visitor: Visitor, show: Show, *, button: str = "Get tickets") -> Page:
    """From the event's page to the checkout, with one ticket of its only kind."""
    await visitor.open(show.path)
    await buy_button(visitor.page, button).click()
    await expect(visitor.page.get_by_role("heading", name="Checkout")).to_be_visible()
    return visitor.page


def buy_button(page: Page, name: str = "Get tickets") -> Locator:
    """The one beside the tickets; phones have another in a bar."""
    return page.locator("#tickets").get_by_role("button", name=name, exact=True)


async def say_who(page: Page, email: str = ADA[0], name: str = ADA[1]) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Full name").fill(name)


async def expect_who(page: Page, email: str = ADA[0], name: str = ADA[1]) -> None:
    await expect(page.get_by_label("E-mail")).to_have_value(email)
    await expect(page.get_by_label("Full name")).to_have_value(name)


def qr(page: Page, number: int = 1) -> Locator:
    return page.get_by_role("img", name=f"QR code of ticket {number}")


async def order_of(page: Page, visitor: Visitor) -> dict[str, Any]:
    """The order whose checkout or confirmation is open, as its holder may read it."""
    answer = await visitor.context.request.get(f"/api/v1/order-links/{token_of(page)}")
    assert answer.ok, await answer.text()
    return await answer.json()


def token_of(page: Page) -> str:
    return page.url.rpartition("/")[2]
