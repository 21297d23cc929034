"""One cart over several events of an organizer: held and confirmed together, all or nothing."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import httpx2
import pytest

from boxoffice.data.postgres import Database
from tests.races.ring import another_event
from tests.support.elsewhere import elsewhere
from tests.support.locks import so_many_wait
from tests.support.product import Product, once
from tests.support.shop import Shop, done, line, open_shop, refused
from tests.support.together import BUYER, Pair, pair


@pytest.fixture(scope="module")
async def market(db: Database, product: Product) -> AsyncIterator[Shop]:
    """The organizer of all these events."""
    async with open_shop(product, db) as opened:
        yield opened


@pytest.fixture
async def two(market: Shop) -> Pair:
    return await pair(await another_event(market))


async def test_tickets_of_several_events_are_held_and_confirmed_together(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    purchase = await two.held(ada, two.wish(0, 2), two.wish(1))
    assert [one["status"] for one in purchase["orders"]] == ["held", "held"]
    assert len({one["event_id"] for one in purchase["orders"]}) == 2
    assert {one["purchase_id"] for one in purchase["orders"]} == {purchase["id"]}
    assert purchase["hold_expires_at"] == min(one["hold_expires_at"] for one in purchase["orders"])
    assert purchase["buyer"] == BUYER
    assert await two.sold() == [2, 1]

    confirmed = done(await ada.post(two.of(purchase, "/confirm")))
    assert confirmed["status"] == "confirmed"
    assert [len(one["tickets"]) for one in confirmed["orders"]] == [2, 1]
    again = done(await ada.post(two.of(purchase, "/confirm")))
    assert [one["tickets"] for one in again["orders"]] == [
        one["tickets"] for one in confirmed["orders"]
    ]


async def test_a_purchase_is_refused_as_a_whole_and_says_which_order_could_not_be_had(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    why = refused(await two.open(ada, two.wish(0, 2), two.wish(1, 6)), 409, "sold_out")
    assert why["order_index"] == 1
    assert await two.sold() == [0, 0]
    assert done(await ada.get("/api/v1/me/orders"))["items"] == []
    wrong = refused(await two.open(ada, two.wish(0), two.wish(1, 0)), 422, "empty_order")
    assert wrong["order_index"] == 1
    refused(await two.open(ada, two.wish(0), two.wish(0)), 409, "event_twice")
    refused(await ada.post(two.path, json={}), 422, "empty_purchase")


async def test_what_must_be_applied_for_or_has_another_currency_is_bought_alone(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    applied = await two.shops[1].add("Juried", needs_approval=True)
    alone = {"event_id": two.wish(1)["event_id"], "items": [line(applied)]}
    why = refused(await two.open(ada, two.wish(0), alone), 409, "approval_alone")
    assert why["order_index"] == 1
    held = done(await two.shops[1].buy(ada, line(applied)), 201)
    purchase = await two.held(ada, two.wish(0))
    path = two.of(purchase, f"/orders/{held['id']}")
    refused(await ada.put(path), 409, "approval_alone")


async def test_an_order_that_is_held_becomes_part_of_a_purchase_and_leaves_it(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    order = done(await two.first.buy(ada, line(two.kinds[0])), 201)
    body = {"orders": [two.wish(1)], "order_ids": [order["id"]], "buyer": BUYER}
    purchase = done(await ada.post(two.path, json=body, headers=once()), 201)
    assert order["id"] in {one["id"] for one in purchase["orders"]}
    assert purchase["buyer"] is None
    refused(await ada.post(two.of(purchase, "/confirm")), 422, "buyer_missing")
    named = done(await ada.put(two.of(purchase, "/buyer"), json=BUYER))
    assert named["buyer"] == BUYER

    other = next(one for one in purchase["orders"] if one["id"] != order["id"])
    left = done(await ada.delete(two.of(purchase, f"/orders/{other['id']}")))
    assert [one["id"] for one in left["orders"]] == [order["id"]]
    assert await two.sold() == [1, 0]
    again = done(await ada.post(two.of(purchase, "/orders"), json=two.wish(1)))
    assert (len(again["orders"]), again["buyer"]) == (2, BUYER)
    gone = done(await ada.get(f"{two.first.orders}/{other['id']}"))
    assert (gone["status"], "purchase_id" in gone) == ("cancelled", False)
    refused(await ada.delete(two.of(purchase, f"/orders/{other['id']}")), 404, "not_in_purchase")
    assert done(await ada.post(two.of(purchase, "/confirm")))["status"] == "confirmed"


async def test_an_order_of_a_purchase_is_not_parted_from_the_others(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    purchase = await two.held(ada)
    order = f"{two.first.orders}/{purchase['orders'][0]['id']}"
    for answer in (
        await ada.post(f"{order}/confirm"),
        await ada.post(f"{order}/extend"),
        await ada.post(f"{order}/release"),
        await ada.put(f"{order}/buyer", json=BUYER),
        await ada.post(f"{order}/payments", json={"source": "practice_ok"}),
        await ada.post(two.path, json={"order_ids": [purchase["orders"][0]["id"]]}),
    ):
        why = refused(answer, 409, "in_purchase")
        assert why["purchase_id"] == purchase["id"]


async def test_more_time_is_for_all_of_a_purchase_and_runs_out(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    purchase = await two.held(ada)
    more = done(await ada.post(two.of(purchase, "/extend")))
    assert more["hold_expires_at"] > purchase["hold_expires_at"]
    assert len({one["hold_expires_at"] for one in more["orders"]}) == 1
    for _ in range(9):
        more = done(await ada.post(two.of(purchase, "/extend")))
    assert more["extensions_left"] == 0
    refused(await ada.post(two.of(purchase, "/extend")), 409, "no_more_extensions")


async def test_letting_a_purchase_go_frees_all_of_it(two: Pair, ada: httpx2.AsyncClient) -> None:
    purchase = await two.held(ada)
    gone = done(await ada.post(two.of(purchase, "/release")))
    assert (gone["status"], {one["status"] for one in gone["orders"]}) == ("ended", {"cancelled"})
    assert await two.sold() == [0, 0]
    refused(await ada.post(two.of(purchase, "/confirm")), 409, "purchase_over")
    refused(await ada.post(two.of(purchase, "/orders"), json=two.wish(1)), 409, "purchase_over")


async def test_a_purchase_of_which_one_order_has_lapsed_is_not_confirmed_by_half(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    purchase = await two.held(ada)
    lapsed = purchase["orders"][1]
    await two.shops[1].lapse(lapsed)
    why = refused(await ada.post(two.of(purchase, "/confirm")), 410, "hold_expired")
    assert why["order_id"] == lapsed["id"]
    assert refused(await ada.post(two.of(purchase, "/extend")), 409, "order_over")
    shown = done(await ada.get(two.of(purchase)))
    assert [one["status"] for one in shown["orders"]] == ["held", "expired"]
    done(await ada.delete(two.of(purchase, f"/orders/{lapsed['id']}")))
    assert done(await ada.post(two.of(purchase, "/confirm")))["status"] == "confirmed"
    assert await two.sold() == [1, 0]


async def test_a_purchase_opens_to_its_buyer_its_link_and_the_team_alone(
    two: Pair, ada: httpx2.AsyncClient, product: Product
) -> None:
    purchase = await two.held(ada)
    async with product.visitor() as bob:
        refused(await bob.get(two.of(purchase)), 404, "purchase_not_found")
        refused(await bob.post(two.of(purchase, "/release")), 404, "purchase_not_found")
        refused(await bob.get("/api/v1/purchase-links/nothing"), 404, "purchase_not_found")
        order_token = purchase["orders"][0]["token"]
        refused(await bob.get(f"/api/v1/purchase-links/{order_token}"), 404, "purchase_not_found")
        linked = done(await bob.get(f"/api/v1/purchase-links/{purchase['token']}"))
        assert linked["id"] == purchase["id"]
        bearer = {"order-token": purchase["token"]}
        done(await bob.post(two.of(purchase, "/extend"), headers=bearer))
        body = {"order_ids": [purchase["orders"][0]["id"]]}
        refused(await bob.post(two.path, json=body), 404, "order_not_found")
    seen = done(await two.first.staff.get(two.of(purchase)))
    assert (seen["token"], {one["token"] for one in seen["orders"]}) == ("", {""})


async def test_another_organizer_finds_no_purchase(
    two: Pair, ada: httpx2.AsyncClient, product: Product
) -> None:
    """Nor does a purchase take in another one's orders, or events."""
    purchase = await two.held(ada)
    async with open_shop(product, two.first.db) as others:
        path = others.orders.replace("/orders", "/purchases")
        refused(await ada.get(f"{path}/{purchase['id']}"), 404, "purchase_not_found")
        refused(await others.staff.get(two.of(purchase)), 404, "purchase_not_found")
        theirs = done(await others.buy(ada, line(await others.add("Theirs"))), 201)
        taken = await ada.put(two.of(purchase, f"/orders/{theirs['id']}"))
        refused(taken, 404, "order_not_found")
        strange = await ada.post(path, json={"orders": [two.wish(0)]})
        assert strange.status_code in (404, 422), strange.text


