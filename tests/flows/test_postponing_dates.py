"""Postponing dates: tickets stay valid, and everybody hears of it."""

from datetime import datetime

import pytest

from tests.flows.dates import Venue, clock, open_venue
from tests.support.product import Product


@pytest.fixture
async def venue(product: Product) -> Venue:
    return await open_venue(product, price=0)


async def test_a_postponed_date_keeps_its_tickets_and_moves_in_calendars(venue: Venue) -> None:
    """The UID stays, SEQUENCE rises: calendars move the entry instead of adding one."""
    async with venue.product.visitor() as ada:
        order = await venue.held(ada, 0)
        url = f"{venue.path}/orders/{order['id']}/calendar.ics"
        before = (await ada.get(url)).text
        change = await venue.change(
            "postponements", occurrence_ids=[venue.dates[0]], starts_at=clock(60, "20:00")
        )
        assert (change["kind"], change["orders"]) == ("postpone", 1)
        done = await venue.work(change)
        assert (done["status"], done["done"]) == ("done", 1)
        after = (await ada.get(url)).text
        shown = await venue.order(ada, order)
        assert shown["starts_at"][:10] == clock(60)[:10]
        assert shown["status"] == "confirmed"
        assert (await venue.scan(order["tickets"][0]))["verdict"] == "admitted"
    assert _line(before, "UID:") == _line(after, "UID:")
    assert [_line(one, "SEQUENCE:") for one in (before, after)] == ["SEQUENCE:0", "SEQUENCE:1"]
    assert clock(60, "20:00").replace("-", "").replace(":", "") in _line(after, "DTSTART")
    told = await venue.rows(
        "SELECT payload->>'order_id' FROM data.outbox WHERE organizer_id = $1 "
        "AND name = 'bookings.order_date_moved.v1'"
    )
    assert [row[0] for row in told] == [order["id"]]


async def test_who_was_accepted_for_a_date_that_moves_or_is_cancelled_before_they_paid_hears_of_it(
    venue: Venue,
) -> None:
    kind = f"{venue.event}/ticket-types/{venue.stage.types[0]}"
    assert (await venue.staff.patch(kind, json={"needs_approval": True, "price": 2500})).is_success
    terms = {"approval": {"pay_hours": 72}}
    assert (await venue.staff.put(f"{venue.event}/order-policy", json=terms)).is_success
    date = [venue.dates[0]]
    async with venue.product.visitor() as ada:
        order = await venue.held(ada, 0)
        path = f"{venue.path}/orders/{order['id']}"
        assert (await ada.post(f"{path}/application", json={})).is_success
        approval = f"{venue.path}/applications/{order['id']}/approval"
        assert (await venue.staff.post(approval, json={})).is_success
        soon = await venue.change("postponements", occurrence_ids=date, starts_at=clock(1))
        worked = await venue.work(soon)
        assert (worked["orders"], worked["done"]) == (1, 1)
        (ends,) = await venue.rows(
            "SELECT min(ends_at) FROM events.occurrences WHERE organizer_id = $1"
        )
        ((order_end, due, claim),) = await venue.rows(
            "SELECT o.hold_expires_at, a.due_at, c.expires_at FROM bookings.orders o "
            "JOIN bookings.applications a ON a.organizer_id = o.organizer_id AND a.id = o.id "
            "JOIN events.claims c ON c.organizer_id = o.organizer_id AND c.holder = o.id "
            "WHERE o.organizer_id = $1"
        )
        assert [order_end, due, claim] == [ends[0]] * 3
        gone = await venue.change("cancellations", occurrence_ids=date)
        await venue.work(gone)
        assert (await venue.order(ada, order))["status"] == "cancelled"
    told = await venue.rows(
        "SELECT payload->>'step', payload->>'date_change_id' FROM data.outbox "
        "WHERE organizer_id = $1 AND name = 'bookings.application_moved.v1' ORDER BY id"
    )
    assert [tuple(row) for row in told[2:]] == [("moved", soon["id"]), ("cancelled", gone["id"])]


