"""Tickets for several dates of an event, as buyers get them: one order, one payment."""

from datetime import datetime, timedelta

from playwright.async_api import expect

from tests.e2e.buying import buy_button, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accessibility import shortcomings
from tests.support.sellers import Kind, Seller, Show


async def weekly(seller: Seller) -> Show:
    """A workshop that takes place on two days, the second one the day after."""
    show = await seller.show(Kind("Place", 2000), title="Two evenings of clay")
    event = await seller.send("GET", f"/events/{show.id}")
    first = event["occurrences"][0]

    def later(instant: str) -> str:
        return (datetime.fromisoformat(instant) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    times = {"starts_at": later(first["starts_at"]), "ends_at": later(first["ends_at"])}
    await seller.send("POST", f"/events/{show.id}/occurrences", times)
    return show


async def test_a_buyer_takes_tickets_for_two_dates_in_one_order(
    visit: Visit, seller: Seller
) -> None:
    show = await weekly(seller)
    visitor = await visit()
    page = visitor.page
    await visitor.open(show.path)
    await page.get_by_role("button", name="Add another date").click()
    others = page.get_by_role("region", name="Other dates in this order")
    await expect(others).to_contain_text("Place")
    await page.get_by_role("radio", disabled=False).last.check()
    await page.get_by_role("button", name="One Place more").click()
    await expect(page.locator("#tickets output")).to_have_text("€40.00")
    assert await shortcomings(page) == []
    await buy_button(page).click()
    await say_who(page)
    await expect(page.get_by_text("2 dates")).to_be_visible()
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page, 1)).to_be_visible()
    await expect(qr(page, 2)).to_be_attached()


async def test_a_buyer_takes_tickets_for_two_events_and_pays_once(
    visit: Visit, seller: Seller
) -> None:
    """B7: the second event is added to what is held; one countdown, one form, one charge."""
    first = await seller.show(Kind("Seat", 2000), title="Clay for beginners")
    second = await seller.show(Kind("Seat", 1500), title="Glazes and fire")
    visitor = await visit()
    page = visitor.page
    await visitor.open(first.path)
    await buy_button(page).click()
    await expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
    await visitor.open(second.path)
    await expect(page.get_by_text("added to your order: Clay for beginners")).to_be_visible()
    await buy_button(page).click()
    for show in ("Clay for beginners", "Glazes and fire"):
        await expect(page.get_by_role("region", name=show)).to_be_visible()
    await say_who(page)
    assert await shortcomings(page) == []
    await page.get_by_role("button", name="Pay €35.00").click()
    for show in ("Clay for beginners", "Glazes and fire"):
        await expect(page.get_by_role("list", name=f"Tickets for {show}")).to_be_visible()
    assert await shortcomings(page) == []
