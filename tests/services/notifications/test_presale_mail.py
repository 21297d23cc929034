"""Mail to people who want early access: the link to confirm, and what became of it, each once."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import httpx2

from tests.services.notifications.post_office import PostOffice
from tests.services.notifications.test_date_mail import decide, work
from tests.services.notifications.test_other_mail import found, text_of
from tests.support.stage import Stage, set_stage

ADA, BOB = "ada@example.org", "bob@example.org"
API = "/api/v1"


async def test_who_registers_is_mailed_a_link_to_confirm_and_then_whether_they_get_early_access(
    office: PostOffice,
) -> None:
    stage = await set_stage(office.db, capacities=[10])
    await _presale(office, stage)
    browser = office.product.visitor()
    for email in (ADA, BOB):
        await _register(browser, stage, email)
    asked = await _mail(office)
    for message in asked.values():
        assert message["Subject"] == "Confirm your registration: The show"
        (token,) = found(r"/early-access/(\S+)", message)
        confirmed = await browser.post(f"{API}/presale-links/{token}/confirm")
        assert confirmed.json()["state"] == "registered"
    await _register(browser, stage, ADA)
    again = await _mail(office)
    assert list(again) == [ADA]
    assert again[ADA]["Subject"] == "You are registered for early access: The show"
    await office.rows(
        "UPDATE events.presales SET closes_at = clock_timestamp() WHERE organizer_id = $1",
        stage.organizer_id,
    )
    for _ in range(2):
        await office.product.services.bookings.presales.drawing.run_due()
    told = await _mail(office)
    assert told[ADA]["Subject"] == "You have early access: The show"
    assert "You may buy 2 tickets before" in text_of(told[ADA])
    assert found(r"/early-access/(\S+)", told[ADA]) == found(r"/early-access/(\S+)", asked[ADA])
    assert told[BOB]["Subject"] == "No early access this time: The show"
    assert "you were not among those chosen" in text_of(told[BOB])


async def test_who_waits_for_the_draw_is_told_once_that_the_event_is_cancelled(
    office: PostOffice,
) -> None:
    desk = await office.desk()
    stage = desk.stage
    await _presale(office, stage)
    browser = office.product.visitor()
    for email in (ADA, BOB):
        await _register(browser, stage, email)
    (token,) = found(r"/early-access/(\S+)", (await _mail(office))[ADA])
    await browser.post(f"{API}/presale-links/{token}/confirm")
    await _register(browser, stage, ADA)
    await decide(desk, "cancellations")
    told = await _mail(office)
    assert list(told) == [ADA]
    assert told[ADA]["Subject"] == "The event has been cancelled: The show"
    assert "there will be none" in text_of(told[ADA])
    assert await _mail(office) == {}


async def test_who_has_early_access_and_has_not_bought_hears_that_the_event_moves_and_is_off(
    office: PostOffice,
) -> None:
    desk = await office.desk()
    stage = desk.stage
    await _presale(office, stage)
    browser = office.product.visitor()
    for email in (ADA, BOB):
        await _register(browser, stage, email)
    for message in (await _mail(office)).values():
        (token,) = found(r"/early-access/(\S+)", message)
        await browser.post(f"{API}/presale-links/{token}/confirm")
    await office.rows(
        "UPDATE events.presales SET closes_at = clock_timestamp() WHERE organizer_id = $1",
        stage.organizer_id,
    )
    await office.product.services.bookings.presales.drawing.run_due()
    told = await _mail(office)
    assert told[ADA]["Subject"] == "You have early access: The show"
    later = (datetime.now(UTC) + timedelta(days=90)).strftime("%Y-%m-%dT19:00")
    await decide(desk, "postponements", starts_at=later)
    told = await _mail(office)
    assert list(told) == [ADA]
    assert told[ADA]["Subject"] == "The event has been postponed: The show"
    await decide(desk, "cancellations")
    told = await _mail(office)
    assert list(told) == [ADA]
    assert told[ADA]["Subject"] == "The event has been cancelled: The show"
    assert "nothing will be sold for it" in text_of(told[ADA])
    assert await _mail(office) == {}


async def test_nobody_is_told_of_early_access_to_an_event_that_has_been_cancelled_since(
    office: PostOffice,
) -> None:
    desk = await office.desk()
    stage = desk.stage
    await _presale(office, stage)
    browser = office.product.visitor()
    await _register(browser, stage, ADA)
    (token,) = found(r"/early-access/(\S+)", (await _mail(office))[ADA])
    await browser.post(f"{API}/presale-links/{token}/confirm")
    await office.rows(
        "UPDATE events.presales SET closes_at = clock_timestamp() WHERE organizer_id = $1",
        stage.organizer_id,
    )
    await office.product.services.bookings.presales.drawing.run_due()
    await decide(desk, "cancellations")
    told = await _mail(office)
    assert told[ADA]["Subject"] == "The event has been cancelled: The show"


async def _presale(office: PostOffice, stage: Stage) -> None:
    """Open now, for two tickets altogether, in order of registration."""
    now = datetime.now(UTC)
    await office.rows(
        "INSERT INTO events.presales (organizer_id, id, opens_at, closes_at, mode, max_tickets, "
        "total_tickets, window_starts_at, window_minutes) "
        "VALUES ($1, $2, $3, $4, 'first_come', 2, 2, $4, 60)",
        stage.organizer_id,
        stage.event_id,
        now - timedelta(hours=1),
        now + timedelta(hours=1),
    )


async def _register(browser: httpx2.AsyncClient, stage: Stage, email: str) -> None:
    body = {"event_id": str(stage.event_id), "email": email, "name": "Somebody", "quantity": 2}
    path = f"{API}/organizers/{stage.slug}/presale-registrations"
    answer = await browser.post(path, json=body)
    assert answer.status_code == 202, answer.text


async def _mail(office: PostOffice) -> dict[str, EmailMessage]:
    """The messages that came since, one each at most."""
    await office.deliver_again()
    await work(office)
    came: dict[str, EmailMessage] = {}
    for email in (ADA, BOB):
        for message in office.mail_server.to(email):
            assert email not in came
            came[email] = message
    office.mail_server.taken.clear()
    return came
