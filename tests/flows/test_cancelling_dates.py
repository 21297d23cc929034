"""Cancelling dates and whole events: dry run, refunds, tickets, mail, and workers that die."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from boxoffice.services.bookings.changes.running import CountsDiffer
from boxoffice.services.bookings.changes.steps import Steps
from boxoffice.services.payments.api import Payments
from tests.flows.dates import Venue, open_venue
from tests.flows.test_paid_purchase import lapse, money_arrives
from tests.support.product import Product, once


@pytest.fixture
async def venue(paying_product: Product) -> Venue:
    return await open_venue(paying_product)


async def test_the_cancel_wizard_stops_sales_refunds_by_policy_and_can_be_watched(
    venue: Venue,
) -> None:
    """E24: dry run, then the sale ends, then every order gets what the policy says."""
    async with venue.product.visitor() as ada, venue.product.visitor() as bob:
        paid = await venue.bought(ada, 0, quantity=2)
        other = await venue.bought(ada, 1)
        held = await venue.held(bob, 0, quantity=3)
        body = {"occurrence_ids": [venue.dates[0]], "refund": "keep_fee", "keep_percent": 10}
        body |= {"keep_per_ticket": 50, "message": "The singer is ill."}

        seen = (await venue.staff.post(f"{venue.event}/cancellations/preview", json=body)).json()
        numbers = [seen[name] for name in ("orders", "tickets", "admitted", "open_orders", "mails")]
        assert numbers == [1, 2, 0, 1, 1]
        money = [seen[name]["amount"] for name in ("paid", "refund", "kept")]
        assert money == [5000, 4400, 600]
        assert await venue.claimed() == [5, 1]

        change = await venue.change("cancellations", **body)
        assert (change["status"], change["orders"], change["done"]) == ("running", 2, 0)
        refused = await venue.open(bob, venue.dates[0])
        assert (refused.status_code, refused.json()["code"]) == (409, "not_on_sale")
        assert (await venue.open(bob, venue.dates[1])).status_code == 201

        done = await venue.work(change)
        await venue.hear_of_refunds()
        assert (done["status"], done["done"], done["tickets"]) == ("done", 2, 2)
        assert (done["refunds"], done["refunds_done"], done["refunds_failed"]) == (1, 1, 0)
        assert done["refunded"] == {"amount": 4400, "currency": "EUR"}
        after = await venue.order(ada, paid)
        assert (after["status"], after["refund_status"]) == ("cancelled", "partially_refunded")
        assert after["tickets"] == []
        released = await venue.order(bob, held)
        assert (released["status"], released["refund_status"]) == ("cancelled", "none")
        assert (await venue.order(ada, other))["status"] == "confirmed"
        assert await venue.claimed() == [0, 2]


async def test_the_door_says_that_the_date_was_cancelled(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        gone, other = await venue.bought(ada, 0), await venue.bought(ada, 1)
        await venue.work(await venue.change("cancellations", occurrence_ids=[venue.dates[0]]))
        scan = await venue.scan(gone["tickets"][0])
        assert (scan["verdict"], scan["reason"]) == ("refused", "date_cancelled")
        assert "cancelled" in scan["message"]
        assert (await venue.scan(other["tickets"][0]))["verdict"] == "admitted"


async def test_a_refund_in_full_and_none_at_all(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        full, none = await venue.bought(ada, 0), await venue.bought(ada, 1)
        for date, refund in ((0, "full"), (1, "none")):
            await venue.work(
                await venue.change(
                    "cancellations", occurrence_ids=[venue.dates[date]], refund=refund
                )
            )
        await venue.hear_of_refunds()
        assert (await venue.order(ada, full))["refund_status"] == "refunded"
        kept = await venue.order(ada, none)
        assert (kept["status"], kept["refund_status"]) == ("cancelled", "none")


async def test_edge_case_19_an_event_is_cancelled_with_outstanding_orders(venue: Venue) -> None:
    """Sales stop first; pending orders end without a refund, even if their money comes after all;
    paid ones are refunded; expired ones with money too; the page says cancelled.
    """
    stage = venue.stage
    async with venue.product.visitor() as ada, venue.product.visitor() as bob:
        paid = await venue.bought(ada, 0)
        pending = await venue.held(bob, 0)
        late = await venue.held(bob, 1)
        lapsed = await venue.held(bob, 1)
        await lapse(venue.product.services.db, stage, lapsed)
        change = await venue.change("cancellations")
        assert change["whole_event"]
        assert sorted(change["occurrence_ids"]) == sorted(venue.dates)
        await money_arrives(venue.product, stage, lapsed)
        done = await venue.work(change)
        assert done["status"] == "done"
        await money_arrives(venue.product, stage, late)
        await venue.hear_of_refunds()
        statuses = [
            ((await venue.order(one, order))["status"], await _payments(venue, order))
            for one, order in ((ada, paid), (bob, pending), (bob, late), (bob, lapsed))
        ]
        assert statuses[:3] == [
            ("cancelled", ["refunded"]),
            ("cancelled", []),
            ("cancelled", ["refunded"]),
        ]
        assert statuses[3][1] == ["refunded"]
        page = await bob.get(f"/api/v1/events/{stage.slug}/show")
        assert page.json()["status"] == "cancelled"
        assert await venue.claimed() == [0, 0]
        listed = await bob.get(f"/api/v1/events?organizer={stage.slug}")
        assert listed.json()["items"] == []


async def test_a_cancelled_date_is_never_reopened(venue: Venue) -> None:
    """Neither before nor after the first refund."""
    change = await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
    date = f"{venue.event}/occurrences/{venue.dates[0]}"
    again = await venue.staff.post(
        f"{venue.event}/cancellations", json={"occurrence_ids": [venue.dates[0]]}
    )
    moved = await venue.staff.patch(date, json={"starts_at": "2099-01-01T10:00"})
    assert {answer.json()["code"] for answer in (again, moved)} == {"date_cancelled"}
    await venue.work(change)
    await venue.work(await venue.change("cancellations"))
    published = await venue.staff.post(f"{venue.event}/publish")
    assert (published.status_code, published.json()["code"]) == (409, "event_cancelled")


async def test_a_killed_worker_resumes_where_it_was(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies in the middle of the orders, then in the middle of the refunds: each happens once."""
    services = venue.product.services
    async with venue.product.visitor() as ada:
        orders = [await venue.bought(ada, 0) for _ in range(4)]
        change = await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
        monkeypatch.setattr("boxoffice.services.bookings.changes.running.BATCH", 2)
        await die_at(venue, change, Steps, "take", calls=2, patch=monkeypatch)
        assert (await venue.progress(change))["done"] == 2
        await die_at(venue, change, Payments, "refund", calls=3, patch=monkeypatch)
        halfway = await venue.progress(change)
        assert (halfway["done"], halfway["refunds_done"]) == (4, 2)
        await services.bookings.change_work.resume()
        done = await venue.progress(change)
        assert (done["status"], done["done"], done["refunds_done"]) == ("done", 4, 4)
        assert done["refunded"]["amount"] == 10_000
        assert [await _refunds(venue, one) for one in orders] == [[2500]] * 4
        assert await venue.claimed() == [0, 0]


