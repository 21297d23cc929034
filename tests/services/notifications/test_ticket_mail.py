"""A confirmed order is mailed with its tickets, once."""

import io
from email.message import EmailMessage

import pypdf
import zxingcpp
from icalendar import Calendar
from PIL import Image

from tests.services.notifications.post_office import PostOffice
from tests.support.shop import Shop, done
from tests.support.staff import staff_of
from tests.support.together import pair

ADA = "ada@example.org"


def attached(message: EmailMessage) -> dict[str, bytes]:
    """Content by media type."""
    files = {
        part.get_content_type(): part.get_payload(decode=True)
        for part in message.iter_attachments()
    }
    return {kind: content for kind, content in files.items() if isinstance(content, bytes)}


def pictures(message: EmailMessage) -> list[bytes]:
    """The PNGs shown inside the HTML."""
    found = [
        part.get_content() for part in message.walk() if part.get_content_type() == "image/png"
    ]
    return [content for content in found if isinstance(content, bytes)]


async def test_the_buyer_gets_the_tickets_by_mail(office: PostOffice) -> None:
    order = await office.buy(await office.desk(), ADA, quantity=2)
    await office.work()
    (message,) = office.mail_server.to(ADA)
    assert message["To"] == "Ada Lovelace <ada@example.org>"
    assert message["From"] == "Boxoffice <tickets@boxoffice.test>"
    assert message["Subject"] == "You're going to The show"
    files = attached(message)
    assert len(pypdf.PdfReader(io.BytesIO(files["application/pdf"])).pages) == 2
    (entry,) = Calendar.from_ical(files["text/calendar"].decode()).walk("VEVENT")
    assert entry["SUMMARY"] == "The show"
    text = message.get_body(("plain",))
    assert text is not None
    assert f"/orders/{order['token']}" in text.get_content()


async def test_the_codes_in_the_mail_are_the_tickets_codes(office: PostOffice) -> None:
    order = await office.buy(await office.desk(), ADA, quantity=2)
    await office.work()
    (message,) = office.mail_server.to(ADA)
    seen = [zxingcpp.read_barcode(Image.open(io.BytesIO(png))) for png in pictures(message)]
    assert [code.text for code in seen if code] == [ticket["code"] for ticket in order["tickets"]]


async def test_the_mail_and_the_ticket_say_what_comes_with_it(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA, quantity=2)
    await office.rows(
        "UPDATE bookings.order_positions p SET parent_id = b.id, ticket_type_name = 'Lunch' "
        "FROM bookings.order_positions b "
        "WHERE b.order_id = p.order_id AND b.number = 1 AND p.number = 2"
    )
    await office.work()
    (message,) = office.mail_server.to(ADA)
    text = message.get_body(("plain",))
    assert text is not None
    assert "+ Lunch" in text.get_content()
    pdf = pypdf.PdfReader(io.BytesIO(attached(message)["application/pdf"]))
    assert ["With Lunch" in page.extract_text() for page in pdf.pages] == [True, False]


async def test_what_is_bought_together_has_one_mail_with_every_orders_tickets_and_links(
    office: PostOffice,
) -> None:
    desk, browser = await office.desk(), office.product.visitor()
    async with staff_of(office.product, desk.stage, role="owner") as staff:
        shop = Shop(db=office.db, product=office.product, stage=desk.stage, staff=staff)
        two = await pair(shop)
        purchase = await two.held(browser, two.wish(0, 2), two.wish(1))
        alone = await two.held(browser, two.wish(0))
        for one in (purchase, alone):
            done(await browser.post(two.of(one, "/confirm")))
    await office.work()
    titles = ", ".join(one["event_title"] for one in purchase["orders"])
    mails = {one["Subject"]: one for one in office.mail_server.to(ADA)}
    assert mails.keys() == {f"You're going to 2 events: {titles}", "You're going to The show"}
    message = mails[f"You're going to 2 events: {titles}"]
    files = [part.get_filename() or "" for part in message.iter_attachments()]
    for order in purchase["orders"]:
        assert len([name for name in files if order["code"] in name]) == 2
    assert len(pictures(message)) == 3
    text = message.get_body(("plain",))
    assert text is not None
    links = [f"/orders/{one['token']}" for one in purchase["orders"]]
    for link in (f"/purchases/{purchase['token']}", *links):
        assert link in text.get_content()
    assert await office.deliveries("purchase_confirmed") == [("sent", 1)]


async def test_a_large_order_shows_the_first_tickets_and_attaches_all(office: PostOffice) -> None:
    desk = await office.desk()
    await office.rows("UPDATE events.ticket_types SET max_per_order = 12")
    await office.buy(desk, ADA, quantity=12)
    await office.work()
    (message,) = office.mail_server.to(ADA)
    assert len(pictures(message)) == 10
    pdf = pypdf.PdfReader(io.BytesIO(attached(message)["application/pdf"]))
    assert len(pdf.pages) == 12


async def test_the_book_says_that_it_went_out_but_not_to_whom(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA)
    await office.work()
    (message,) = office.mail_server.to(ADA)
    row = await office.row("SELECT * FROM notifications.deliveries")
    assert (row.template, row.channel, row.status) == ("order_confirmed", "mail", "sent")
    assert row.message_id == message["Message-ID"]
    assert row.sent_at is not None
    assert ADA not in str(dict(row._mapping))


async def test_an_order_that_is_only_held_is_not_mailed(office: PostOffice) -> None:
    desk = await office.desk()
    await desk.buyer(known=False)
    await office.work()
    assert office.mail_server.taken == []


async def test_an_order_cancelled_before_its_mail_left_is_not_mailed(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA)
    await office.rows("UPDATE bookings.orders SET status = 'cancelled'")
    await office.work()
    assert office.mail_server.taken == []


async def test_no_name_or_title_adds_a_header_or_a_recipient(office: PostOffice) -> None:
    desk = await office.desk()
    title = "Show\r\nBcc: eve@example.org\r\n\r\n</title><script>"
    await office.rows("UPDATE events.events SET title = $1", title)
    await office.buy(desk, ADA, name="=?utf-8?q?=0D=0ABcc:_eve@example.org?=")
    await office.work()
    assert office.mail_server.recipients == {ADA: 1}
    (message,) = office.mail_server.to(ADA)
    assert message["Bcc"] is None
    assert message["Subject"] == "You're going to Show Bcc: eve@example.org </title><script>"
    html = message.get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()


async def test_the_mail_says_what_a_gift_card_has_paid(office: PostOffice) -> None:
    await office.buy(await office.desk(), ADA, quantity=1)
    await office.rows(
        "UPDATE bookings.orders SET total_amount = 5000, charges = jsonb_build_object("
        "'gift_cards', jsonb_build_array(jsonb_build_object('gift_card_id', id, 'payment_id', id, "
        "'code_end', '9RTB', 'amount', 2000)))"
    )
    await office.work()
    (message,) = office.mail_server.to(ADA)
    text = message.get_body(("plain",))
    assert text is not None
    lines = text.get_content().splitlines()
    assert {"Paid by gift card …9RTB: EUR 20.00", "Paid otherwise: EUR 30.00"} <= set(lines)
