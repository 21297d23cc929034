"""Every page worth looking at, as a way to get there."""

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from playwright.async_api import Page, expect

from tests.e2e.buying import hold, qr, say_who
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import Visitor

Going = Callable[[Visitor, Seller], Awaitable[Page]]


class Scene(NamedTuple):
    """`expecting` are the statuses of 400 and above that the page is about."""

    go: Going
    expecting: frozenset[int] = frozenset()


async def _show(seller: Seller) -> Show:
    return await seller.show(
        Kind("Balcony", 6450, 30), Kind("Standing", 4000, 4), Kind("Under 12", 0),
        title="The long quiet evening", summary="Two hours of very little, played well.",
        description="Doors open at six.\n\nBring a cushion.", category="music",
    )  # fmt: skip


def _at(path: str) -> Going:
    async def go(visitor: Visitor, _seller: Seller) -> Page:
        await visitor.open(path)
        return visitor.page

    return go


async def _discover(visitor: Visitor, seller: Seller) -> Page:
    await _show(seller)
    sold_out = await seller.show(Kind("Standing", quantity=1), title="Gone already")
    await seller.sale(sold_out, email="grace@example.org")
    await visitor.open("/")
    return visitor.page


async def _event(visitor: Visitor, seller: Seller) -> Page:
    await visitor.open((await _show(seller)).path)
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


async def _withdrawn(visitor: Visitor, seller: Seller) -> Page:
    show = await _show(seller)
    await seller.send("POST", f"/events/{show.id}/unpublish")
    await visitor.open(show.path)
    return visitor.page


async def _profile(visitor: Visitor, seller: Seller) -> Page:
    await _show(seller)
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


BUYERS: Mapping[str, Scene] = {
    "discover": Scene(_discover),
    "nothing found": Scene(_at("/?q=zzzzzz&free=true")),
    "event": Scene(_event),
    "nothing chosen": Scene(_nothing_chosen),
    "sold out": Scene(_sold_out),
    "profile": Scene(_profile),
    "checkout": Scene(_checkout),
    "mistakes": Scene(_mistakes),
    "declined": Scene(_declined, frozenset({402})),
    "held elsewhere": Scene(_held_elsewhere),
    "confirmed": Scene(_confirmed),
    "asking": Scene(_asking),
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


async def _desk(visitor: Visitor, seller: Seller, path: str = "") -> Page:
    await visitor.sign_in(seller.owner)
    await visitor.open(f"/organizer/{seller.slug}{path}")
    return visitor.page


def _desk_at(path: str) -> Going:
    async def go(visitor: Visitor, seller: Seller) -> Page:
        return await _desk(visitor, seller, path)

    return go


async def _choose(visitor: Visitor, seller: Seller) -> Page:
    await visitor.sign_in(seller.owner)
    await visitor.open("/organizer?new=1")
    await expect(visitor.page.get_by_role("button", name="Create organizer")).to_be_visible()
    return visitor.page


async def _events(visitor: Visitor, seller: Seller) -> Page:
    show = await _show(seller)
    await seller.sale(show, quantity=3, email="grace@example.org", kind=2)
    await seller.draft(Kind("Standing"), title="Not announced yet")
    page = await _desk(visitor, seller)
    await expect(page.get_by_text("Not announced yet")).to_be_visible()
    return page


async def _new_event_mistakes(visitor: Visitor, seller: Seller) -> Page:
    page = await _desk(visitor, seller, "/events/new")
    await page.get_by_role("button", name="Create draft").click()
    await expect(page.get_by_role("link", name="Give the event a title.")).to_be_visible()
    return page


async def _draft(visitor: Visitor, seller: Seller) -> Page:
    draft = await seller.draft(title="Not quite ready")
    page = await _desk(visitor, seller, f"/events/{draft.id}")
    await expect(page.get_by_role("link", name="Add a ticket type")).to_be_visible()
    return page


async def _published(visitor: Visitor, seller: Seller) -> Page:
    show = await _show(seller)
    page = await _desk(visitor, seller, f"/events/{show.id}")
    await page.get_by_role("button", name="Edit Balcony").click()
    await expect(page.get_by_role("form", name="Change Balcony")).to_be_visible()
    return page


async def _orders(visitor: Visitor, seller: Seller) -> Page:
    await seller.sale(await _show(seller), email="grace@example.org", kind=2)
    page = await _desk(visitor, seller, "/orders")
    await expect(page.get_by_text("Grace Hopper")).to_be_visible()
    return page


async def _order(visitor: Visitor, seller: Seller) -> Page:
    order = await seller.sale(await _show(seller), email="grace@example.org", kind=2)
    page = await _desk(visitor, seller, f"/orders/{order['id']}")
    await expect(page.get_by_role("heading", name="Buyer and payment")).to_be_visible()
    return page


async def _door(visitor: Visitor, seller: Seller) -> Page:
    show = await _show(seller)
    page = await _desk(visitor, seller, f"/scan?event={show.id}")
    await expect(page.get_by_label("Ticket code")).to_be_visible()
    return page


async def _refused(visitor: Visitor, seller: Seller) -> Page:
    page = await _door(visitor, seller)
    await page.get_by_label("Ticket code").fill("nonsense")
    await page.get_by_role("button", name="Check").click()
    await expect(page.get_by_role("button", name="Next guest")).to_be_visible()
    return page


async def _inbox(visitor: Visitor, seller: Seller) -> Page:
    order = await seller.sale(await _show(seller), email="grace@example.org", kind=2)
    asked = await seller.send(
        "POST", f"/orders/{order['id']}/conversations", {"message": "Is there a cloakroom?"}
    )
    page = await _desk(visitor, seller, f"/help/{asked['id']}")
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
    "no orders": Scene(_desk_at("/orders")),
    "orders": Scene(_orders),
    "order": Scene(_order),
    "which door": Scene(_desk_at("/scan")),
    "door": Scene(_door),
    "refused at the door": Scene(_refused),
    "empty inbox": Scene(_desk_at("/help")),
    "inbox": Scene(_inbox),
    "not theirs": Scene(_not_theirs),
    "unknown place": Scene(_desk_at("/nowhere")),
}
