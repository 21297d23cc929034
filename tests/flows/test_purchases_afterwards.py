"""B7 · What becomes of the orders of a purchase, and what may join one."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.purchases import rows
from tests.flows.test_paid_purchases import OK, now, paid, payments, standing
from tests.flows.test_returns import allow
from tests.races.ring import another_event
from tests.support.elsewhere import elsewhere
from tests.support.locks import so_many_wait
from tests.support.product import Product, once
from tests.support.shop import Json, Shop, done, line, open_shop, refused
from tests.support.together import BUYER, Pair, pair
from tests.support.waiting import let_go, offer_what_is_free, sold_out, wait


@pytest.fixture(scope="module")
async def market(db: Database, paying_product: Product) -> AsyncIterator[Shop]:
    """The organizer of all these events."""
    async with open_shop(paying_product, db) as opened:
        yield opened


@pytest.fixture
async def two(market: Shop) -> Pair:
    return await pair(await another_event(market), prices=(2500, 1000))


async def test_each_order_of_a_purchase_is_changed_given_on_returned_and_cancelled_as_any_other(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    first, second = two.shops
    purchase = await paid(two, buyer, await two.held(buyer, two.wish(0, 2), two.wish(1, 2)))
    order, other = purchase["orders"]
    one = order["positions"][0]["id"]
    cheaper = {"tickets": [{"position_id": one, "price": 2000}], "expected_total": 4500}
    path = f"{first.orders}/{order['id']}"
    done(await first.staff.post(f"{path}/ticket-changes", json=cheaper | {"because": "A pillar"}))
    dearer = {"tickets": [{"position_id": one, "price": 2600}], "expected_total": 5100}
    asked = await first.staff.post(f"{path}/ticket-changes", json=dearer | {"because": "No pillar"})
    change = done(asked)["awaiting"]
    due = f"{path}/changes/{change['id']}/payments"
    done(await buyer.post(due, json={"source": "practice_ok"}, headers=once()))
    assert [await standing(two, each["id"]) for each in (order, other)] == [(5600, 500), (2000, 0)]

    await allow(second)
    policy = {"transfer": {"allowed": True}, "returns": {"allowed": True}}
    done(await second.staff.put(f"{second.event}/order-policy", json=policy))
    tickets = [f"{second.orders}/{other['id']}/tickets/{each['id']}" for each in other["tickets"]]
    done(await buyer.post(f"{tickets[0]}/transfers", json={"email": "eve@example.org"}), 201)
    done(await buyer.post(f"{tickets[1]}/returns", headers=once()), 201)
    gone: Json = {"terms": "full", "expected_refund": 2000, "expected_total": 0}
    done(await second.staff.post(f"{second.orders}/{other['id']}/cancellations", json=gone))
    assert [await standing(two, each["id"]) for each in (order, other)] == [
        (5600, 500), (2000, 2000),
    ]  # fmt: skip
    shown = await now(two, buyer, purchase)
    assert (shown["status"], [each["status"] for each in shown["orders"]]) == (
        "confirmed", ["confirmed", "cancelled"],
    )  # fmt: skip


async def test_a_voucher_of_one_order_makes_the_whole_purchase_cheaper_until_it_is_taken_off(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    terms = {"code": "HALF", "effect": "percent", "value": 50_000, "max_uses": 3}
    done(await two.first.staff.post(f"{two.first.event}/vouchers", json=terms), 201)
    purchase = await two.held(buyer)
    order, other = (f"{two.first.orders}/{one['id']}/vouchers" for one in purchase["orders"])
    refused(await buyer.put(other, json={"codes": ["HALF"]}), 422, "unknown_voucher")
    for codes, due in ((["half"], 2250), ([], 3500), (["HALF"], 2250)):
        done(await buyer.put(order, json={"codes": codes}))
        assert (await now(two, buyer, purchase))["due"]["amount"] == due
    whole = await paid(two, buyer, purchase)
    assert [await standing(two, one["id"]) for one in whole["orders"]] == [(1250, 0), (1000, 0)]
    refused(await buyer.put(order, json={"codes": []}), 409, "illegal_order_move")
    (made,) = done(await two.first.staff.get(f"{two.first.event}/vouchers"))["items"]
    assert (made["used"], made["spent"]) == (1, 1250)


async def test_a_voucher_that_is_applied_while_its_order_joins_others_leaves_it_with_them(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    """Fails if what was read before the lock is written: its purchase would be forgotten."""
    terms = {"code": "HALF", "effect": "percent", "value": 50_000, "max_uses": 3}
    done(await two.first.staff.post(f"{two.first.event}/vouchers", json=terms), 201)
    purchase = await two.held(buyer, two.wish(1))
    alone = done(await two.first.buy(buyer, line(two.kinds[0]), email=BUYER["email"]), 201)
    path, organizer = f"{two.first.orders}/{alone['id']}/vouchers", two.first.stage.organizer_id
    async with two.first.db.begin(organizer) as tx:
        await rows.join(tx, UUID(purchase["id"]), [UUID(alone["id"])])
        applied = elsewhere(buyer.put(path, json={"codes": ["HALF"]}))
        await so_many_wait(tx, 1)
    assert done(await applied)["purchase_id"] == purchase["id"]
    assert (await now(two, buyer, purchase))["due"]["amount"] == 2250


async def test_what_the_waiting_list_offered_is_bought_together_with_other_tickets(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    shop = two.shops[1]
    full = await sold_out(shop, buyer, price=1500)
    place = await wait(shop, buyer, BUYER["email"], full["kind"])
    await let_go(shop, buyer, full["order"])
    await offer_what_is_free(shop)
    offered = done(await place.do("accept", **once()), 201)
    body: Json = {"orders": [two.wish(0)], "order_ids": [offered["id"]]}
    purchase = done(await buyer.post(two.path, json=body, headers=once()), 201)
    assert purchase["due"]["amount"] == 4000
    done(await buyer.put(two.of(purchase, "/buyer"), json=BUYER))
    assert (await paid(two, buyer, purchase))["status"] == "confirmed"
    assert await place.state() == "accepted"
    assert (await shop.quota("Regular"))["sold"] == 1


async def test_events_of_other_currencies_and_too_many_of_them_are_not_bought_together(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    why = await two.open(buyer, *[two.wish(0)] * 11)
    refused(why, 422, "too_many_orders")
    assert await two.sold() == [0, 0]
    async with two.first.db.begin(two.first.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE events.events SET currency = 'CHF' WHERE organizer_id = $1 AND id = $2",
            (two.first.stage.organizer_id, two.shops[1].stage.event_id),
        )
    why = refused(await two.open(buyer), 409, "other_currency")
    assert why["order_index"] == 1
    assert await two.sold() == [0, 0]


async def test_a_confirmed_purchase_is_not_charged_again_though_another_payment_stood_for_it(
    two: Pair, buyer: httpx2.AsyncClient
) -> None:
    purchase, organizer = await two.held(buyer), two.first.stage.organizer_id
    assert (await paid(two, buyer, purchase))["status"] == "confirmed"
    async with two.first.db.begin(organizer) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE payments.payments SET live = false WHERE organizer_id = $1 AND reference = $2",
            (organizer, UUID(purchase["id"])),
        )
    again = await buyer.post(two.of(purchase, "/payments"), json=OK, headers=once())
    refused(again, 409, "purchase_over")
    assert len(await payments(two, purchase["id"])) == 1
