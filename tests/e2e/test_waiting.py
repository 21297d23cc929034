"""Somebody waits for what is sold out, is offered it and takes it; the team looks on."""

from playwright.async_api import expect

from tests.e2e.buying import qr
from tests.e2e.conftest import Visit
from tests.e2e.waiting import joined, mailed_place, more_places, sold_out_with_list
from tests.support.accessibility import shortcomings
from tests.support.sellers import Seller


async def test_who_waited_takes_what_comes_free(visit: Visit, seller: Seller) -> None:
    show = await sold_out_with_list(seller)
    ada, owner = await visit(), await visit()
    email = await joined(ada, show)
    page = await mailed_place(ada, seller, email, about="waiting list")
    await expect(page.get_by_text("You are next.")).to_be_visible()
    assert await shortcomings(page) == []

    await owner.sign_in(seller.owner)
    await owner.open(f"/organizer/{seller.slug}/events/{show.id}/waitlist")
    desk = owner.page
    await expect(desk.get_by_text("1 person waits for 1 ticket, 0 have offers.")).to_be_visible()
    await expect(desk.get_by_text("Waiting, number 1")).to_be_visible()
    assert await shortcomings(desk) == []

    await more_places(seller, show, 2)
    page = await mailed_place(ada, seller, email, about="Your turn")
    offer = page.get_by_role("region", name="Your offer")
    await expect(offer.get_by_text("Standing")).to_be_visible()
    assert await shortcomings(page) == []
    await offer.get_by_role("button", name="Take my tickets").click()
    await expect(qr(page)).to_be_visible()
    await desk.reload()
    await expect(desk.get_by_text("Took the offer")).to_be_visible()


async def test_what_is_paid_for_goes_through_the_checkout(visit: Visit, seller: Seller) -> None:
    show = await sold_out_with_list(seller, price=4000)
    ada = await visit()
    email = await joined(ada, show, quantity=2)
    await more_places(seller, show, 3)
    page = await mailed_place(ada, seller, email, about="Your turn")
    await expect(page.get_by_text("€80.00")).to_be_visible()
    await page.get_by_role("button", name="Take my tickets").click()
    await expect(page.get_by_role("radio").first).to_be_visible()
    await page.get_by_role("button", name="Pay").click()
    await expect(qr(page).first).to_be_visible()