async def test_two_workers_at_once_give_each_capacity_and_each_refund_back_once(
    venue: Venue,
) -> None:
    """Fails when quotas and orders are not locked before what was done is read: then several
    workers take the same order.
    """
    work, organizer_id = venue.product.services.bookings.change_work, venue.stage.organizer_id
    async with venue.product.visitor() as ada:
        orders = [await venue.bought(ada, 0) for _ in range(6)]
        change = await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
        await asyncio.gather(
            *(work._take_batch(organizer_id, UUID(change["id"])) for _ in range(4))
        )
        await asyncio.gather(
            *(work._refund_batch(organizer_id, UUID(change["id"])) for _ in range(4))
        )
        await work._leave(organizer_id, UUID(change["id"]))
        done = await venue.work(change)
        assert (done["status"], done["done"], done["refunds_done"]) == ("done", 6, 6)
        assert [await _refunds(venue, one) for one in orders] == [[2500]] * 6
        assert await venue.claimed() == [0, 0]
        told = await venue.rows(
            "SELECT count(*) FROM data.outbox WHERE organizer_id = $1 "
            "AND name = 'bookings.order_date_cancelled.v1'"
        )
        assert told[0][0] == 6


@pytest.mark.contrived
async def test_what_is_left_over_is_counted_and_the_work_is_not_done(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        order = await venue.bought(ada, 0)
        change = await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
        await venue.work(change)
        await venue.rows(
            "UPDATE bookings.date_changes SET status = 'running' WHERE organizer_id = $1"
        )
        await venue.rows(
            "UPDATE bookings.tickets SET status = 'valid' WHERE organizer_id = $1 "
            "AND order_id = $2",
            UUID(order["id"]),
        )
        with pytest.raises(CountsDiffer):
            await venue.work(change)
        assert (await venue.progress(change))["status"] == "running"


@pytest.mark.contrived
async def test_a_change_that_cannot_be_finished_holds_up_no_other(venue: Venue) -> None:
    services = venue.product.services
    async with venue.product.visitor() as ada:
        stuck = await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
        await venue.rows(
            "INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, units) "
            "SELECT organizer_id, gen_random_uuid(), id, 'order', gen_random_uuid(), 1 "
            "FROM events.quotas WHERE organizer_id = $1 AND occurrence_id = $2",
            UUID(venue.dates[0]),
        )
        await venue.bought(ada, 1)
        other = await venue.change("cancellations", occurrence_ids=[venue.dates[1]])
        await services.bookings.change_work.resume()
        assert (await venue.progress(stuck))["status"] == "running"
        assert (await venue.progress(other))["status"] == "done"


async def test_deciding_twice_under_one_key_decides_once(venue: Venue) -> None:
    headers, body = once(), {"occurrence_ids": [venue.dates[0]]}
    answers = [
        await venue.staff.post(f"{venue.event}/cancellations", json=body, headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert len({answer.json()["id"] for answer in answers}) == 1
    listed = (await venue.staff.get(f"{venue.event}/date-changes")).json()
    assert [one["id"] for one in listed] == [answers[0].json()["id"]]


@pytest.mark.parametrize(
    ("role", "status"), [("finance", 403), ("marketing", 403), ("support", 403), ("manager", 202)]
)
async def test_cancelling_takes_the_right_to_change_events_and_orders(
    venue: Venue, role: str, status: int
) -> None:
    member = await venue.member(role)
    body = {"occurrence_ids": [venue.dates[0]]}
    answer = await member.post(f"{venue.event}/cancellations", json=body)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"occurrence_ids": []},
        {"occurrence_ids": ["00000000-0000-0000-0000-000000000000"]},
        {"keep_percent": 101},
        {"keep_per_ticket": -1},
        {"refund": "some"},
        {"message": "x" * 2001},
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused(
    venue: Venue, body: dict[str, Any]
) -> None:
    answer = await venue.staff.post(f"{venue.event}/cancellations", json=body)
    assert 400 <= answer.status_code < 500
    assert await venue.claimed() == [0, 0]
    assert (await venue.staff.get(f"{venue.event}/date-changes")).json() == []


async def _payments(venue: Venue, order: dict[str, Any]) -> list[str]:
    found = await venue.product.services.payments.of(venue.stage.organizer_id, UUID(order["id"]))
    return [str(one.status) for one in found]


async def _refunds(venue: Venue, order: dict[str, Any]) -> list[int]:
    rows = await venue.rows(
        "SELECT amount FROM payments.refunds WHERE organizer_id = $1 AND reference = $2",
        UUID(order["id"]),
    )
    return [row.amount for row in rows]


async def die_at(
    venue: Venue,
    change: dict[str, Any],
    room: type[Any],
    verb: str,
    *,
    calls: int,
    patch: pytest.MonkeyPatch,
) -> None:
    """Work until that verb is asked for the so manieth time, and die there."""
    verbatim, left = getattr(room, verb), [calls]

    async def deadly(*args: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise asyncio.CancelledError
        return await verbatim(*args, **named)

    with patch.context() as patched:
        patched.setattr(room, verb, deadly)
        with pytest.raises(asyncio.CancelledError):
            await venue.work(change)
