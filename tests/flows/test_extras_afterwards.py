"""Add-ons and bundles after the sale: cancelled, changed, waited for, printed."""

import httpx2

from tests.flows.test_changing import allow, bought, other
from tests.flows.test_extras import ADA, bind, group, with_
from tests.support.product import once
from tests.support.shop import Json, Shop, done, line, named, refused
from tests.support.waiting import (
    let_go,
    offer_what_is_free,
    sold_out,
    wait,
)


async def cancelled(
    shop: Shop, by: httpx2.AsyncClient, order: Json, *numbers: int
) -> httpx2.Response:
    """Cancelled as the preview says, or the preview's refusal."""
    ids = [one["id"] for one in order["positions"] if one["number"] in numbers]
    path = f"{shop.orders}/{order['id']}/cancellations"
    shown = await by.post(f"{path}/preview", json={"position_ids": ids})
    if shown.status_code != 200:
        return shown
    expected = {
        "expected_refund": shown.json()["refund"]["amount"],
        "expected_total": shown.json()["new_total"]["amount"],
    }
    return await by.post(path, json={"position_ids": ids} | expected, headers=once())


async def test_cancelling_a_base_ticket_cancels_its_add_ons_and_their_money_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    policy = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]}}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=policy))
    day = await shop.add("Day", price=5000)
    lunch = await shop.add("Lunch", price=1500, visibility="add_on")
    shirt = await shop.add("Shirt", price=2000, visibility="add_on", admits=False)
    await bind(shop, day, group("More", lunch, shirt, maximum=3))
    order = await bought(shop, buyer, line(day, 2, add_ons=with_(line(lunch), line(shirt))))
    gone = done(await cancelled(shop, buyer, order, 1))
    assert gone["cancellation"]["refund"]["amount"] == 5000 + 1500 + 2000
    assert [one["name"] for one in gone["cancellation"]["lines"]] == ["Day", "Lunch", "Shirt"]
    left = gone["order"]
    assert [one["ticket_type_name"] for one in left["positions"]] == ["Day", "Lunch", "Shirt"]
    assert {one.get("parent_id") for one in left["positions"]} == {
        None, next(one["id"] for one in order["positions"] if one["number"] == 2),
    }  # fmt: skip
    for name in ("Day", "Lunch", "Shirt"):
        assert (await shop.quota(name))["sold"] == 1
    lunches = [one["number"] for one in left["positions"] if one["ticket_type_name"] == "Lunch"]
    alone = done(await cancelled(shop, buyer, left, *lunches))
    assert alone["cancellation"]["refund"]["amount"] == 1500
    assert [one["ticket_type_name"] for one in alone["order"]["positions"]] == ["Day", "Shirt"]


