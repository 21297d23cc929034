"""Pages about what is sold: dates, questions, waiting lists, and halls with seats."""

from playwright.async_api import Page, expect

from boxoffice.services.events.rules.seats.plans import exported
from tests.e2e.scenes import Scene, desk, long_evening
from tests.support.halls import plan_of
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor

HALL = ["......aacc......", "................", "BBBBBBBBBBBBBBBB", "BBBBBBBBBBBBBBBB"]


async def seated_show(seller: Seller) -> Show:
    """A drawn hall with two categories, two of its seats blocked."""
    show = await seller.show(Kind("Stalls", 6450), Kind("Circle", 4000), title="Seated and quiet")
    hall = await seller.send("POST", "/seat-maps", {"plan": exported(plan_of(HALL))})
    kinds = dict(zip("AB", show.kinds, strict=True))
    attachment = {"seat_map_id": hall["id"], "categories": kinds}
    await seller.send("PUT", f"/events/{show.id}/seating", attachment)
    return show


async def _dates(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    page = await desk(visitor, seller, f"/events/{show.id}/dates")
    of_a_date = page.get_by_role("listitem").get_by_role("link", name="Postpone or cancel")
    await expect(of_a_date).to_be_visible()
    return page


async def _change(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    await seller.sale(show, email="grace@example.org", kind=2)
    page = await desk(visitor, seller, f"/events/{show.id}/change")
    await expect(page.get_by_role("heading", name="Postpone or cancel")).to_be_visible()
    return page


async def _questions(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    diet = {"label": "What do you eat?", "kind": "one_of", "options": ["Anything", "Plants"]}
    await seller.send("POST", f"/events/{show.id}/questions", diet)
    page = await desk(visitor, seller, f"/events/{show.id}/questions")
    await expect(page.get_by_text("What do you eat?").first).to_be_visible()
    return page


async def _waitlist(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    await seller.send("PATCH", f"/events/{show.id}/waitlist-settings", {"is_open": True})
    page = await desk(visitor, seller, f"/events/{show.id}/waitlist")
    await expect(page.get_by_role("heading", name="Waiting list")).to_be_visible()
    return page


async def _voucher_seats(visitor: Visitor, seller: Seller) -> Page:
    show = await seated_show(seller)
    page = await desk(visitor, seller, f"/events/{show.id}/vouchers")
    await page.get_by_role("button", name="New vouchers").click()
    await page.get_by_role("button", name="Only for certain seats").click()
    await page.get_by_text("free").first.click()
    await page.get_by_role("button", name="seat 1: free").first.click()
    await expect(page.get_by_text("Only for 1 chosen seat")).to_be_visible()
    return page


async def _early_access(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    terms = {"opens_at": "2027-01-01T09:00:00Z", "closes_at": "2027-01-08T09:00:00Z",
             "window_starts_at": "2027-01-09T09:00:00Z"}  # fmt: skip
    await seller.send("PUT", f"/events/{show.id}/presale", terms)
    page = await desk(visitor, seller, f"/events/{show.id}/early-access")
    await page.get_by_role("button", name="Change").click()
    await expect(page.get_by_label("Registration opens")).to_be_visible()
    return page


async def _seat_maps(visitor: Visitor, seller: Seller) -> Page:
    await seated_show(seller)
    page = await desk(visitor, seller, "/seat-maps")
    await expect(page.get_by_text("Drawn").first).to_be_visible()
    return page


async def _event_seats(visitor: Visitor, seller: Seller) -> Page:
    show = await seated_show(seller)
    page = await desk(visitor, seller, f"/events/{show.id}/seats")
    await expect(page.get_by_role("heading", name="Block seats")).to_be_visible()
    return page


async def _choosing_seats(visitor: Visitor, seller: Seller) -> Page:
    show = await seated_show(seller)
    await visitor.open(f"{show.path}/seats")
    await expect(visitor.page.get_by_role("heading", name="Choose your seats")).to_be_visible()
    return visitor.page


INVENTORY = {
    "seats of a voucher": Scene(_voucher_seats),
    "dates": Scene(_dates),
    "dates to change": Scene(_change),
    "questions": Scene(_questions),
    "waiting list": Scene(_waitlist),
    "early access": Scene(_early_access),
    "seat maps": Scene(_seat_maps),
    "seats of an event": Scene(_event_seats),
    "choosing seats": Scene(_choosing_seats),
}
