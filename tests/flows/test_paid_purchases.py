"""One charge for orders for several events, and each order's own part of it afterwards."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.deliveries import Delivery
from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.handlers import listeners
from boxoffice.services.payments.api import PaymentView
from boxoffice.services.payments.facts import PaymentFailed, PaymentSucceeded
from tests.flows.test_gift_cards import issued
from tests.races.ring import another_event
from tests.support.cancelling import expecting
from tests.support.card_company import CardCompany
from tests.support.charging import charge
from tests.support.product import Product, once
from tests.support.shop import Json, Shop, done, line, open_shop, refused
from tests.support.together import BUYER, Pair, pair

CHARGED = "SELECT status, amount, amount_refunded FROM charges WHERE merchant = ? ORDER BY seq"
OK, NO = {"source": "practice_ok"}, {"source": "practice_declined"}


@pytest.fixture(scope="module")
async def market(db: Database, paying_product: Product) -> AsyncIterator[Shop]:
    """The organizer of all these events."""
    async with open_shop(paying_product, db) as opened:
        yield opened


@pytest.fixture
async def two(market: Shop) -> Pair:
    return await pair(await another_event(market), prices=(2500, 1000))


async def paid(two: Pair, buyer: httpx2.AsyncClient, purchase: Json) -> Json:
    answer = await buyer.post(two.of(purchase, "/payments"), json=OK, headers=once())
    return done(answer)["purchase"]


async def payments(two: Pair, reference: str) -> list[PaymentView]:
    services = two.first.product.services
    return await services.payments.of(two.first.stage.organizer_id, UUID(reference))


async def standing(two: Pair, reference: str) -> tuple[int, int]:
    """What has come for it and what of it went back."""
    organizer = two.first.stage.organizer_id
    async with two.first.db.begin(organizer) as tx:
        found = await two.first.product.services.payments.standing(tx, organizer, UUID(reference))
    return (found.paid.amount, found.refunded.amount) if found else (0, 0)


async def charged(two: Pair, purchase: Json, amount: int) -> PaymentView:
    """Money that comes past the checkout, as when its process died."""
    shop, sum_ = two.first, Money(amount=amount, currency="EUR")
    payments, organizer = shop.product.services.payments, shop.stage.organizer_id
    return await charge(payments, shop.db, organizer, reference=UUID(purchase["id"]), amount=sum_)


async def heard(two: Pair, purchase: Json, payment: PaymentView, *, failed: bool = False) -> None:
    """What the worker does once it is told of the money."""
    told = PaymentFailed if failed else PaymentSucceeded
    fact = told(
        organizer_id=two.first.stage.organizer_id,
        payment_id=payment.id,
        reference=UUID(purchase["id"]),
    )
    for one in listeners(two.first.product.services.bookings):
        if one.fact is told:
            await one.handle(fact, Delivery(fact_id=new_id(), listener=one.name))


async def now(two: Pair, buyer: httpx2.AsyncClient, purchase: Json) -> Json:
    return done(await buyer.get(two.of(purchase)))


def states(purchase: Json) -> list[str]:
    return [one["status"] for one in purchase["orders"]]


async def in_the_book(two: Pair, company: CardCompany) -> list[tuple[str, int, int]]:
    """Status, amount and what went back of the organizer's charges, as the card company has it."""
    merchant = str(two.first.stage.organizer_id)
    return [
        (status, amount, back)
        for status, amount, back in company.book(CHARGED, merchant)
        if status == "succeeded"
    ]


