"""Events that run out of tickets."""

from playwright.async_api import expect

from tests.e2e.buying import buy_button
from tests.e2e.conftest import Visit
from tests.support.sellers import Kind, Seller


async def test_a_sold_out_event_says_so_and_sells_nothing(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", quantity=1), title="Gone in a minute")
    await seller.sale(show, email="grace@example.org")
    visitor = await visit()
    await visitor.open(show.path)
    await expect(visitor.page.locator("#tickets")).to_contain_text("Every ticket is gone")
    await expect(visitor.page.get_by_role("button", name="Get free tickets")).to_have_count(0)


async def test_the_list_of_events_says_so_too(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", quantity=1), title="Zwölf Minuten")
    await seller.sale(show, email="grace@example.org")
    visitor = await visit()
    await visitor.open(f"/o/{seller.slug}")
    card = visitor.page.get_by_role("listitem").filter(has_text=show.title)
    await expect(card).to_contain_text("Sold out")


async def test_whoever_loses_the_race_for_the_last_ticket_is_told_what_is_left(
    visit: Visit, seller: Seller
) -> None:
    show = await seller.show(Kind("Balcony", quantity=1), Kind("Standing"))
    visitor = await visit(expecting={409})
    await visitor.open(show.path)
    page = visitor.page
    await page.get_by_role("button", name="One Balcony more").click()
    await seller.sale(show, email="grace@example.org")
    await buy_button(page, "Get free tickets").click()
    await expect(page.get_by_role("alert")).to_contain_text("not enough tickets left")
    await expect(page.get_by_role("listitem").filter(has_text="Balcony")).to_contain_text(
        "Sold out"
    )
    await page.get_by_role("button", name="One Standing more").click()
    await buy_button(page, "Get free tickets").click()
    await expect(page.get_by_role("heading", name="Checkout")).to_be_visible()


async def test_the_last_tickets_are_counted(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing", 4000, quantity=3))
    visitor = await visit()
    await visitor.open(show.path)
    await expect(visitor.page.get_by_text("Only 3 left")).to_be_visible()
    await visitor.page.get_by_label("How many: Standing").fill("7")
    await expect(visitor.page.get_by_label("How many: Standing")).to_have_value("3")
