"""Every page of organizers worth looking at, as a way to get there."""

from collections.abc import Mapping

from playwright.async_api import Page, expect

from tests.e2e.scenes import Going, Scene, days_with_extras, desk, long_evening
from tests.support.sellers import Kind, Seller
from tests.support.visitors import Visitor


def _desk_at(path: str) -> Going:
    async def go(visitor: Visitor, seller: Seller) -> Page:
        return await desk(visitor, seller, path)

    return go


async def _choose(visitor: Visitor, seller: Seller) -> Page:
    await visitor.sign_in(seller.owner)
    await visitor.open("/organizer?new=1")
    await expect(visitor.page.get_by_role("button", name="Create organizer")).to_be_visible()
    return visitor.page


async def _events(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    await seller.sale(show, quantity=3, email="grace@example.org", kind=2)
    await seller.draft(Kind("Standing"), title="Not announced yet")
    page = await desk(visitor, seller)
    await expect(page.get_by_text("Not announced yet")).to_be_visible()
    return page


async def _new_event_mistakes(visitor: Visitor, seller: Seller) -> Page:
    page = await desk(visitor, seller, "/events/new")
    await page.get_by_role("button", name="Create draft").click()
    await expect(page.get_by_role("link", name="Give the event a title.")).to_be_visible()
    return page


async def _draft(visitor: Visitor, seller: Seller) -> Page:
    draft = await seller.draft(title="Not quite ready")
    page = await desk(visitor, seller, f"/events/{draft.id}")
    await expect(page.get_by_role("link", name="Add a ticket type")).to_be_visible()
    return page


async def _published(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    page = await desk(visitor, seller, f"/events/{show.id}")
    await page.get_by_role("button", name="Edit Balcony").click()
    await expect(page.get_by_role("form", name="Change Balcony")).to_be_visible()
    return page


async def _extras(visitor: Visitor, seller: Seller) -> Page:
    show = await days_with_extras(seller)
    page = await desk(visitor, seller, f"/events/{show.id}")
    await expect(page.get_by_text("Meals: 1 to 3 of Lunch, Dinner; 1 included")).to_be_visible()
    await page.get_by_role("button", name="Add-ons and bundle of Day pass").click()
    form = page.get_by_role("form", name="What comes with Day pass")
    await form.get_by_role("button", name="Put something in").click()
    await page.evaluate("() => scrollTo(0, 0)")
    return page


async def _gift_cards(visitor: Visitor, seller: Seller) -> Page:
    value = {"amount": 5000, "currency": "EUR"}
    await seller.send("POST", "/gift-cards", {"value": value, "note": "Summer raffle"})
    page = await desk(visitor, seller, "/gift-cards")
    await page.get_by_role("button", name="New gift card").click()
    await page.get_by_role("button", name="Movements").click()
    await expect(page.get_by_text("Issued")).to_be_visible()
    await page.get_by_role("button", name="Adjust or void").click()
    await expect(page.get_by_label("What to do")).to_be_visible()
    return page


async def _prices(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    vat = {"name": "VAT 19 %", "rate": 19_000, "inclusive": True, "country": "DE"}
    tax = await seller.send("POST", "/tax-rules", vat)
    rules = {
        "tax_rule_id": tax["id"],
        "fees": [{"name": "Service fee", "fixed": 150, "per": "ticket"}],
        "discounts": [{"name": "Groups", "kind": "group", "count": 5, "percent": 10_000}],
    }
    await seller.send("PUT", f"/events/{show.id}/prices", rules)
    page = await desk(visitor, seller, f"/events/{show.id}/prices")
    await expect(page.get_by_text("Service fee").first).to_be_visible()
    return page


async def _vouchers(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    crew = {"code": "CREW-2027", "effect": "percent", "value": 50_000, "max_uses": 12}
    await seller.send("POST", f"/events/{show.id}/vouchers", crew)
    page = await desk(visitor, seller, f"/events/{show.id}/vouchers")
    await expect(page.get_by_text("CREW-2027").first).to_be_visible()
    return page


async def _orders(visitor: Visitor, seller: Seller) -> Page:
    await seller.sale(await long_evening(seller), email="grace@example.org", kind=2)
    page = await desk(visitor, seller, "/orders")
    await expect(page.get_by_text("Grace Hopper")).to_be_visible()
    return page


async def _order(visitor: Visitor, seller: Seller) -> Page:
    order = await seller.sale(await long_evening(seller), email="grace@example.org", kind=2)
    page = await desk(visitor, seller, f"/orders/{order['id']}")
    await expect(page.get_by_role("heading", name="Buyer and payment")).to_be_visible()
    return page


async def _cancelling(visitor: Visitor, seller: Seller) -> Page:
    page = await _order(visitor, seller)
    await page.get_by_role("button", name="Cancel tickets").click()
    await page.get_by_role("checkbox", name="Ticket 1").check()
    await page.get_by_text("Keep back (block)").click()
    await page.get_by_label("Reason of the block").fill("Camera platform")
    await expect(page.get_by_text("Not sold again: ")).to_be_visible()
    await expect(page.get_by_role("button", name="Cancel 1 ticket")).to_be_enabled()
    return page


async def _changing(visitor: Visitor, seller: Seller) -> Page:
    page = await _order(visitor, seller)
    await page.get_by_role("button", name="Change tickets").click()
    await page.get_by_label("Change a ticket of the order").select_option(index=1)
    await page.get_by_label("Becomes").select_option("Balcony, €64.50")
    await expect(page.get_by_role("button", name="Ask the buyer for")).to_be_visible()
    return page


async def _after_the_sale(visitor: Visitor, seller: Seller) -> Page:
    page = await _cancelling(visitor, seller)
    await page.get_by_label("Why").fill("The balcony is closed")
    await page.get_by_role("button", name="Cancel 1 ticket").click()
    await expect(page.get_by_text("Blocked as “Camera platform”")).to_be_visible()
    return page


async def _policy(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    page = await desk(visitor, seller, f"/events/{show.id}/order-policy")
    await page.get_by_label("Buyers cancel tickets themselves").click()
    await page.get_by_label("Days before it begins").fill("2")
    await page.get_by_label("Keep, percent").fill("10")
    await page.get_by_role("button", name="Add this step").click()
    await expect(page.get_by_text("until 2 days before it begins, for 10 %")).to_be_visible()
    await page.get_by_label("Buyers offer tickets back at face value").click()
    await expect(page.get_by_label("Hours before it begins")).to_have_count(3)
    return page


async def _door(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    page = await desk(visitor, seller, f"/scan?event={show.id}")
    await expect(page.get_by_label("Ticket code")).to_be_visible()
    return page


async def _refused(visitor: Visitor, seller: Seller) -> Page:
    page = await _door(visitor, seller)
    await page.get_by_label("Ticket code").fill("nonsense")
    await page.get_by_role("button", name="Check").click()
    await expect(page.get_by_role("button", name="Next guest")).to_be_visible()
    return page


async def _inbox(visitor: Visitor, seller: Seller) -> Page:
    order = await seller.sale(await long_evening(seller), email="grace@example.org", kind=2)
    asked = await seller.send(
        "POST", f"/orders/{order['id']}/conversations", {"message": "Is there a cloakroom?"}
    )
    page = await desk(visitor, seller, f"/help/{asked['id']}")
    await expect(page.get_by_label("Answer as")).to_be_visible()
    return page


async def _not_theirs(visitor: Visitor, seller: Seller) -> Page:
    await visitor.sign_in(seller.owner)
    await visitor.open("/organizer/somebody-else")
    await expect(visitor.page.get_by_role("heading", name="Not your organizer")).to_be_visible()
    return visitor.page


ORGANIZERS: Mapping[str, Scene] = {
    "choose": Scene(_choose),
    "nothing planned": Scene(_desk_at("")),
    "events": Scene(_events),
    "new event": Scene(_desk_at("/events/new")),
    "new event with mistakes": Scene(_new_event_mistakes),
    "draft": Scene(_draft),
    "published": Scene(_published),
    "add-ons set up": Scene(_extras),
    "prices": Scene(_prices),
    "vouchers": Scene(_vouchers),
    "gift cards": Scene(_gift_cards),
    "no orders": Scene(_desk_at("/orders")),
    "orders": Scene(_orders),
    "order": Scene(_order),
    "changing an order": Scene(_changing),
    "cancelling an order": Scene(_cancelling),
    "after the sale": Scene(_after_the_sale),
    "order policy": Scene(_policy),
    "which door": Scene(_desk_at("/scan")),
    "door": Scene(_door),
    "refused at the door": Scene(_refused),
    "empty inbox": Scene(_desk_at("/help")),
    "inbox": Scene(_inbox),
    "not theirs": Scene(_not_theirs),
    "unknown place": Scene(_desk_at("/nowhere")),
}