async def test_one_cart_over_several_dates_and_events_of_the_organizer(
    two: Pair, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    """B7: one charge; afterwards each order is an ordinary one that has its part of the money."""
    day = {"starts_at": "2031-05-02T19:00", "ends_at": "2031-05-02T22:00"}
    done(await two.first.staff.post(f"{two.first.event}/occurrences", json=day), 201)
    dates = [one["id"] for one in (await two.first.managed())["occurrences"]]
    items = [line(two.kinds[0], occurrence_id=date) for date in dates]
    purchase = await two.held(buyer, two.wish(0, items=items), two.wish(1))
    before = await in_the_book(two, company)
    assert purchase["due"] == {"amount": 6000, "currency": "EUR"}
    answer = await buyer.post(two.of(purchase, "/payments"), json=OK, headers=once())
    whole = done(answer)
    assert whole["payment"]["amount"]["amount"] == 6000
    shown = done(await buyer.get(two.of(purchase, f"/payments/{whole['payment']['id']}")))
    assert (shown["purchase"]["status"], states(shown["purchase"])) == (
        "confirmed", ["confirmed", "confirmed"],
    )  # fmt: skip
    first, second = whole["purchase"]["orders"]
    assert {one["payment_status"] for one in (first, second)} == {"paid"}
    assert [(one["date"] or {}).get("occurrence_id") for one in first["tickets"]] == [
        None, dates[1],
    ]  # fmt: skip
    assert [await standing(two, one["id"]) for one in (first, second, purchase)] == [
        (5000, 0), (1000, 0), (0, 0),
    ]  # fmt: skip
    assert await in_the_book(two, company) == [*before, ("succeeded", 6000, 0)]

    path, asked = f"{two.first.orders}/{second['id']}/cancellations", {"terms": "full"}
    preview = done(await two.first.staff.post(f"{path}/preview", json=asked))
    assert preview["refund"]["amount"] == 1000
    done(await two.first.staff.post(path, json=asked | expecting(preview)))
    assert [await standing(two, one["id"]) for one in (first, second)] == [(5000, 0), (1000, 1000)]
    assert await in_the_book(two, company) == [*before, ("succeeded", 6000, 1000)]
    assert states(await now(two, buyer, purchase)) == ["confirmed", "cancelled"]


async def test_a_cancelled_event_gives_back_its_part_of_a_purchase_alone(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase = await paid(two, buyer, await two.held(buyer))
    dates = [str(two.shops[1].stage.occurrence_id)]
    path = f"{two.shops[1].event}/cancellations"
    change = done(
        await two.first.staff.post(path, json={"occurrence_ids": dates}, headers=once()), 202
    )
    work = two.first.product.services.bookings.change_work
    await work.run(two.first.stage.organizer_id, UUID(change["id"]))
    assert states(await now(two, buyer, purchase)) == ["confirmed", "cancelled"]
    first, second = purchase["orders"]
    assert await standing(two, first["id"]) == (2500, 0)
    assert await standing(two, second["id"]) == (1000, 1000)


async def test_a_declined_card_leaves_all_of_a_purchase_held_and_another_card_pays(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase, key = await two.held(buyer), once()
    declined = await buyer.post(two.of(purchase, "/payments"), json=NO, headers=key)
    refused(declined, 402, "card_declined")
    reused = await buyer.post(two.of(purchase, "/payments"), json=OK, headers=key)
    refused(reused, 422, "idempotency_key_reused")
    shown = await now(two, buyer, purchase)
    assert {(one["status"], one["payment_status"]) for one in shown["orders"]} == {
        ("awaiting_payment", "failed")
    }
    assert (await paid(two, buyer, purchase))["status"] == "confirmed"


async def test_a_repeated_key_and_many_clicks_pay_a_purchase_once(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase, key = await two.held(buyer), once()
    path = two.of(purchase, "/payments")
    clicks = await asyncio.gather(*(buyer.post(path, json=OK, headers=key) for _ in range(4)))
    assert {one.status_code for one in clicks} <= {200, 409, 429}
    again = done(await buyer.post(path, json=OK, headers=key))
    assert again["purchase"]["status"] == "confirmed"
    refused(await buyer.post(path, json=OK, headers=once()), 409, "already_paid")
    assert len(await payments(two, purchase["id"])) == 1


async def test_money_confirms_a_purchase_whose_server_died_and_again_changes_nothing(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase = await two.held(buyer)
    payment = await charged(two, purchase, 3500)
    for _ in range(2):
        await heard(two, purchase, payment)
    assert states(await now(two, buyer, purchase)) == ["confirmed", "confirmed"]
    assert [await standing(two, one["id"]) for one in purchase["orders"]] == [(2500, 0), (1000, 0)]


async def test_late_money_buys_all_of_a_purchase_again_where_there_is_room(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    """Also what is free in it."""
    free = await two.first.add("Free", quantity=5)
    wish = {"event_id": two.wish(0)["event_id"], "items": [line(free)]}
    purchase = await two.held(buyer, wish, two.wish(1))
    for number in (0, 1):
        await two.first.lapse(purchase["orders"][number])
    done(await two.shops[1].buy(buyer, line(two.kinds[1], 5)), 201)
    rival = done(await buyer.get("/api/v1/me/orders"))["items"][0]
    done(await buyer.post(f"{two.first.orders}/{rival['id']}/release"))
    await heard(two, purchase, await charged(two, purchase, 1000))
    shown = await now(two, buyer, purchase)
    assert (shown["status"], states(shown)) == ("confirmed", ["confirmed", "confirmed"])
    assert [one["payment_status"] for one in shown["orders"]] == ["none", "paid"]
    assert await two.sold() == [0, 1]


async def test_late_money_for_a_purchase_of_which_something_is_gone_goes_back_whole(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase = await two.held(buyer)
    await two.shops[1].lapse(purchase["orders"][1])
    done(await two.shops[1].buy(buyer, line(two.kinds[1], 5)), 201)
    payment = await charged(two, purchase, 3500)
    for _ in range(2):
        await heard(two, purchase, payment)
    shown = await now(two, buyer, purchase)
    assert (shown["status"], states(shown)) == ("ended", ["expired", "expired"])
    assert await standing(two, purchase["id"]) == (3500, 3500)
    assert await two.sold() == [0, 5]
    refused(await buyer.post(two.of(purchase, "/payments"), json=OK), 409, "purchase_over")


async def test_a_second_payment_for_a_purchase_goes_back(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase = await two.held(buyer)
    first = await charged(two, purchase, 3500)
    async with two.first.db.begin(two.first.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE payments.payments SET live = false WHERE organizer_id = $1 AND id = $2",
            (two.first.stage.organizer_id, first.id),
        )
    second = await charged(two, purchase, 3500)
    await heard(two, purchase, first)
    await heard(two, purchase, second)
    assert states(await now(two, buyer, purchase)) == ["confirmed", "confirmed"]
    assert await standing(two, purchase["id"]) == (3500, 3500)


async def test_money_for_another_amount_goes_back_and_the_purchase_can_still_be_paid(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    """So does money for one of its orders alone, and an attempt that has failed changes nothing."""
    purchase = await two.held(buyer)
    wrong = await charged(two, purchase, 3400)
    await heard(two, purchase, wrong)
    assert await standing(two, purchase["id"]) == (3400, 3400)
    alone = purchase["orders"][0]
    await heard(two, alone, await charged(two, alone, 2500))
    assert await standing(two, alone["id"]) == (2500, 2500)
    await heard(two, purchase, wrong, failed=True)
    assert states(await now(two, buyer, purchase)) == ["held", "held"]
    assert (await paid(two, buyer, purchase))["status"] == "confirmed"


async def test_gift_cards_pay_for_an_order_of_a_purchase_and_the_rest_is_charged_once(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    card = await issued(two.first, 1300)
    purchase = await two.held(buyer)
    path = f"{two.first.orders}/{purchase['orders'][1]['id']}/gift-cards"
    done(await buyer.post(path, json={"code": card["code"]}))
    assert (await now(two, buyer, purchase))["due"]["amount"] == 2500
    answer = await buyer.post(two.of(purchase, "/payments"), json=OK, headers=once())
    whole = done(answer)
    assert whole["payment"]["amount"]["amount"] == 2500
    assert [one["payment_status"] for one in whole["purchase"]["orders"]] == ["paid", "paid"]
    assert await standing(two, purchase["orders"][1]["id"]) == (1000, 0)


async def test_a_purchase_is_not_paid_by_half(two: Pair, buyer: httpx2.AsyncClient) -> None:
    purchase = done(await two.open(buyer), 201)
    path = two.of(purchase, "/payments")
    refused(await buyer.post(path, json=OK), 422, "buyer_missing")
    done(await buyer.put(two.of(purchase, "/buyer"), json=BUYER))
    refused(await buyer.post(two.of(purchase, "/confirm")), 409, "payment_needed")
    gone = purchase["orders"][1]
    await two.shops[1].lapse(gone)
    assert refused(await buyer.post(path, json=OK), 409, "order_over")["order_id"] == gone["id"]
    done(await buyer.delete(two.of(purchase, f"/orders/{gone['id']}")))
    left = await paid(two, buyer, purchase)
    assert (states(left), left["total"]["amount"]) == (["confirmed"], 2500)


async def pending(
    two: Pair,
    buyer: httpx2.AsyncClient,
    purchase: Json,
    company: CardCompany,
    *,
    source: str = "practice_slow",
    key: dict[str, str] | None = None,
) -> PaymentView:
    """A payment with a card whose company ponders for a moment."""
    await company.treat(two.first.stage.organizer_id, slow_seconds=0.2)
    path = two.of(purchase, "/payments")
    answer = await buyer.post(path, json={"source": source}, headers=key or once())
    assert done(answer)["payment"]["status"] == "pending"
    return (await payments(two, purchase["id"]))[-1]


async def settled(two: Pair, payment: PaymentView, purchase: Json) -> PaymentView:
    """The payment, once the card company and our books have it."""
    books = two.first.product.services.payments.books
    async with asyncio.timeout(20):
        while payment.status == "pending":
            await books.compare()
            payment = next(
                one for one in await payments(two, purchase["id"]) if one.id == payment.id
            )
    return payment


async def told_too_late(two: Pair, order: Json) -> int:
    """How often that is reported of the order's money."""
    async with two.first.db.begin(two.first.stage.organizer_id) as tx:
        found = await tx.connection.exec_driver_sql(
            "SELECT count(*) FROM data.outbox WHERE payload->>'order_id' = $1"
            " AND name = 'bookings.money_came_too_late.v1'",
            (order["id"],),
        )
        return int(found.scalar_one())


async def test_an_old_refusal_says_nothing_about_the_payment_that_is_being_made(
    two: Pair, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    purchase = await two.held(buyer)
    refused(
        await buyer.post(two.of(purchase, "/payments"), json=NO, headers=once()),
        402,
        "card_declined",
    )
    [old] = await payments(two, purchase["id"])
    payment = await pending(two, buyer, purchase, company)
    await heard(two, purchase, old, failed=True)
    path = two.of(purchase, f"/orders/{purchase['orders'][0]['id']}")
    refused(await buyer.delete(path, headers=once()), 409, "payment_under_way")
    await heard(two, purchase, await settled(two, payment, purchase))
    assert states(await now(two, buyer, purchase)) == ["confirmed", "confirmed"]


async def test_a_purchase_of_which_an_event_is_cancelled_meanwhile_can_be_paid_without_it(
    two: Pair, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    purchase = await two.held(buyer)
    payment = await pending(two, buyer, purchase, company, source="practice_slow_declined")
    shop, gone = two.shops[0], purchase["orders"][0]
    body = {"occurrence_ids": [str(shop.stage.occurrence_id)]}
    path = f"{shop.event}/cancellations"
    change = done(await two.first.staff.post(path, json=body, headers=once()), 202)
    work = two.first.product.services.bookings.change_work
    await work.run(two.first.stage.organizer_id, UUID(change["id"]))
    await heard(two, purchase, await settled(two, payment, purchase), failed=True)
    refused(await buyer.post(two.of(purchase, "/payments"), json=OK), 409, "order_over")
    done(await buyer.delete(two.of(purchase, f"/orders/{gone['id']}"), headers=once()))
    assert states(await paid(two, buyer, purchase)) == ["confirmed"]
    assert await standing(two, purchase["orders"][1]["id"]) == (1000, 0)


async def test_late_money_for_what_was_let_go_goes_back_and_the_repeated_request_finds_it(
    two: Pair, buyer: httpx2.AsyncClient, company: CardCompany
) -> None:
    purchase, key = await two.held(buyer), once()
    payment = await pending(two, buyer, purchase, company, key=key)
    done(await buyer.post(two.of(purchase, "/release"), headers=once()))
    path = two.of(purchase, "/payments")
    again = done(await buyer.post(path, json={"source": "practice_slow"}, headers=key))
    assert again["payment"]["id"] == str(payment.id)
    payment = await settled(two, payment, purchase)
    for _ in range(2):
        await heard(two, purchase, payment)
    shown = await now(two, buyer, purchase)
    assert {one["payment_status"] for one in shown["orders"]} == {"failed"}
    assert await standing(two, purchase["id"]) == (3500, 3500)
    for order in purchase["orders"]:
        assert await told_too_late(two, order) == 1


async def test_a_split_order_of_a_purchase_gives_its_money_back_and_is_bought_with_nothing(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase = await paid(two, buyer, await two.held(buyer, two.wish(0, 2), two.wish(1)))
    order = next(one for one in purchase["orders"] if len(one["positions"]) == 2)
    path = f"{two.first.orders}/{order['id']}/splits"
    body: Json = {"position_ids": [order["positions"][0]["id"]], "expected_total": 2500}
    new = done(await two.first.staff.post(path, json=body, headers=once()), 201)["new_order"]
    assert new.get("purchase_id") is None
    assert [await standing(two, one["id"]) for one in (order, new)] == [(2500, 0), (2500, 0)]
    gone: Json = {"position_ids": [new["positions"][0]["id"]], "terms": "full"}
    gone |= {"expected_refund": 2500, "expected_total": 0}
    path = f"{two.first.orders}/{new['id']}/cancellations"
    done(await two.first.staff.post(path, json=gone, headers=once()))
    assert [await standing(two, one["id"]) for one in (order, new)] == [(2500, 0), (2500, 2500)]