async def test_who_was_given_a_ticket_on_sees_what_comes_with_it(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day")
    lunch = await shop.add("Lunch", visibility="add_on", admits=False)
    await bind(shop, day, group("More", lunch, maximum=3))
    order = done(await shop.buy(ada, line(day, 1, add_ons=with_(line(lunch, 2))), email=ADA), 201)
    tickets = f"{shop.orders}/{order['id']}/tickets/{order['tickets'][0]['id']}"
    body = {"email": "eve@example.org"}
    made = done(await ada.post(f"{tickets}/transfers", json=body, headers=once()), 201)
    bookings = shop.product.services.bookings
    news = await bookings.transfer(shop.stage.organizer_id, made["id"])
    assert news is not None
    link = f"/api/v1/ticket-transfers/{news.token}"
    offered = done(await ada.get(link))
    taken = done(await ada.post(f"{link}/accept", json={"name": "Eve Adams"}, headers=once()))
    assert offered["extras"] == taken["extras"] == "2 Lunch"
    assert (await ada.get(f"{link}/ticket.pdf")).status_code == 200


async def test_part_of_a_bundle_is_not_cancelled_alone(shop: Shop, ada: httpx2.AsyncClient) -> None:
    dinner = await shop.add("Dinner")
    pack = await shop.add("Weekend")
    await bind(shop, pack, contents=[{"ticket_type_id": dinner["id"], "units": 2}])
    order = done(await shop.buy(ada, line(pack, 2), email=ADA), 201)
    assert [one.get("bundled", False) for one in order["positions"]] == [False] * 2 + [True] * 4
    part = await cancelled(shop, shop.staff, order, 3)
    refused(part, 409, "part_of_bundle")
    gone = done(await cancelled(shop, shop.staff, order, 2))
    assert len(gone["order"]["positions"]) == 3
    assert (await shop.quota("Dinner"))["sold"] == 2


async def test_an_add_on_changes_its_variation_at_the_price_it_was_sold_for(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day")
    shirt = await shop.add("Shirt", price=2000, visibility="add_on", admits=False)
    small, large = await shop.vary(shirt, "S"), await shop.vary(shirt, "L", price=2500)
    await bind(shop, day, group("Gift", (shirt, 0)))
    await allow(shop, variations=True)
    order = await bought(shop, ada, line(day, add_ons=with_(line(shirt, 1, small))))
    wish = {"variations": [other(order, large, 2)], "expected_total": 0}
    path = f"{shop.orders}/{order['id']}/own-changes"
    changed = done(await ada.post(path, json=wish))["order"]
    assert [one["variation_name"] for one in changed["positions"]] == [None, "L"]
    assert changed["total"]["amount"] == 0


async def test_an_offer_of_what_has_become_a_bundle_meanwhile_is_over(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=2500)
    place = await wait(shop, ada, "bob@example.org", stage["kind"])
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    dinner = await shop.add("Dinner", quantity=1)
    await bind(shop, stage["kind"], contents=[{"ticket_type_id": dinner["id"]}])
    refused(await place.do("accept"), 410, "offer_over")
    assert (await shop.quota("Dinner"))["held"] == 0
    await bind(shop, stage["kind"])
    assert done(await place.do("accept"), 201)["total"]["amount"] == 2500


async def test_what_comes_with_tickets_earns_no_discount_and_bears_no_fee_per_ticket(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    policy = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]}}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=policy))
    day = await shop.add("Day", price=10000)
    coffee = await shop.add("Coffee", price=300, visibility="add_on", admits=False)
    pack = await shop.add("Pack", price=5000)
    await bind(shop, day, group("More", coffee))
    await bind(shop, pack, contents=[{"ticket_type_id": coffee["id"], "units": 2, "price": 200}])
    rules = {
        "discounts": [{"name": "3 for 2", "kind": "n_for_m", "count": 3, "pay": 2}],
        "fees": [{"name": "Fee", "fixed": 50, "per": "ticket"}],
    }
    done(await shop.staff.put(f"{shop.event}/prices", json=rules))
    offers = done(await buyer.get(shop.page))["offers"]
    assert named(offers, "Pack")["price"]["amount"] == 5000 + 400 + 50
    order = await bought(shop, buyer, line(day, 3, add_ons=with_(line(coffee))))
    assert order["total"]["amount"] == 20000 + 900 + 100
    coffees = [one["number"] for one in order["positions"] if one.get("parent_id")]
    less = done(await cancelled(shop, buyer, order, coffees[0]))
    assert less["cancellation"]["refund"]["amount"] == 300
    assert less["order"]["total"]["amount"] == 20000 + 600 + 100


async def test_an_add_on_that_a_ticket_needs_is_cancelled_alone_by_staff_only(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    policy = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]}}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=policy))
    day = await shop.add("Day", price=5000)
    meat = await shop.add("Meat", price=1500, visibility="add_on")
    fish = await shop.add("Fish", price=1500, visibility="add_on")
    await bind(shop, day, group("Meal", meat, fish, minimum=1, maximum=2))
    chosen = line(day, 2, add_ons=with_(line(meat), line(fish)))
    order = await bought(shop, buyer, chosen)
    await bind(shop, day)
    numbers = [one["number"] for one in order["positions"] if one.get("parent_id")]
    left = done(await cancelled(shop, buyer, order, numbers[0]))["order"]
    last = [
        one["number"]
        for one in left["positions"]
        if one.get("parent_id") == order["positions"][0]["id"]
    ]
    problem = refused(await cancelled(shop, buyer, left, *last), 409, "add_on_demanded")
    assert len(problem["position_ids"]) == 1
    done(await cancelled(shop, shop.staff, left, *last))
