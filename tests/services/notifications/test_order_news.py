"""Mail about what happens to an order after it was made."""

from uuid import UUID

import httpx2

from boxoffice.services.bookings.handlers import listeners as bookings_listeners
from tests.services.notifications.post_office import PostOffice
from tests.services.notifications.test_other_mail import found, text_of
from tests.services.support.desk import Desk
from tests.support.staff import staff_of

ADA, EVE = "ada@example.org", "eve@example.org"


async def test_the_buyer_of_cancelled_tickets_learns_what_and_why_once(office: PostOffice) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA, quantity=2)
    body = {
        "position_ids": [order["positions"][0]["id"]],
        "terms": "full",
        "because": "The balcony is closed",
        "expected_refund": 0,
        "expected_total": 0,
    }
    async with staff_of(office.product, desk.stage, role="manager") as staff:
        path = f"{desk.path}/orders/{order['id']}/cancellations"
        assert (await staff.post(path, json=body)).status_code == 200
    await office.work()
    await office.deliver_again()
    await office.work()
    messages = [one for one in office.mail_server.to(ADA) if "cancelled" in one["Subject"]]
    (message,) = messages
    assert message["Subject"] == "A ticket is cancelled: The show"
    assert "The balcony is closed" in text_of(message)
    assert f"/orders/{order['token']}" in text_of(message)
    assert "Your other tickets stay valid." in text_of(message)


async def test_who_gets_a_ticket_learns_it_by_a_link_that_only_their_mail_has(
    office: PostOffice,
) -> None:
    desk = await office.desk()
    browser = office.product.visitor()
    order = await office.buy(desk, ADA)
    path = f"{desk.path}/orders/{order['id']}/tickets/{order['tickets'][0]['id']}/transfers"
    bearer = {"order-token": order["token"]}
    body = {"email": EVE, "message": "Enjoy"}
    made = await browser.post(path, json=body, headers=bearer)
    assert made.status_code == 201, made.text
    await office.work()
    (offered,) = office.mail_server.to(EVE)
    assert offered["Subject"] == "Ada Lovelace gives you a ticket: The show"
    assert '"Enjoy"' in text_of(offered)
    (token,) = found(r"/transfers/(\S+)", offered)
    assert token not in made.text
    path = f"/api/v1/ticket-transfers/{token}/accept"
    assert (await browser.post(path, json={"name": "Eve"})).status_code == 200
    await office.work()
    subjects = {one["Subject"] for one in office.mail_server.to(ADA)}
    assert "Your ticket was taken: The show" in subjects
    assert "The ticket is yours: The show" in {one["Subject"] for one in office.mail_server.to(EVE)}

    async with staff_of(office.product, desk.stage, role="manager") as staff:
        all_ = {"terms": "full", "expected_refund": 0, "expected_total": 0}
        path = f"{desk.path}/orders/{order['id']}/cancellations"
        assert (await staff.post(path, json=all_)).status_code == 200
    await office.work()
    *_, last = office.mail_server.to(EVE)
    assert last["Subject"] == "A ticket that you were given is cancelled: The show"
    assert f"/transfers/{token}" in text_of(last)


async def postponed(
    office: PostOffice, desk: Desk, staff: httpx2.AsyncClient, *, to: str = "2037-03-14T19:00"
) -> None:
    path = f"{desk.path}/events/{desk.stage.event_id}/postponements"
    body = {"starts_at": to, "message": "The roof leaks"}
    assert (await staff.post(path, json=body)).is_success
    await office.work(*bookings_listeners(office.product.services.bookings))


async def time_to_pay_is_nearly_over(office: PostOffice, order_id: str) -> None:
    await office.rows(
        "UPDATE bookings.applications SET due_at = now() + interval '5 hours', "
        "decided_at = now() - interval '3 days' WHERE id = $1 RETURNING id",
        UUID(order_id),
    )
    await office.product.services.bookings.reminding.remind()
    await office.work()


async def test_who_applies_and_who_decides_hear_of_each_others_steps(office: PostOffice) -> None:
    desk = await office.desk()
    async with staff_of(office.product, desk.stage, role="manager") as staff:
        kind = f"{desk.path}/events/{desk.stage.event_id}/ticket-types/{desk.stage.types[0]}"
        assert (await staff.patch(kind, json={"needs_approval": True, "price": 500})).is_success
        order = await office.buy(desk, ADA)
        path = f"{desk.path}/orders/{order['id']}/application"
        words = {"message": "I bring cake"}
        bearer = {"order-token": order["token"]}
        sent = await office.product.visitor().post(path, json=words, headers=bearer)
        assert sent.status_code == 200, sent.text
        await office.work()
        await postponed(office, desk, staff)
        path = f"{desk.path}/applications/{order['id']}/approval"
        assert (await staff.post(path, json={"message": "Cake it is"})).is_success
        await postponed(office, desk, staff, to="2037-04-25T19:00")
        await time_to_pay_is_nearly_over(office, order["id"])
        team = (await staff.get("/api/v1/me")).json()["user"]["email"]
    (asked,) = office.mail_server.to(team)
    assert asked["Subject"] == "Ada Lovelace applies for tickets: The show"
    assert all(one in text_of(asked) for one in ("I bring cake", "/applications"))
    arrived, told, approved, moved, reminded = office.mail_server.to(ADA)
    assert told["Subject"] == "New date for what you applied for: The show"
    assert all(words in text_of(told) for words in ("The roof leaks", "14 March 2037"))
    assert arrived["Subject"] == "Your application has arrived: The show"
    assert approved["Subject"] == "You are in: pay to get your tickets: The show"
    assert "Cake it is" in text_of(approved)
    assert [one["Subject"] for one in (moved, reminded)] == [
        "New date for the tickets that you have not paid yet: The show",
        "Your tickets are kept for you, but not for long: The show",
    ]
    assert "25 April 2037" in text_of(moved)
    assert f"/orders/{order['token']}" in text_of(reminded)


