"""Tickets for several events of an organizer: one checkout, one payment, and all of them after."""

from playwright.async_api import expect

from tests.e2e.buying import buy_button, hold, say_who
from tests.e2e.conftest import Visit
from tests.support.accessibility import shortcomings
from tests.support.sellers import Kind, Seller


async def test_two_events_are_bought_together_with_a_voucher_for_one_of_them(
    visit: Visit, seller: Seller
) -> None:
    bus = await seller.show(Kind("Seat", price=4200), title="Night Bus")
    boat = await seller.show(Kind("Deck", price=3000), title="Day Boat")
    terms = {"code": "BOAT", "effect": "amount", "value": 1000, "max_uses": 5}
    await seller.send("POST", f"/events/{boat.id}/vouchers", terms)
    page = await hold(await visit(), bus)
    await page.goto(page.url.partition("/checkout")[0] + boat.path)
    await buy_button(page).click()
    await expect(page.get_by_role("region", name="Night Bus")).to_be_visible()
    await say_who(page)
    part = page.get_by_role("region", name="Day Boat")
    await part.get_by_role("button", name="I have a voucher").click()
    assert await shortcomings(page) == []
    await part.get_by_label("Voucher code").fill("boat")
    await part.get_by_role("button", name="Apply").click()
    await expect(part.get_by_role("button", name="Take voucher BOAT off")).to_be_visible()
    await page.get_by_role("button", name="Pay €62.00").click()
    await expect(page.get_by_role("list", name="Tickets for Day Boat")).to_be_visible()
    await expect(page.get_by_role("list", name="Tickets for Night Bus")).to_be_visible()
    assert await shortcomings(page) == []
