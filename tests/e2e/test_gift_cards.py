"""A buyer pays with a gift card."""

from playwright.async_api import expect

from tests.e2e.buying import hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accessibility import shortcomings
from tests.support.sellers import Kind, Seller


async def test_a_gift_card_pays_half_and_another_card_the_rest(
    visit: Visit, seller: Seller
) -> None:
    show = await seller.show(Kind("Standing", 4000))
    value = {"amount": 2000, "currency": "EUR"}
    made = await seller.send("POST", "/gift-cards", {"value": value})
    page = await hold(await visit(), show)
    await page.get_by_role("button", name="I have a gift card").click()
    await page.get_by_label("Gift card code").fill(made["code"].lower())
    await page.get_by_label("Gift card code").press("Enter")
    await expect(page.get_by_text("Still to pay")).to_be_visible()
    assert await shortcomings(page) == []
    await say_who(page)
    await page.get_by_role("button", name="Pay €20.00").click()
    await expect(qr(page)).to_be_visible()
    await expect(page.get_by_text(f"Gift card …{made['card']['code_end']}")).to_be_visible()
    await expect(page.get_by_text("Paid otherwise")).to_be_visible()
