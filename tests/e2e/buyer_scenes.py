"""Every page of buyers worth looking at, as a way to get there."""

from collections.abc import Mapping

from playwright.async_api import Page, expect

from tests.e2e.buying import buy_button, hold, qr, say_who
from tests.e2e.scenes import Going, Scene, days_with_extras, long_evening
from tests.e2e.waiting import joined, joining, mailed_place, sold_out_with_list
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor


def _at(path: str) -> Going:
    async def go(visitor: Visitor, _seller: Seller) -> Page:
        await visitor.open(path)
        return visitor.page

    return go


async def _discover(visitor: Visitor, seller: Seller) -> Page:
    await long_evening(seller)
    sold_out = await seller.show(Kind("Standing", quantity=1), title="Gone already")
    await seller.sale(sold_out, email="grace@example.org")
    await visitor.open("/")
    return visitor.page


async def _event(visitor: Visitor, seller: Seller) -> Page:
    await visitor.open((await long_evening(seller)).path)
    return visitor.page


async def _sold_out(visitor: Visitor, seller: Seller) -> Page:
    show = await seller.show(Kind("Standing", quantity=1), title="Gone already")
    await seller.sale(show, email="grace@example.org")
    await visitor.open(show.path)
    return visitor.page


async def _nothing_chosen(visitor: Visitor, seller: Seller) -> Page:
    page = await _event(visitor, seller)
    await page.locator("#tickets").get_by_role("button", name="Get tickets").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    return page


async def choose_extras(visitor: Visitor, seller: Seller) -> Page:
    """Two passes with a meal each, and a shirt with the second."""
    await visitor.open((await days_with_extras(seller)).path)
    page = visitor.page
    await page.get_by_role("button", name="One Day pass more").click()
    await page.get_by_role("button", name="One Lunch more").click()
    await page.get_by_role("button", name="One Day pass more").click()
    await page.get_by_role("checkbox", name="Shirt · M, ticket 2 of 2").check()
    await expect(page.locator("#tickets output").last).to_have_text("€195.00")
    return page


async def _with_extras(visitor: Visitor, seller: Seller) -> Page:
    """Bought, and one of them chosen to be cancelled with what came with it."""
    page = await choose_extras(visitor, seller)
    policy = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 1}]}}
    show = (await seller.send("GET", "/events"))["items"][0]
    await seller.send("PUT", f"/events/{show['id']}/order-policy", policy)
    await buy_button(page).click()
    await say_who(page)
    await page.get_by_role("button", name="Pay").click()
    await page.get_by_role("button", name="Choose tickets to cancel").click()
    await page.get_by_role("checkbox", name="Ticket 3").check()
    await expect(page.get_by_role("button", name="Cancel 3 items, €105.00 back")).to_be_visible()
    return page


async def _withdrawn(visitor: Visitor, seller: Seller) -> Page:
    show = await long_evening(seller)
    await seller.send("POST", f"/events/{show.id}/unpublish")
    await visitor.open(show.path)
    return visitor.page


async def _profile(visitor: Visitor, seller: Seller) -> Page:
    await long_evening(seller)
    await visitor.open(f"/o/{seller.slug}")
    return visitor.page


async def _checkout(visitor: Visitor, seller: Seller) -> Page:
    page = await hold(visitor, await seller.show(Kind("Standing", 4000)))
    await expect(page.get_by_role("radio").first).to_be_visible()
    return page


async def _mistakes(visitor: Visitor, seller: Seller) -> Page:
    page = await _checkout(visitor, seller)
    await page.get_by_role("button", name="Pay").click()
    await expect(page.get_by_role("link", name="Enter your full name.")).to_be_visible()
    return page


async def _declined(visitor: Visitor, seller: Seller) -> Page:
    page = await _checkout(visitor, seller)
    await say_who(page)
    await page.get_by_role("radio", name="A card that is declined").check()
    await page.get_by_role("button", name="Pay").click()
    await expect(page.get_by_text("You were not charged")).to_be_visible()
    return page


async def _held_elsewhere(visitor: Visitor, seller: Seller) -> Page:
    await _checkout(visitor, seller)
    await visitor.open("/")
    await expect(visitor.page.get_by_text("1 ticket held")).to_be_visible()
    return visitor.page


async def _confirmed(visitor: Visitor, seller: Seller) -> Page:
    page = await _checkout(visitor, seller)
    await say_who(page)
    await page.get_by_role("button", name="Pay").click()
    await expect(qr(page)).to_be_visible()
    return page


