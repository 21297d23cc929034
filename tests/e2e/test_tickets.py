"""What a buyer holds afterwards: a code that opens the door once, and mail with all of it."""

import io

import zxingcpp
from icalendar import Calendar
from PIL import Image
from playwright.async_api import Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.buying import hold, order_of, qr, say_who
from tests.e2e.conftest import Visit
from tests.support.mailbox import Mailbox
from tests.support.sellers import Kind, Seller, Show
from tests.support.visitors import PHONE, Visitor


async def test_the_code_on_the_screen_opens_the_door_once(visit: Visit, seller: Seller) -> None:
    show = await seller.show(Kind("Standing"))
    page = await _confirmation(await visit(width=PHONE), show, "ada@example.org")
    code = await _read(qr(page))
    admitted = await seller.scan(show, code)
    assert (admitted["verdict"], admitted["attendee_name"]) == ("admitted", "Ada Lovelace")
    again = await seller.scan(show, code)
    assert (again["verdict"], again["reason"]) == ("refused", "already_admitted")
    assert again["first_admitted_at"] is not None
    assert again["message"].endswith("UTC at North.")


async def test_the_large_ticket_shows_the_same_code_until_it_is_used(
    visit: Visit, seller: Seller
) -> None:
    show = await seller.show(Kind("Standing"))
    page = await _confirmation(await visit(width=PHONE), show, "ada@example.org")
    code = await _read(qr(page))
    await page.get_by_role("link", name="Show large").click()
    await expect(page.get_by_role("heading", name=show.title)).to_be_visible()
    assert await _read(qr(page)) == code
    await seller.scan(show, code)
    await page.reload()
    await expect(page.get_by_text("Used")).to_be_visible()


async def test_the_mail_brings_the_tickets_as_a_file_and_the_date_for_the_calendar(
    visit: Visit, seller: Seller, mailbox: Mailbox
) -> None:
    show = await seller.show(Kind("Standing", 4000), title="Nachtmusik für alle")
    visitor = await visit()
    email = f"{seller.slug}@example.org"
    page = await _confirmation(visitor, show, email, button="Get tickets", pay="Pay €40.00")
    order = await order_of(page, visitor)
    mail = await mailbox.mail(email, about=show.title)
    assert f"/orders/{order['token']}" in mail["text"]
    pdf = PdfReader(io.BytesIO(await mailbox.attachment(mail, ".pdf")))
    assert order["code"] in pdf.pages[0].extract_text()
    calendar = Calendar.from_ical(await mailbox.attachment(mail, ".ics"))
    [event] = calendar.events
    assert str(event["summary"]) == show.title


async def test_caught_mail_can_be_read_in_the_browser(
    visit: Visit, seller: Seller, mailbox: Mailbox
) -> None:
    show = await seller.show(Kind("Standing"), title="Read me in the browser")
    email = f"{seller.slug}@example.org"
    await seller.sale(show, email=email)
    mail = await mailbox.mail(email, about=show.title)
    visitor = await visit()
    await visitor.open(f"/dev/mail/{mail['id']}")
    page = visitor.page
    await expect(page.get_by_role("heading", name=mail["subject"])).to_be_visible()
    await expect(page.get_by_role("list", name="Attachments").get_by_role("link")).to_have_count(2)
    await expect(page.get_by_role("article").get_by_text("Grace Hopper").first).to_be_visible()


async def test_the_downloads_are_the_same_files(visit: Visit, seller: Seller) -> None:
    page = await _confirmation(await visit(), await seller.show(Kind("Standing")), "a@example.org")
    pdf = await _download(page, "Tickets as PDF")
    assert pdf.startswith(b"%PDF-")
    assert (await _download(page, "Add to calendar")).startswith(b"BEGIN:VCALENDAR")


async def test_my_tickets_remembers_this_browser_without_an_account(
    visit: Visit, seller: Seller
) -> None:
    visitor = await visit()
    await visitor.open("/me/tickets")
    await expect(visitor.page.get_by_role("heading", name="No tickets here yet")).to_be_visible()
    show = await seller.show(Kind("Standing"), title="Kept in this browser")
    page = await _confirmation(visitor, show, "ada@example.org")
    await page.get_by_role("link", name="My tickets").click()
    await page.get_by_role("link", name=show.title).click()
    await expect(qr(page)).to_be_visible()


async def test_an_order_is_found_again_by_mail_alone(
    visit: Visit, seller: Seller, mailbox: Mailbox
) -> None:
    show = await seller.show(Kind("Standing"), title="Lost and found")
    email = f"{seller.slug}@example.org"
    await seller.sale(show, email=email)
    await mailbox.mail(email, about=show.title)
    page = (visitor := await visit()).page
    await visitor.open("/find-order")
    await page.get_by_label("E-mail you bought with").fill(email)
    await page.get_by_role("button", name="Mail me my orders").click()
    await expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    link = await mailbox.link(email, about="orders", path="/orders/")
    await visitor.open(link.removeprefix(visitor.origin))
    await expect(qr(page)).to_be_visible()


async def test_finding_orders_tells_nobody_who_has_one(visit: Visit) -> None:
    page = (visitor := await visit()).page
    await visitor.open("/find-order")
    await page.get_by_label("E-mail you bought with").fill("nobody-at-all@example.org")
    await page.get_by_role("button", name="Mail me my orders").click()
    await expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


async def _confirmation(
    visitor: Visitor,
    show: Show,
    email: str,
    *,
    button: str = "Get free tickets",
    pay: str = "Get free ticket",
) -> Page:
    page = await hold(visitor, show, button=button)
    await say_who(page, email)
    await page.get_by_role("button", name=pay).click()
    await expect(qr(page)).to_be_visible()
    return page


async def _read(picture: Locator) -> str:
    """What a scanner sees on the screen."""
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", value=True)
    seen = Image.open(io.BytesIO(await picture.screenshot()))
    [code] = zxingcpp.read_barcodes(seen)
    return code.text


async def _download(page: Page, name: str) -> bytes:
    link = await page.get_by_role("link", name=name).get_attribute("href")
    assert link is not None
    answer = await page.request.get(link)
    assert answer.ok
    return await answer.body()