async def test_limits_per_person_count_for_each_event_of_a_purchase(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    await two.shops[1].limit(1)
    why = refused(
        await two.open(ada, two.wish(0), two.wish(1, 2), buyer=BUYER), 409, "person_limit"
    )
    assert why["order_index"] == 1
    purchase = done(await two.open(ada, two.wish(0), two.wish(1, 2)), 201)
    refused(await ada.put(two.of(purchase, "/buyer"), json=BUYER), 409, "person_limit")
    shown = done(await ada.get(two.of(purchase)))
    assert shown["buyer"] is None


async def test_the_same_request_opens_one_purchase(two: Pair, ada: httpx2.AsyncClient) -> None:
    headers, body = once(), {"orders": [two.wish(0), two.wish(1)]}
    first, second = await asyncio.gather(
        *(ada.post(two.path, json=body, headers=headers) for _ in range(2))
    )
    assert done(first, 201)["id"] == done(second, 201)["id"]
    assert await two.sold() == [1, 1]


async def test_two_purchases_that_want_the_last_tickets_in_opposite_order_get_all_or_nothing(
    market: Shop, product: Product
) -> None:
    """Many at once, from either side: never half, never a deadlock, never more than there are."""
    two = await pair(await another_event(market), quantity=6)
    wishes = (two.wish(0), two.wish(1)), (two.wish(1), two.wish(0))
    async with product.visitor() as crowd:
        await crowd.get("/api/v1/me/orders")
        answers = await asyncio.gather(
            *(two.open(crowd, *wishes[number % 2]) for number in range(40))
        )
    assert sorted({one.status_code for one in answers}) == [201, 409]
    opened = [one.json() for one in answers if one.status_code == 201]
    assert len(opened) == 6
    assert {len(one["orders"]) for one in opened} == {2}
    assert await two.sold() == [6, 6]
    async with market.db.begin(market.stage.organizer_id) as tx:
        kept = await tx.connection.exec_driver_sql(
            "SELECT count(*) FROM bookings.orders WHERE organizer_id = $1 AND event_id = $2",
            (market.stage.organizer_id, UUID(two.wish(1)["event_id"])),
        )
        assert kept.scalar_one() == 6


async def test_a_purchase_is_locked_before_the_quotas_of_its_orders(
    two: Pair, ada: httpx2.AsyncClient
) -> None:
    """Whoever adds, pays or lets go meets the orders that it has, and nobody in between."""
    purchase, organizer = await two.held(ada, two.wish(0)), two.first.stage.organizer_id
    quota = UUID((await two.shops[1].quota(two.kinds[1]["name"]))["id"])
    async with two.first.db.begin(organizer) as tx:
        run = tx.connection.exec_driver_sql
        await run(
            "SELECT FROM bookings.purchases WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE",
            (organizer, UUID(purchase["id"])),
        )
        added = elsewhere(ada.post(two.of(purchase, "/orders"), json=two.wish(1)))
        gone = elsewhere(ada.post(two.of(purchase, "/release")))
        await so_many_wait(tx, 2)
        await run(
            "SELECT FROM events.quotas WHERE organizer_id = $1 AND id = $2 FOR UPDATE NOWAIT",
            (organizer, quota),
        )
    statuses = {(await added).status_code, (await gone).status_code}
    assert statuses in ({200}, {200, 409})
    assert await two.sold() == [0, 0]
