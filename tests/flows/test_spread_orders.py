"""One cart over several dates of an event: held, priced, paid and shown as one order."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import DatabaseSettings
from tests.flows.dates import Venue, open_venue
from tests.flows.test_paid_purchase import lapse, money_arrives
from tests.support.product import Product, once, running_product, settings_for


@pytest.fixture
async def venue(paying_product: Product) -> Venue:
    return await open_venue(paying_product)


@pytest.fixture
async def other(paying_product: Product) -> Venue:
    return await open_venue(paying_product)


async def spread(
    venue: Venue, browser: httpx2.AsyncClient, *places: tuple[int, int], **more: Any
) -> httpx2.Response:
    """An order of so many tickets for each of these dates."""
    kind = str(venue.stage.types[0])
    items = [
        {"ticket_type_id": kind, "quantity": quantity, "occurrence_id": venue.dates[date]}
        for date, quantity in places
    ]
    body = {
        "event_id": str(venue.stage.event_id),
        "items": items,
        "buyer": {"email": "ada@example.org", "name": "Ada Lovelace"},
        **more,
    }
    return await browser.post(f"{venue.path}/orders", json=body, headers=once())


async def bought(venue: Venue, browser: httpx2.AsyncClient, *places: tuple[int, int]) -> Any:
    order = (await spread(venue, browser, *places)).json()
    answer = await venue.pay(browser, order)
    assert answer.status_code == 200, answer.text
    return answer.json()["order"]


async def test_one_cart_over_several_dates_of_the_organizers_event(venue: Venue) -> None:
    """B7: one order, one payment, a ticket for each date that opens that date's door alone."""
    async with venue.product.visitor() as ada:
        held = await spread(venue, ada, (0, 2), (1, 1))
        assert held.status_code == 201, held.text
        order = held.json()
        assert order["total"]["amount"] == 7500
        assert order["occurrence_id"] == venue.dates[0]
        dates = [(one["date"] or {}).get("occurrence_id") for one in order["positions"]]
        assert dates == [None, None, venue.dates[1]]
        assert await venue.claimed() == [2, 1]

        paid = (await venue.pay(ada, order)).json()["order"]
        assert paid["status"] == "confirmed"
        assert [one["date"] is None for one in paid["tickets"]] == [True, True, False]
        assert paid["tickets"][2]["date"]["occurrence_id"] == venue.dates[1]
        rows = await venue.rows(
            "SELECT occurrence_id FROM bookings.tickets WHERE organizer_id = $1"
        )
        assert sorted(str(row[0]) for row in rows) == sorted(
            [venue.dates[0], venue.dates[0], venue.dates[1]]
        )
        again = await venue.order(ada, paid)
        assert again["tickets"][2]["date"] == paid["tickets"][2]["date"]