async def test_who_offered_a_ticket_back_hears_of_it_once_somebody_has_it(
    office: PostOffice,
) -> None:
    """Without anybody's hand: the worker offers it to who waits as soon as they do."""
    desk = await office.desk()
    order = await office.buy(desk, ADA)
    event = f"{desk.path}/events/{desk.stage.event_id}"
    async with staff_of(office.product, desk.stage, role="owner") as staff:
        settings = [
            await staff.patch(f"{event}/quotas/{desk.stage.quotas[0]}", json={"capacity": 1}),
            await staff.put(f"{event}/order-policy", json={"returns": {"allowed": True}}),
            await staff.patch(f"{event}/waitlist-settings", json={"is_open": True}),
        ]
        assert [one.status_code for one in settings] == [200, 200, 200]
    browser = office.product.visitor()
    path = f"{desk.path}/orders/{order['id']}/tickets/{order['tickets'][0]['id']}/returns"
    made = await browser.post(path, headers={"order-token": order["token"]})
    assert made.status_code == 201, made.text
    wish = {"event_id": str(desk.stage.event_id), "email": EVE, "name": "Eve", "quantity": 1}
    assert (await browser.post(f"{desk.path}/waitlist", json=wish)).status_code == 202
    worker = bookings_listeners(office.product.services.bookings)
    await office.work(*worker)
    offered = office.mail_server.to(EVE)[-1]
    (link,) = set(found(r"/waitlist/([^\s?]+)", offered))
    taken = await browser.post(f"/api/v1/waitlist-links/{link}/accept", json={})
    assert (taken.status_code, taken.json()["status"]) == (201, "confirmed")
    await office.work(*worker)
    mails = {one["Subject"]: one for one in office.mail_server.to(ADA)}
    news = mails["Your ticket was taken: The show"]
    assert f"/orders/{order['token']}" in text_of(news)


async def test_the_buyer_of_changed_tickets_learns_what_they_are_now(office: PostOffice) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA)
    ticket = {"position_id": order["positions"][0]["id"], "price": 0}
    async with staff_of(office.product, desk.stage, role="manager") as staff:
        path = f"{desk.path}/orders/{order['id']}/ticket-changes"
        body = {"tickets": [ticket], "expected_total": 0, "because": "A mistake"}
        assert (await staff.post(path, json=body)).is_success
    await office.work()
    subjects = [one["Subject"] for one in office.mail_server.to(ADA)]
    assert "Your tickets have changed: The show" in subjects


async def test_the_buyer_is_asked_to_pay_what_a_change_costs_more(office: PostOffice) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA)
    ticket = {"position_id": order["positions"][0]["id"], "price": 500}
    async with staff_of(office.product, desk.stage, role="manager") as staff:
        path = f"{desk.path}/orders/{order['id']}/ticket-changes"
        body = {"tickets": [ticket], "expected_total": 500, "because": "A mistake"}
        made = await staff.post(path, json=body)
    assert made.json()["awaiting"]["due"]["amount"] == 500, made.text
    await office.work()
    mails = {one["Subject"]: one for one in office.mail_server.to(ADA)}
    asked = text_of(mails["A change of your order waits for you: The show"])
    assert "more. What it takes is kept for you until" in " ".join(asked.split())
    assert f"/orders/{order['token']}" in asked


async def test_both_buyers_of_a_split_order_learn_what_is_theirs_now(office: PostOffice) -> None:
    desk = await office.desk()
    order = await office.buy(desk, ADA, quantity=3)
    body = {"position_ids": [order["positions"][1]["id"]], "expected_total": 0}
    async with staff_of(office.product, desk.stage, role="manager") as staff:
        path = f"{desk.path}/orders/{order['id']}/splits"
        eves = body | {"buyer": {"email": EVE, "name": "Eve"}}
        made = await staff.post(path, json=eves)
        assert made.status_code == 201, made.text
        body["position_ids"] = [order["positions"][2]["id"]]
        assert (await staff.post(path, json=body)).status_code == 201
    await office.work()
    (hers,) = office.mail_server.to(EVE)
    assert f"were in order {order['code']} before" in " ".join(text_of(hers).split())
    mails = [one for one in office.mail_server.to(ADA) if "two parts" in one["Subject"]]
    texts = [" ".join(text_of(one).split()) for one in mails]
    code = made.json()["new_order"]["code"]
    (told,) = [text for text in texts if f"an order of its own, {code}." in text]
    assert "put ticket 2 (" in told
    assert "It is somebody else's now" in told
    assert f"/orders/{order['token']}" in told
    (other,) = [text for text in texts if text != told]
    assert "It has a link of its own, which is in another mail to you." in other
