"""A ticket changes hands: two browsers, two mails, one door."""

from playwright.async_api import Page, expect

from tests.e2e.buying import hold, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.accessibility import shortcomings
from tests.support.mailbox import Mailbox
from tests.support.sellers import Kind, Seller
from tests.support.visitors import PHONE


async def test_a_ticket_is_given_on_by_mail_and_the_givers_code_disappears(
    visit: Visit, seller: Seller, mailbox: Mailbox
) -> None:
    show = await seller.show(Kind("Standing", 4000))
    await seller.send("PUT", f"/events/{show.id}/order-policy", {"returns": {"allowed": True}})
    eves = f"eve-{seller.slug}@example.org"
    page = await hold(await visit(), show)
    await say_who(page)
    await page.get_by_role("button", name="Pay €40.00").click()
    await expect(qr(page)).to_be_visible()
    await page.get_by_role("button", name="Offer it back").click()
    await expect(page.get_by_text("Offered until")).to_be_visible()
    assert await shortcomings(page) == []
    await page.get_by_role("button", name="Keep it").click()
    await page.get_by_role("button", name="Give to somebody").click()
    await page.get_by_label("e-mail address").fill(eves)
    await page.get_by_role("button", name="Send the offer").click()
    await expect(page.get_by_text(f"Offered to {eves}")).to_be_visible()

    link = await mailbox.link(eves, about="gives you a ticket", path="/transfers/")
    eve = await visit(width=PHONE)
    await eve.open(link.removeprefix(eve.origin))
    await _take(eve.page)
    assert await shortcomings(eve.page) == []

    await page.reload()
    await expect(page.get_by_text("Given to Eve Adams")).to_be_visible()
    await expect(qr(page)).not_to_be_visible()


async def _take(page: Page) -> None:
    await expect(
        page.get_by_role("heading", name="Ada Lovelace gives you a ticket")
    ).to_be_visible()
    assert await shortcomings(page) == []
    await page.get_by_label("Your name").fill("Eve Adams")
    await page.get_by_role("button", name="Take the ticket").click()
    await expect(page.get_by_role("img", name="QR code of your ticket")).to_be_visible()
