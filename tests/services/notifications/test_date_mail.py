"""Mail about dates that are cancelled or postponed: once to each buyer, with the right calendar."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from boxoffice.services.bookings.handlers import listeners as bookings_listeners
from tests.services.notifications.post_office import PostOffice
from tests.services.notifications.test_other_mail import found
from tests.services.notifications.test_ticket_mail import attached
from tests.services.support.desk import Desk
from tests.support.product import once

ADA = "ada@example.org"


async def decide(desk: Desk, path: str, **body: Any) -> None:
    owner = await desk.member("owner")
    url = f"{desk.path}/events/{desk.stage.event_id}/{path}"
    answer = await owner.post(url, json=body, headers=once())
    assert answer.status_code == 202, answer.text


async def work(office: PostOffice) -> None:
    """The worker with everything that it hears in real life."""
    await office.work(*bookings_listeners(office.product.services.bookings))


def entry(message: EmailMessage) -> Any:
    (found,) = Calendar.from_ical(attached(message)["text/calendar"].decode()).walk("VEVENT")
    return found


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


async def test_buyers_hear_that_their_date_is_cancelled_and_get_no_ticket(
    office: PostOffice,
) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA, quantity=2)
    await work(office)
    await decide(desk, "cancellations", message="The singer is ill.\nWe are sorry.")
    await work(office)
    await office.deliver_again()
    await work(office)
    tickets, notice = office.mail_server.to(ADA)
    assert notice["Subject"] == "Cancelled: The show"
    assert "application/pdf" not in attached(notice)
    old, new = entry(tickets), entry(notice)
    assert old["UID"] == new["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert (old["STATUS"], new["STATUS"]) == ("CONFIRMED", "CANCELLED")
    text = text_of(notice)
    assert "The singer is ill.\nWe are sorry." in text
    assert "You paid nothing" in text
    assert f"/orders/{order['token']}" in text


async def test_buyers_hear_of_a_new_date_with_new_tickets(office: PostOffice) -> None:
    desk = await office.desk()
    await office.buy(desk, ADA)
    await work(office)
    later = (datetime.now(UTC) + timedelta(days=90)).date()
    await decide(desk, "postponements", starts_at=f"{later}T19:30")
    await work(office)
    tickets, notice = office.mail_server.to(ADA)
    assert notice["Subject"] == "New date: The show"
    assert set(attached(notice)) == {"application/pdf", "text/calendar"}
    old, new = entry(tickets), entry(notice)
    assert old["UID"] == new["UID"]
    assert new["SEQUENCE"] == old["SEQUENCE"] + 1
    assert new["DTSTART"].dt.strftime("%Y-%m-%dT%H:%M") == f"{later}T19:30"
    assert "It was to be on" in text_of(notice)


async def test_who_was_given_a_ticket_hears_that_its_date_moves_and_is_cancelled(
    office: PostOffice,
) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA)
    browser, eve = office.product.visitor(), "eve@example.org"
    path = f"{desk.path}/orders/{order['id']}/tickets/{order['tickets'][0]['id']}/transfers"
    made = await browser.post(path, json={"email": eve}, headers={"order-token": order["token"]})
    assert made.status_code == 201, made.text
    await work(office)
    (offer,) = office.mail_server.to(eve)
    (link,) = found(r"/transfers/(\S+)", offer)
    taken = await browser.post(f"/api/v1/ticket-transfers/{link}/accept", json={"name": "Eve"})
    assert taken.status_code == 200, taken.text
    later = (datetime.now(UTC) + timedelta(days=90)).date()
    await decide(desk, "postponements", starts_at=f"{later}T19:30", message="The hall burns.")
    await work(office)
    await decide(desk, "cancellations")
    await work(office)
    moved, cancelled = office.mail_server.to(eve)[-2:]
    assert (moved["Subject"], cancelled["Subject"]) == (
        "New date: The show", "Cancelled: The show",
    )  # fmt: skip
    assert "The hall burns." in text_of(moved)
    assert all(f"/transfers/{link}" in text_of(one) for one in (moved, cancelled))


async def test_whoever_gets_store_credit_has_its_code_by_mail(office: PostOffice) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA)
    await work(office)
    await office.rows("UPDATE bookings.orders SET total_amount = 2500, payment_status = 'paid'")
    await office.rows("UPDATE bookings.order_positions SET price_amount = 2500")
    await office.rows(
        "INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live, "
        "amount, captured, currency) SELECT organizer_id, id, id, 'practice', 'succeeded', true, "
        "2500, 2500, 'EUR' FROM bookings.orders"
    )
    await decide(desk, "cancellations", refund_as="gift_card")
    await work(office)
    await office.deliver_again()
    await work(office)
    mails = {message["Subject"]: text_of(message) for message in office.mail_server.to(ADA)}
    assert len(office.mail_server.to(ADA)) == len(mails) == 3
    assert "You get EUR 25.00 as a gift card" in mails["Cancelled: The show"]
    owner = await desk.member("owner")
    (card,) = (await owner.get(f"{desk.path}/gift-cards")).json()["items"]
    assert card["reference"] == order["id"]
    made = (await owner.post(f"{desk.path}/gift-cards/{card['id']}/reveal")).json()
    assert made["code"] in mails["Your gift card: The show"]
