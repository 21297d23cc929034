"""Cards that do not work at once."""

from playwright.async_api import Route, expect

from tests.e2e.buying import expect_who, hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.sellers import Kind, Seller


async def test_after_a_declined_card_another_one_pays_and_nothing_is_typed_again(
    visit: Visit, seller: Seller
) -> None:
    visitor = await visit(expecting={402})
    page = await hold(visitor, await seller.show(Kind("Standing", 4000)))
    await say_who(page)
    await page.get_by_role("radio", name="A card that is declined").check()
    await page.get_by_role("button", name="Pay €40.00").click()
    told = page.get_by_role("alert")
    await expect(told).to_contain_text("You were not charged")
    await expect(told).to_be_in_viewport()
    await expect_who(page)
    await page.get_by_role("radio", name="A card that works").check()
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page)).to_be_visible()


async def test_a_slow_bank_keeps_the_buyer_informed_until_the_ticket_is_there(
    visit: Visit, seller: Seller
) -> None:
    page = await hold(await visit(), await seller.show(Kind("Standing", 4000)))
    await say_who(page)
    await page.get_by_role("radio", name="A card that takes a few seconds").check()
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("payment")
    await expect(qr(page)).to_be_visible()


async def test_a_lost_answer_is_settled_without_a_second_charge(
    visit: Visit, seller: Seller
) -> None:
    visitor = await visit(expecting={"net::ERR_CONNECTION_RESET"})
    show = await seller.show(Kind("Standing", 4000))
    page = await hold(visitor, show)
    await say_who(page)

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort("connectionreset")

    await page.route("**/payments", lose, times=1)
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(page.get_by_text("checking whether you were charged")).to_be_visible()
    await expect(qr(page)).to_be_visible()
