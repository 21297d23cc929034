"""Somebody applies for a ticket, the organizer decides, and it is paid."""

from playwright.async_api import Page, expect

from tests.e2e.buying import hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accessibility import shortcomings
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor


async def asked_for(seller: Seller) -> Show:
    """A show whose tickets need approval."""
    show = await seller.show(Kind("Residency", 4000), title="Three quiet weeks")
    path = f"/events/{show.id}/ticket-types/{show.kinds[0]}"
    await seller.send("PATCH", path, {"needs_approval": True})
    return show


async def applied(visitor: Visitor, show: Show) -> Page:
    """The order's page, once the application has arrived."""
    page = await hold(visitor, show)
    await say_who(page)
    await page.get_by_label("A few words to the organizer").fill("I bring my own cushion.")
    await page.get_by_role("button", name="Send application").click()
    title = page.get_by_role("heading", name="The organizer has your application")
    await expect(title).to_be_visible()
    return page


async def test_who_applies_is_approved_and_pays(visit: Visit, seller: Seller) -> None:
    ada, owner = await visit(), await visit()
    page = await applied(ada, await asked_for(seller))
    assert await shortcomings(page) == []
    await owner.sign_in(seller.owner)
    await owner.open(f"/organizer/{seller.slug}/applications")
    desk = owner.page
    await expect(desk.get_by_text("I bring my own cushion.")).to_be_visible()
    assert await shortcomings(desk) == []
    await desk.get_by_role("button", name="Approve").click()
    dialog = desk.get_by_role("dialog")
    await dialog.get_by_label("A few words to them").fill("Bring two.")
    await dialog.get_by_role("button", name="Approve").click()
    await expect(desk.get_by_text("Nobody waits for your decision")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Bring two.")).to_be_visible()
    assert await shortcomings(page) == []
    await page.get_by_role("link", name="Pay €40.00").click()
    await page.get_by_role("button", name="Pay").click()
    await expect(qr(page)).to_be_visible()


async def test_who_applies_with_a_card_is_charged_once_approved(
    visit: Visit, seller: Seller
) -> None:
    """Also the organizer's choice of it, made on the page of the event's terms."""
    show = await asked_for(seller)
    ada, owner = await visit(), await visit()
    await owner.sign_in(seller.owner)
    await owner.open(f"/organizer/{seller.slug}/events/{show.id}/order-policy")
    desk = owner.page
    await desk.get_by_label("Whoever applies gives a card").check()
    await desk.get_by_role("button", name="Set these terms").click()
    await expect(desk.get_by_text("Saved. It counts from now on.").first).to_be_visible()
    assert await shortcomings(desk) == []
    page = await hold(ada, show)
    await say_who(page)
    assert await shortcomings(page) == []
    await page.get_by_role("button", name="Send application").click()
    await expect(page.get_by_text("€40.00").first).to_be_visible()
    title = page.get_by_role("heading", name="The organizer has your application")
    await expect(title).to_be_visible()
    assert await shortcomings(page) == []
    await owner.open(f"/organizer/{seller.slug}/applications")
    await desk.get_by_role("button", name="Approve").click()
    await desk.get_by_role("dialog").get_by_role("button", name="Approve").click()
    await expect(desk.get_by_text("Nobody waits for your decision")).to_be_visible()
    await page.reload()
    await expect(qr(page)).to_be_visible()
