"""Bought orders change: staff move a seat, its buyer pays what it costs more; an order is split."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.inventory_scenes import seated_show
from tests.e2e.scenes import desk, long_evening
from tests.support.accessibility import shortcomings
from tests.support.sellers import Seller
from tests.support.visitors import PHONE


async def _open_ticket(page: Page) -> None:
    await page.get_by_role("button", name="Change tickets").click()
    await page.get_by_label("Change a ticket of the order").select_option(index=1)
    await expect(page.get_by_label("Seat")).to_be_visible()


async def test_staff_move_a_ticket_to_another_seat_and_a_gift_card_pays_a_part_of_a_dearer_one(
    visit: Visit, seller: Seller
) -> None:
    show = await seated_show(seller)
    order = await seller.sale(show, email="grace@example.org", kind=1)
    pay = f"/orders/{order['id']}/payments"
    await seller.send("POST", pay, {"source": "practice_ok"})
    page = await desk(await visit(), seller, f"/orders/{order['id']}")
    await _open_ticket(page)
    await page.get_by_label("Seat").select_option(index=1)
    await expect(page.get_by_text("Then")).to_be_visible()
    assert await shortcomings(page) == []
    await page.get_by_role("button", name="Change the order").click()
    await expect(page.get_by_text("Changed. The buyer gets a mail.")).to_be_visible()
    await _open_ticket(page)
    await page.get_by_label("Becomes").select_option("Stalls, €64.50")
    await page.get_by_label("Seat").select_option(index=1)
    await page.get_by_role("button", name="Ask the buyer for €24.50").click()
    await expect(page.get_by_role("button", name="Withdraw the change")).to_be_visible()
    assert await shortcomings(page) == []

    buyer = await visit(width=PHONE)
    await buyer.open(f"/orders/{order['token']}")
    await expect(buyer.page.get_by_text("Nothing changes until €24.50 is paid")).to_be_visible()
    value = {"amount": 2000, "currency": "EUR"}
    card = await seller.send("POST", "/gift-cards", {"value": value})
    await buyer.page.get_by_role("button", name="I have a gift card").click()
    await buyer.page.get_by_label("Gift card code").fill(card["code"])
    await buyer.page.get_by_label("Gift card code").press("Enter")
    await expect(buyer.page.get_by_text("Still to pay")).to_be_visible()
    assert await shortcomings(buyer.page) == []
    await buyer.page.get_by_role("button", name="Pay €4.50").click()
    await expect(buyer.page.get_by_text("Paid and changed.")).to_be_visible()
    await expect(buyer.page.get_by_text("Stalls").first).to_be_visible()


async def test_staff_split_an_order_after_a_preview_and_come_to_the_new_one(
    visit: Visit, seller: Seller
) -> None:
    show = await long_evening(seller)
    order = await seller.sale(show, email="grace@example.org", kind=0, quantity=3)
    await seller.send("POST", f"/orders/{order['id']}/payments", {"source": "practice_ok"})
    page = await desk(await visit(width=PHONE), seller, f"/orders/{order['id']}")
    await page.get_by_role("button", name="Split order").click()
    await page.get_by_label("Ticket 2: Balcony").check()
    await page.get_by_label("Whose order they become").select_option("other")
    await page.get_by_label("Full name").fill("Ada Lovelace")
    await page.get_by_label("E-mail").fill("ada@example.org")
    await expect(page.get_by_text("Money that goes along")).to_be_visible()
    assert await shortcomings(page) == []
    await page.get_by_role("button", name="Move 1 ticket to a new order").click()
    await expect(page.get_by_text("its buyer gets a mail.")).to_be_visible()
    await expect(page.get_by_text("Ada Lovelace").first).to_be_visible()
    await expect(page.get_by_role("heading", name=f"Order {order['code']}")).to_have_count(0)
    await page.get_by_role("link", name=order["code"]).click()
    await expect(page.get_by_text("Split: ticket 2 (Balcony) went into order")).to_be_visible()
    assert await shortcomings(page) == []