async def test_who_applied_for_a_postponed_date_waits_until_its_new_end_and_hears_of_it(
    venue: Venue,
) -> None:
    kind = f"{venue.event}/ticket-types/{venue.stage.types[0]}"
    assert (await venue.staff.patch(kind, json={"needs_approval": True})).is_success
    async with venue.product.visitor() as ada:
        order = await venue.held(ada, 0)
        sent = await ada.post(f"{venue.path}/orders/{order['id']}/application", json={})
        assert sent.json()["status"] == "awaiting_approval", sent.text
        change = await venue.change(
            "postponements",
            occurrence_ids=[venue.dates[0]],
            starts_at=clock(60, "20:00"),
        )
        worked = await venue.work(change)
        assert (worked["status"], worked["orders"], worked["done"]) == ("done", 1, 1)
        (ends,) = await venue.rows(
            "SELECT max(ends_at) FROM events.occurrences WHERE organizer_id = $1"
        )
        ((order_end, due, claim),) = await venue.rows(
            "SELECT o.hold_expires_at, a.due_at, c.expires_at FROM bookings.orders o "
            "JOIN bookings.applications a ON a.organizer_id = o.organizer_id AND a.id = o.id "
            "JOIN events.claims c ON c.organizer_id = o.organizer_id AND c.holder = o.id "
            "WHERE o.organizer_id = $1"
        )
        assert [order_end, due, claim] == [ends[0]] * 3
    told = await venue.rows(
        "SELECT payload->>'step', payload->>'date_change_id' FROM data.outbox "
        "WHERE organizer_id = $1 AND name = 'bookings.application_moved.v1' ORDER BY id"
    )
    assert [tuple(row) for row in told] == [("sent", None), ("moved", change["id"])]


async def test_a_whole_event_is_postponed_by_the_clock(venue: Venue) -> None:
    change = await venue.change("postponements", starts_at=clock(50, "19:00"))
    dates = (await venue.staff.get(venue.event)).json()["occurrences"]
    starts = [datetime.fromisoformat(one["starts_at"]) for one in dates]
    assert [one["sequence"] for one in dates] == [1, 1]
    assert all(one["postponed_from"] for one in dates)
    assert change["whole_event"]
    assert (starts[1] - starts[0]).days in (0, 1)


async def test_the_first_date_that_was_told_stays_known(venue: Venue) -> None:
    (first, *_) = (await venue.staff.get(venue.event)).json()["occurrences"]
    for ahead in (60, 70):
        await venue.change("postponements", occurrence_ids=[venue.dates[0]], starts_at=clock(ahead))
    dates = (await venue.staff.get(venue.event)).json()["occurrences"]
    moved = next(one for one in dates if one["id"] == venue.dates[0])
    assert (moved["sequence"], moved["postponed_from"]) == (2, first["starts_at"])


@pytest.mark.parametrize(
    ("starts_at", "code"), [("2020-01-01T10:00", "invalid"), ("soon", "invalid")]
)
async def test_a_date_is_postponed_to_a_time_to_come(
    venue: Venue, starts_at: str, code: str
) -> None:
    answer = await venue.staff.post(
        f"{venue.event}/postponements",
        json={"starts_at": starts_at, "occurrence_ids": [venue.dates[0]]},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_date_is_not_postponed_to_where_it_is_and_nobody_told_twice(venue: Venue) -> None:
    body = {"starts_at": clock(60), "occurrence_ids": [venue.dates[0]]}
    await venue.change("postponements", **body)
    again = await venue.staff.post(f"{venue.event}/postponements", json=body)
    assert again.status_code == 422
    assert again.json()["errors"][0]["code"] == "not_moved"


async def test_a_date_cannot_move_to_where_another_one_is(venue: Venue) -> None:
    body = {"starts_at": clock(31), "occurrence_ids": [venue.dates[0]]}
    answer = await venue.staff.post(f"{venue.event}/postponements", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "date_exists")


async def test_the_calendar_entry_of_a_cancelled_date_says_so(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        order = await venue.held(ada, 0)
        url = f"{venue.path}/orders/{order['id']}"
        before = (await ada.get(f"{url}/calendar.ics")).text
        await venue.work(await venue.change("cancellations", occurrence_ids=[venue.dates[0]]))
        after = (await ada.get(f"{url}/calendar.ics")).text
        pdf = await ada.get(f"{url}/tickets.pdf")
    assert _line(before, "UID:") == _line(after, "UID:")
    assert (_line(after, "STATUS:"), _line(after, "SEQUENCE:")) == (
        "STATUS:CANCELLED",
        "SEQUENCE:1",
    )
    assert (pdf.status_code, pdf.json()["code"]) == (409, "no_tickets_yet")


def _line(calendar: str, start: str) -> str:
    body = calendar[calendar.index("BEGIN:VEVENT") :]
    return next(line for line in body.splitlines() if line.startswith(start))