async def _asking(visitor: Visitor, seller: Seller) -> Page:
    page = await _confirmed(visitor, seller)
    await page.get_by_role("button", name="Ask the organizer").click()
    await page.get_by_label("What is it about?").fill("Is there a cloakroom?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_label("Write back")).to_be_visible()
    return page


async def _ticket(visitor: Visitor, seller: Seller) -> Page:
    page = await _confirmed(visitor, seller)
    await page.get_by_role("link", name="Show large").click()
    await expect(page.get_by_role("link", name="All about this order")).to_be_visible()
    return page


async def _my_tickets(visitor: Visitor, seller: Seller) -> Page:
    await _confirmed(visitor, seller)
    await visitor.open("/me/tickets")
    await expect(visitor.page.get_by_role("heading", name="Coming up")).to_be_visible()
    return visitor.page


async def _look_into_mail(visitor: Visitor, _seller: Seller) -> Page:
    await visitor.open("/find-order")
    await visitor.page.get_by_label("E-mail").fill("grace@example.org")
    await visitor.page.get_by_role("button", name="Mail me my orders").click()
    await expect(visitor.page.get_by_role("heading", name="Look into")).to_be_visible()
    return visitor.page


async def _sign_in_refused(visitor: Visitor, _seller: Seller) -> Page:
    await visitor.open("/signin")
    await visitor.page.get_by_label("E-mail").fill("grace@example.org")
    await visitor.page.get_by_label("Password").fill("wrong")
    await visitor.page.get_by_role("button", name="Sign in").click()
    await expect(visitor.page.get_by_role("alert")).to_be_visible()
    return visitor.page


async def _caught_mail(visitor: Visitor, seller: Seller) -> Page:
    await seller.sale(await seller.show(Kind("Standing")), email="grace@example.org")
    await visitor.open("/dev/mail")
    await expect(visitor.page.get_by_role("article").first).to_be_visible()
    return visitor.page


async def _allowing(seller: Seller) -> Show:
    """A show whose buyers may cancel for a fee, and offer tickets back."""
    show = await seller.show(Kind("Standing", 4000))
    steps = [{"hours_before": 48, "percent": 10_000}]
    policy = {
        "cancellation": {"allowed": True, "schedule": steps},
        "returns": {"allowed": True},
    }
    await seller.send("PUT", f"/events/{show.id}/order-policy", policy)
    return show


async def buy_and_cancel(visitor: Visitor, seller: Seller) -> Page:
    """Bought, and the ticket chosen to be cancelled."""
    page = await hold(visitor, await _allowing(seller))
    await say_who(page)
    await page.get_by_role("button", name="Pay").click()
    await page.get_by_role("button", name="Choose tickets to cancel").click()
    await page.get_by_role("checkbox", name="Ticket 1").check()
    await expect(page.get_by_role("button", name="Cancel 1 ticket, €36.00 back")).to_be_visible()
    return page


async def _cancelled(visitor: Visitor, seller: Seller) -> Page:
    page = await buy_and_cancel(visitor, seller)
    await page.get_by_role("button", name="Cancel 1 ticket").click()
    await expect(page.get_by_role("heading", name="This order is cancelled")).to_be_visible()
    return page


async def _giving(visitor: Visitor, seller: Seller) -> Page:
    page = await _confirmed(visitor, seller)
    await page.get_by_role("button", name="Give to somebody").click()
    await expect(page.get_by_role("button", name="Send the offer")).to_be_visible()
    return page


async def _joining(visitor: Visitor, seller: Seller) -> Page:
    return await joining(visitor, await sold_out_with_list(seller))


async def _place(visitor: Visitor, seller: Seller) -> Page:
    email = await joined(visitor, await sold_out_with_list(seller))
    return await mailed_place(visitor, seller, email, about="waiting list")


BUYERS: Mapping[str, Scene] = {
    "discover": Scene(_discover),
    "nothing found": Scene(_at("/?q=zzzzzz&free=true")),
    "event": Scene(_event),
    "nothing chosen": Scene(_nothing_chosen),
    "add-ons": Scene(choose_extras),
    "bought with add-ons": Scene(_with_extras),
    "sold out": Scene(_sold_out),
    "joining the waiting list": Scene(_joining),
    "waiting": Scene(_place),
    "profile": Scene(_profile),
    "checkout": Scene(_checkout),
    "mistakes": Scene(_mistakes),
    "declined": Scene(_declined, frozenset({402})),
    "held elsewhere": Scene(_held_elsewhere),
    "confirmed": Scene(_confirmed),
    "asking": Scene(_asking),
    "cancelling": Scene(buy_and_cancel),
    "cancelled": Scene(_cancelled),
    "giving on": Scene(_giving),
    "ticket": Scene(_ticket),
    "my tickets": Scene(_my_tickets),
    "no tickets": Scene(_at("/me/tickets")),
    "find order": Scene(_at("/find-order")),
    "look into mail": Scene(_look_into_mail),
    "sign in": Scene(_at("/signin")),
    "sign in refused": Scene(_sign_in_refused, frozenset({401})),
    "sign up": Scene(_at("/signup")),
    "bad link": Scene(_at("/verify-email?token=nonsense"), frozenset({422})),
    "caught mail": Scene(_caught_mail),
    "unknown": Scene(_at("/no/such/page"), frozenset({404})),
    "withdrawn": Scene(_withdrawn, frozenset({410})),
}
