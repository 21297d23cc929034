"""Verification, order links, and both directions of a conversation by mail."""

import re
from email.message import EmailMessage
from typing import Any

from tests.services.notifications.post_office import PostOffice
from tests.services.support.desk import Buyer, Desk, accepted
from tests.support.product import once

ADA = "ada@example.org"
API = "/api/v1"


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def found(pattern: str, message: EmailMessage) -> list[str]:
    return re.findall(pattern, text_of(message))


async def test_whoever_registers_gets_a_link_that_proves_the_address(office: PostOffice) -> None:
    browser = office.product.visitor()
    person = {"email": ADA, "password": "seven quiet otters", "name": "Ada"}
    accepted(await browser.post(f"{API}/auth/register", json=person))
    await office.work()
    (message,) = office.mail_server.to(ADA)
    assert message["Subject"] == "Confirm your email address"
    assert "works for 24 hours" in text_of(message)
    (token,) = found(r"/verify-email\?token=(\S+)", message)
    verified = await browser.post(f"{API}/auth/verify-email", json={"token": token})
    assert accepted(verified, 200)["user"]["email_verified"]
    row = await office.row("SELECT template, status FROM notifications.platform_deliveries")
    assert tuple(row) == ("verify_email", "sent")
    await office.deliver_again()
    await office.work()
    assert len(office.mail_server.taken) == 1


async def test_a_link_asked_for_again_is_mailed_again(office: PostOffice) -> None:
    browser = office.product.visitor()
    person = {"email": ADA, "password": "seven quiet otters", "name": "Ada"}
    for _ in range(2):
        accepted(await browser.post(f"{API}/auth/register", json=person))
    await office.work()
    first, second = office.mail_server.to(ADA)
    assert first["Message-ID"] != second["Message-ID"]


async def test_who_has_an_account_learns_of_a_second_registration_by_mail_alone(
    office: PostOffice,
) -> None:
    browser = office.product.visitor()
    person = {"email": ADA, "password": "seven quiet otters", "name": "Ada"}
    first = accepted(await browser.post(f"{API}/auth/register", json=person))
    await office.rows("UPDATE users.users SET email_verified_at = now()")
    again = accepted(await browser.post(f"{API}/auth/register", json=person))
    assert first["user"].keys() == again["user"].keys()
    await office.work()
    (message,) = office.mail_server.to(ADA)
    assert message["Subject"] == "You already have an account"
    assert found(r"http\S+/signin", message)


async def test_whoever_lost_the_links_gets_all_of_them_by_mail(office: PostOffice) -> None:
    one, other = await office.desk(), await office.desk()
    codes = {(await office.buy(desk, ADA))["code"] for desk in (one, one, other)}
    await office.buy(one, "eve@example.org")
    await office.work()
    office.mail_server.taken.clear()

    stranger = office.product.visitor()
    answer = await stranger.post(f"{API}/order-links", json={"email": "ADA@example.org"})
    accepted(answer, 202)
    await office.work()
    ((recipient, message),) = office.mail_server.taken
    assert recipient == "ADA@example.org"
    tokens = found(r"/orders/(\S+)", message)
    orders = [await stranger.get(f"{API}/order-links/{token}") for token in tokens]
    assert {accepted(order, 200)["code"] for order in orders} == codes


async def test_an_address_without_orders_gets_the_same_answer_and_no_mail(
    office: PostOffice,
) -> None:
    await office.buy(await office.desk(), ADA)
    await office.work()
    office.mail_server.taken.clear()
    stranger = office.product.visitor()
    known = await stranger.post(f"{API}/order-links", json={"email": ADA})
    unknown = await stranger.post(f"{API}/order-links", json={"email": "nobody@example.org"})
    assert accepted(known, 202) == accepted(unknown, 202)
    await office.work()
    assert office.mail_server.recipients == {ADA: 1}


async def members(office: PostOffice, desk: Desk) -> dict[str, str]:
    """Address → role of the organizer's team."""
    rows = await office.rows(
        "SELECT u.email, m.role FROM users.members m JOIN users.users u ON u.id = m.user_id "
        "WHERE m.organizer_id = $1",
        desk.stage.organizer_id,
    )
    return {row.email: row.role for row in rows}


async def asking(office: PostOffice, *roles: str) -> tuple[Desk, Buyer, dict[str, Any], list[Any]]:
    """A team of those roles, a buyer whose tickets have been mailed, and a fresh question."""
    desk = await office.desk()
    team = [await desk.member(role) for role in roles]
    buyer = await desk.buyer()
    await office.work()
    office.mail_server.taken.clear()
    return desk, buyer, accepted(await buyer.ask("Where is\n\nmy PDF?")), team


async def test_a_question_is_mailed_to_those_who_answer(office: PostOffice) -> None:
    desk, buyer, conversation, _ = await asking(office, "owner", "support", "door", "finance")
    await office.work()
    team = await members(office, desk)
    told = {team[address] for address in office.mail_server.recipients}
    assert told == {"owner", "support"}
    _, message = office.mail_server.taken[0]
    assert message["Subject"] == f"Ada Lovelace needs help with order {buyer.order['code']}"
    assert "Where is\n\nmy PDF?" in text_of(message)
    assert found(r"/organizer/\S+", message) == [
        f"/organizer/{desk.stage.slug}/help/{conversation['id']}"
    ]


async def test_an_answer_is_mailed_to_the_buyer_in_the_same_thread(office: PostOffice) -> None:
    desk, buyer, conversation, (support,) = await asking(office, "support")
    url = f"{desk.path}/conversations/{conversation['id']}/messages"
    accepted(await support.post(url, json={"message": "In the mail again."}, headers=once()))
    accepted(await buyer.reply(conversation, "Thank you."))
    await office.work()
    (answer,) = office.mail_server.to(ADA)
    assert answer["Subject"] == "Stage answered about The show"
    assert "In the mail again." in text_of(answer)
    assert found(r"/orders/(\S+)", answer) == [buyer.order["token"]]
    (colleague,) = await members(office, desk)
    received = office.mail_server.to(colleague)
    assert {message["References"] for message in received} == {answer["References"]}
    assert len([message for message in received if "Thank you." in text_of(message)]) == 1


async def test_the_answer_goes_to_the_address_that_the_order_has_now(office: PostOffice) -> None:
    desk, _, conversation, (support,) = await asking(office, "support")
    await office.rows("UPDATE bookings.orders SET buyer_email = 'right@example.org'")
    url = f"{desk.path}/conversations/{conversation['id']}/messages"
    accepted(await support.post(url, json={"message": "Corrected."}, headers=once()))
    await office.work()
    assert office.mail_server.recipients["right@example.org"] == 1
    assert office.mail_server.to(ADA) == []


async def test_one_colleagues_full_mailbox_keeps_nothing_from_the_others(
    office: PostOffice,
) -> None:
    desk, _, _, _ = await asking(office, "owner", "support", "manager")
    addresses = sorted(await members(office, desk))
    office.mail_server.greylists = {addresses[0]}
    async with office.working() as worker:
        await office.until(lambda: tried_twice(office), worker)
        assert sorted(office.mail_server.recipients) == addresses[1:]
        office.mail_server.greylists = set()
        await office.until(office.idle, worker)
    assert office.mail_server.recipients == dict.fromkeys(addresses, 1)


async def tried_twice(office: PostOffice) -> bool:
    delivered = await office.deliveries("conversation_message_to_organizer")
    return max((attempts for _, attempts in delivered), default=0) >= 2