async def test_the_files_of_an_order_are_about_all_its_dates(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        order = await bought(venue, ada, (0, 1), (1, 2))
        url = f"{venue.path}/orders/{order['id']}"
        calendar = (await ada.get(f"{url}/calendar.ics")).text
        assert calendar.count("BEGIN:VEVENT") == 2
        assert all(f"UID:{date}@" in calendar.replace("\r\n ", "") for date in venue.dates)
        pdf = await ada.get(f"{url}/tickets.pdf")
        assert pdf.status_code == 200, pdf.text
        found = await venue.product.services.bookings.confirmation(
            venue.stage.organizer_id, UUID(order["id"])
        )
        assert found is not None
        days = [ticket.date.starts_at.date() for ticket in found.document.tickets if ticket.date]
        assert days[0] < days[1] == days[2]
        assert [str(one.occurrence_id) for one in found.document.dates] == venue.dates


async def test_automatic_discounts_for_distinct_dates_are_earned_by_every_ticket_once(
    venue: Venue,
) -> None:
    rule = {"name": "Both evenings", "kind": "dates", "count": 2, "percent": 10_000}
    answer = await venue.staff.put(f"{venue.event}/prices", json={"discounts": [rule]})
    assert answer.status_code == 200, answer.text
    async with venue.product.visitor() as ada:
        alone = (await spread(venue, ada, (0, 3))).json()
        assert (alone["total"]["amount"], alone["reductions"]) == (7500, [])
        order = await bought(venue, ada, (0, 2), (1, 1))
        assert [one["price"]["amount"] for one in order["positions"]] == [2250, 2500, 2250]
        assert [(one["kind"], one["amount"]["amount"]) for one in order["reductions"]] == [
            ("dates", 500)
        ]
        url = f"{venue.path}/orders/{order['id']}/cancellations/preview"
        asked = {"position_ids": [order["positions"][2]["id"]], "discounts": "charge"}
        preview = await venue.staff.post(url, json=asked | {"terms": "full"})
        assert preview.status_code == 200, preview.text
        assert preview.json()["new_total"]["amount"] == 5000
        moved = await venue.change("cancellations", occurrence_ids=[venue.dates[1]])
        await venue.work(moved)
        left = await venue.order(ada, order)
        assert [one["price"]["amount"] for one in left["positions"]] == [2250, 2500]


async def test_all_dates_or_none(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        full = await spread(venue, ada, (1, 9))
        assert full.status_code == 201, full.text
        refused = await spread(venue, ada, (0, 2), (1, 2))
        assert (refused.status_code, refused.json()["code"]) == (409, "sold_out")
        assert await venue.claimed() == [0, 9]
        cancelled = await venue.change("cancellations", occurrence_ids=[venue.dates[1]])
        refused = await spread(venue, ada, (0, 1), (1, 1))
        assert (refused.status_code, refused.json()["code"]) == (409, "not_on_sale")
        await venue.work(cancelled)
        assert await venue.claimed() == [0, 0]


async def test_letting_it_go_gives_every_date_back(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        order = (await spread(venue, ada, (0, 2), (1, 3))).json()
        answer = await ada.post(f"{venue.path}/orders/{order['id']}/release", headers=once())
        assert answer.status_code == 200, answer.text
        assert await venue.claimed() == [0, 0]


async def test_least_and_most_of_a_type_count_for_each_date(venue: Venue) -> None:
    kind = f"{venue.event}/ticket-types/{venue.stage.types[0]}"
    changed = await venue.staff.patch(kind, json={"min_per_order": 2, "max_per_order": 3})
    assert changed.status_code == 200, changed.text
    async with venue.product.visitor() as ada:
        assert (await spread(venue, ada, (0, 3), (1, 3))).status_code == 201
        refused = await spread(venue, ada, (0, 3), (1, 1))
        assert (refused.status_code, refused.json()["code"]) == (422, "wrong_quantity")


async def test_a_quote_for_several_dates_costs_what_the_order_does(venue: Venue) -> None:
    kind = str(venue.stage.types[0])
    items = [{"ticket_type_id": kind, "quantity": 2, "occurrence_id": date} for date in venue.dates]
    body = {"event_id": str(venue.stage.event_id), "items": items}
    async with venue.product.visitor() as ada:
        quote = await ada.post(f"{venue.path}/orders/quote", json=body)
        assert quote.status_code == 200, quote.text
        assert quote.json()["total"]["amount"] == 10_000
        order = await spread(venue, ada, (0, 2), (1, 2), expected_total=10_000)
        assert order.status_code == 201, order.text


async def test_dates_of_another_event_are_refused(venue: Venue, other: Venue) -> None:
    async with venue.product.visitor() as ada:
        kind = str(venue.stage.types[0])
        items = [
            {"ticket_type_id": kind, "quantity": 1, "occurrence_id": date}
            for date in (venue.dates[0], other.dates[0])
        ]
        body = {"event_id": str(venue.stage.event_id), "items": items}
        answer = await ada.post(f"{venue.path}/orders", json=body)
        assert answer.status_code in {409, 422}, answer.text
        assert await venue.claimed() == [0, 0]


async def test_edge_case_19_orders_over_several_dates_only_lose_affected_positions(
    venue: Venue,
) -> None:
    """The refund, the door and the stock of the other date are as if nothing had happened."""
    async with venue.product.visitor() as ada:
        order = await bought(venue, ada, (0, 2), (1, 1))
        waiting = (await spread(venue, ada, (0, 1), (1, 1))).json()
        body = {"occurrence_ids": [venue.dates[1]], "refund": "keep_fee", "keep_percent": 10}
        seen = (await venue.staff.post(f"{venue.event}/cancellations/preview", json=body)).json()
        money = [seen[name]["amount"] for name in ("paid", "refund", "kept")]
        assert (money, seen["tickets"], seen["orders"]) == ([2500, 2250, 250], 1, 1)
        done = await venue.work(await venue.change("cancellations", **body))
        assert (done["status"], done["done"], done["tickets"]) == ("done", 2, 1)
        assert done["refunded"]["amount"] == 2250
        await venue.hear_of_refunds()
        after = await venue.order(ada, order)
        assert (after["status"], after["refund_status"]) == ("confirmed", "partially_refunded")
        assert (await venue.order(ada, waiting))["status"] == "cancelled"
        assert await venue.claimed() == [2, 0]
        mine, _, lost = order["tickets"]
        assert (await venue.scan(lost))["reason"] == "date_cancelled"
        assert (await venue.scan(mine))["verdict"] == "admitted"

        rest = await venue.work(
            await venue.change("cancellations", occurrence_ids=[venue.dates[0]])
        )
        assert (rest["status"], rest["tickets"]) == ("done", 2)
        assert rest["refunded"]["amount"] == 5000
        assert (await venue.order(ada, order))["status"] == "cancelled"
        assert await venue.claimed() == [0, 0]


async def test_after_the_house_cancelled_one_date_the_rest_of_the_order_comes_back_in_full(
    venue: Venue,
) -> None:
    """What was kept of the cancelled date stays kept; the order costs what is left of it."""
    async with venue.product.visitor() as ada:
        order = await bought(venue, ada, (0, 2), (1, 1))
        body = {"occurrence_ids": [venue.dates[1]], "refund": "keep_fee", "keep_percent": 10}
        await venue.work(await venue.change("cancellations", **body))
        after = await venue.order(ada, order)
        assert after["total"]["amount"] == 5250
        assert [one["number"] for one in after["cancelled_positions"]] == [3]
        assert [one["price"]["amount"] for one in after["fees"]] == [250]
        path = f"{venue.path}/orders/{order['id']}/cancellations"
        shown = (await venue.staff.post(f"{path}/preview", json={"terms": "full"})).json()
        assert (shown["refund"]["amount"], shown["new_total"]["amount"]) == (5000, 250)
        rest = {"terms": "full", "expected_refund": 5000, "expected_total": 250}
        done = await venue.staff.post(path, json=rest, headers=once())
        assert (done.status_code, done.json()["order"]["status"]) == (200, "cancelled")
        assert await venue.claimed() == [0, 0]


async def test_what_gives_no_ticket_stays_bought_when_another_date_is_cancelled(
    venue: Venue,
) -> None:
    shirt = {"name": "Shirt", "price": 2000, "quantity": 5, "admits": False}
    made = (await venue.staff.post(f"{venue.event}/ticket-types", json=shirt)).json()
    kind = next(one["id"] for one in made["ticket_types"] if one["name"] == "Shirt")
    async with venue.product.visitor() as ada:
        items = [
            {"ticket_type_id": str(venue.stage.types[0]), "quantity": 1},
            {"ticket_type_id": kind, "quantity": 1, "occurrence_id": venue.dates[1]},
        ]
        items[0]["occurrence_id"] = venue.dates[0]
        held = (await spread(venue, ada, items=items)).json()
        order = (await venue.pay(ada, held)).json()["order"]
        await venue.work(await venue.change("cancellations", occurrence_ids=[venue.dates[0]]))
        after = await venue.order(ada, order)
        assert (after["status"], after["total"]["amount"]) == ("confirmed", 2000)


async def test_fees_come_back_when_the_last_of_an_orders_dates_is_cancelled(venue: Venue) -> None:
    fee = {"fees": [{"name": "Booking fee", "per": "order", "fixed": 300, "payer": "buyer"}]}
    assert (await venue.staff.put(f"{venue.event}/prices", json=fee)).status_code == 200
    async with venue.product.visitor() as ada:
        order = await bought(venue, ada, (1, 1), (0, 1))
        assert order["total"]["amount"] == 5300
        back = [
            (await venue.work(await venue.change("cancellations", occurrence_ids=[date])))
            for date in (venue.dates[1], venue.dates[0])
        ]
        assert [one["refunded"]["amount"] for one in back] == [2500, 2800]
        assert (await venue.order(ada, order))["status"] == "cancelled"


async def test_what_buyers_may_still_do_with_a_ticket_goes_by_its_own_date(venue: Venue) -> None:
    """The first date is thirty days away, which is too late for it; the second one is not."""
    hours = 30 * 24 + 1
    terms = {
        "cancellation": {"allowed": True, "schedule": [{"hours_before": hours}]},
        "transfer": {"allowed": True, "hours_before": hours},
        "changes": {"names": True, "variations": True, "add_ons": True, "hours_before": hours},
        "returns": {"allowed": True, "hours_before": hours},
    }
    policy = await venue.staff.put(f"{venue.event}/order-policy", json=terms)
    question = await venue.staff.post(
        f"{venue.event}/questions", json={"label": "Badge", "kind": "short_text", "per": "ticket"}
    )
    asked = question.json()["questions"][-1]["id"]
    late = {"minutes_before_start": hours * 60}
    closing = await venue.staff.put(f"{venue.event}/questions/deadline", json=late)
    codes = [one.status_code for one in (policy, question, closing)]
    assert codes == [200, 201, 200], (policy.text, question.text, closing.text)
    async with venue.product.visitor() as ada:
        for places in (((0, 1), (1, 1)), ((1, 1), (0, 1))):
            order = await bought(venue, ada, *places)
            path = f"{venue.path}/orders/{order['id']}"
            may = {
                one["ticket_id"]: one
                for one in (await ada.get(f"{path}/options")).json()["tickets"]
            }
            for (date, _), ticket, position in zip(
                places, order["tickets"], order["positions"], strict=True
            ):
                number, name = ticket["number"], {"name": "Grace Hopper"}
                offer = {"email": "bob@example.org"}
                answers = [{"question_id": asked, "value": f"Ada {date}", "ticket": number}]
                answer_codes = [
                    (await ada.put(f"{path}/positions/{position['id']}/attendee", json=name)),
                    (await ada.post(f"{path}/tickets/{ticket['id']}/transfers", json=offer)),
                    (await ada.post(
                        f"{path}/cancellations/preview", json={"position_ids": [position["id"]]}
                    )),
                    (await ada.put(f"{path}/answers", json={"answers": answers})),
                ]  # fmt: skip
                expected = [409] * 4 if date == 0 else [200, 201, 200, 200]
                assert [one.status_code for one in answer_codes] == expected, [
                    one.text for one in answer_codes
                ]
                times = [value for key, value in may[ticket["id"]].items() if key.endswith("until")]
                assert [one is None for one in times] == [date == 0] * 6


async def test_the_mail_about_a_cancelled_date_is_about_that_date_alone(venue: Venue) -> None:
    async with venue.product.visitor() as ada:
        order = await bought(venue, ada, (0, 1), (1, 1))
        change = await venue.change("cancellations", occurrence_ids=[venue.dates[1]])
        await venue.work(change)
        notice = await venue.product.services.bookings.date_notice(
            venue.stage.organizer_id, UUID(order["id"]), UUID(change["id"])
        )
        assert notice is not None
        (date,) = notice.document.dates
        assert (str(date.occurrence_id), date.cancelled) == (venue.dates[1], True)
        assert notice.refund is not None
        assert notice.refund.amount == 2500


async def test_late_money_claims_every_date_again_or_none(venue: Venue) -> None:
    async with venue.product.visitor() as ada, venue.product.visitor() as bob:
        order = (await spread(venue, ada, (0, 2), (1, 2))).json()
        await lapse(venue.product.services.db, venue.stage, order)
        again = (await spread(venue, ada, (0, 1), (1, 1))).json()
        await lapse(venue.product.services.db, venue.stage, again)
        assert (await spread(venue, bob, (0, 1), (1, 9))).status_code == 201
        await money_arrives(venue.product, venue.stage, order)
        assert (await venue.order(ada, order))["status"] == "expired"
        assert await venue.claimed() == [1, 9]
        await money_arrives(venue.product, venue.stage, again)
        assert (await venue.order(ada, again))["status"] == "confirmed"
        assert await venue.claimed() == [2, 10]


async def test_many_carts_over_the_same_dates_never_sell_too_many(
    database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    """Two processes, carts that name the dates in either order. Fails without `FOR NO KEY UPDATE`
    in `stock.py`: then the database's last wall is hit and batches are halved.
    """
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with running_product(settings) as one, running_product(settings) as two:
        venue = await open_venue(one, price=0, capacity=60)

        async def buy(number: int) -> int:
            cart = ((0, 1), (1, 2)) if number % 3 else ((1, 2), (0, 1))
            async with (one, two)[number % 2].visitor() as buyer:
                return (await spread(venue, buyer, *cart)).status_code

        answers = Counter(await asyncio.gather(*(buy(number) for number in range(300))))
        halved = [product.services.bookings.openings.halved for product in (one, two)]
        assert halved == [0, 0]
        assert answers == {201: 30, 409: 270}
        assert await venue.claimed() == [30, 60]
