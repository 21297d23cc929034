"""A buyer asks, the organizer answers, and both are told by mail."""

from playwright.async_api import expect

from tests.e2e.buying import qr
from tests.e2e.conftest import Visit
from tests.support.mailbox import Mailbox
from tests.support.sellers import Kind, Seller


async def test_a_question_about_an_order_is_answered_where_it_was_asked(
    visit: Visit, seller: Seller, mailbox: Mailbox
) -> None:
    show = await seller.show(Kind("Standing"))
    email = f"{seller.slug}@example.org"
    order = await seller.sale(show, email=email)
    page = (visitor := await visit()).page
    await visitor.open(f"/orders/{order['token']}")
    await expect(qr(page)).to_be_visible()
    await page.get_by_role("button", name="Ask the organizer").click()
    await page.get_by_label("What is it about?").fill("Is there a cloakroom?")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Waiting for the organizer")).to_be_visible()

    [row] = (await seller.send("GET", "/conversations"))["items"]
    asked = await mailbox.mail(seller.owner.email, about=order["code"])
    assert "Is there a cloakroom?" in asked["text"]
    reply = {"message": "There is, on the left."}
    await seller.send("POST", f"/conversations/{row['id']}/messages", reply)

    answered = await mailbox.mail(email, about="answered")
    assert reply["message"] in answered["text"]
    await page.reload()
    await expect(page.get_by_text(reply["message"])).to_be_visible()
    await expect(page.get_by_text("Waiting for you")).to_be_visible()
    await page.get_by_label("Write back").fill("Thank you!")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Waiting for the organizer")).to_be_visible()
