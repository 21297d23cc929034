"""Variations, amounts of choice, tiers, headings and codes, as buyers and organizers see them."""

import pytest
from playwright.async_api import expect

from tests.e2e.buying import buy_button, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.sellers import Kind, Seller, Show
from tests.support.steadiness import steadiness, watch_steadiness
from tests.support.visitors import DESKTOP, PHONE

MOST_SHIFT = 0.02


async def fair(seller: Seller) -> Show:
    """An event with a type of every kind; the code FRIENDS reveals one more."""
    show = await seller.show(Kind("Early bird", 3000, 4), title="The fair of all tickets")
    event = f"/events/{show.id}"
    made = await seller.send("POST", f"{event}/ticket-categories", {"name": "Extras"})
    (extras,) = (one["id"] for one in made["categories"])
    types = f"{event}/ticket-types"
    regular = {"name": "Regular", "price": 4500, "quantity": 50, "opens_after_id": show.kinds[0]}
    await seller.send("POST", types, regular)
    hoodie = {"name": "Hoodie", "price": 3500, "quantity": 20, "category_id": extras}
    made = await seller.send("POST", types, hoodie)
    path = f"{types}/{made['ticket_types'][2]['id']}/variations"
    for variation in ({"name": "S"}, {"name": "XL", "price": 3900, "quantity": 3}):
        await seller.send("POST", path, variation)
    gift = {
        "name": "Donation", "price": 500, "quantity": 100, "category_id": extras,
        "pricing": "open", "suggested_price": 1250, "description": "Keeps the roof on.",
    }  # fmt: skip
    await seller.send("POST", types, gift)
    friends = {
        "name": "Friends of the house", "price": 1000, "quantity": 10,
        "visibility": "hidden", "access_code": "FRIENDS",
    }  # fmt: skip
    await seller.send("POST", types, friends)
    return show


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_page_with_every_kind_of_ticket_stands_still(
    visit: Visit, seller: Seller, width: int
) -> None:
    show = await fair(seller)
    visitor = await visit(width=width)
    await watch_steadiness(visitor.page)
    await visitor.open(show.path)
    page = visitor.page
    await expect(page.get_by_text("Opens when Early bird is sold out or over")).to_be_visible()
    await expect(page.get_by_text("Friends of the house")).to_have_count(0)
    assert (await steadiness(page)).shifted <= MOST_SHIFT


async def test_a_buyer_takes_a_variation_and_an_amount_of_choice_with_a_code(
    visit: Visit, seller: Seller
) -> None:
    show = await fair(seller)
    visitor = await visit(width=PHONE)
    page = visitor.page
    await visitor.open(f"{show.path}?code=friends")
    await page.get_by_role("button", name="One Friends of the house more").click()
    await page.get_by_role("button", name="One Hoodie · XL more").click()
    await page.get_by_role("button", name="One Donation more").click()
    await page.get_by_label("You give, in EUR: Donation").fill("20")
    await expect(page.locator("#tickets output")).to_have_text("€69.00")
    await buy_button(page).click()
    await say_who(page)
    await page.get_by_role("button", name="Pay €69.00").click()
    await expect(qr(page).first).to_be_visible()
    await expect(page.get_by_text("Hoodie · XL").first).to_be_visible()


async def test_a_code_that_is_wrong_says_so(visit: Visit, seller: Seller) -> None:
    show = await fair(seller)
    visitor = await visit(expecting={404})
    page = visitor.page
    await visitor.open(show.path)
    await page.get_by_text("I have a code").click()
    await page.get_by_label("Code", exact=True).fill("FREINDS")
    await page.get_by_role("button", name="Show tickets").click()
    await expect(page.get_by_text("This code reveals no tickets")).to_be_visible()


async def test_an_organizer_adds_a_variation(visit: Visit, seller: Seller) -> None:
    show = await fair(seller)
    visitor = await visit()
    page = visitor.page
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}/events/{show.id}")
    await page.get_by_role("button", name="Add variation to Hoodie").click()
    form = page.get_by_role("form", name="New variation")
    await form.get_by_label("Name").fill("M")
    await form.get_by_role("button", name="Add variation").click()
    shown = page.get_by_role("list", name="Variations of Hoodie")
    await expect(shown.get_by_role("button", name="Edit M")).to_be_visible()
