"""B13 · Buyers change several things of an order at once, add-ons among them."""

from typing import Any

import httpx2

from tests.flows.test_changing import allow, bought, other
from tests.flows.test_dearer_changes import money, own, pay
from tests.flows.test_staff_changes import counts, scan
from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

Json = dict[str, Any]


async def dinner(shop: Shop, *, least: int = 0, most: int = 2, included: int = 0) -> list[Json]:
    """A ticket at 40.00 in two sizes of table, with menus as add-ons: 15.00, or 12.00 with it."""
    menu = await shop.add("Menu", price=1500, quantity=10)
    kind = await shop.add("Dinner", price=4000, quantity=10)
    small, large = (
        await shop.vary(kind, "Small", price=4000),
        await shop.vary(kind, "Large", price=4500),
    )
    group = {
        "name": "Menus",
        "minimum": least,
        "maximum": most,
        "included": included,
        "add_ons": [{"ticket_type_id": menu["id"], "price": 1200}],
    }
    body = {"add_on_groups": [group], "contents": []}
    done(await shop.staff.put(f"{shop.event}/ticket-types/{kind['id']}/extras", json=body))
    return [kind, menu, small, large]


def add_on(order: Json, menu: Json) -> Json:
    base = next(one for one in order["positions"] if one["ticket_type_name"] == "Dinner")
    return {"position_id": base["id"], "ticket_type_id": menu["id"]}


async def change(
    shop: Shop, buyer: httpx2.AsyncClient, order: Json, **wish: Any
) -> httpx2.Response:
    """Look at it and accept what it comes to."""
    path = f"{shop.orders}/{order['id']}/own-changes"
    shown = await buyer.post(f"{path}/preview", json=wish)
    if shown.status_code != 200:
        return shown
    body = wish | {"expected_total": shown.json()["new_total"]["amount"]}
    return await buyer.post(path, json=body, headers=once())


async def test_the_buyer_adds_an_add_on_and_another_variation_at_once_and_pays_the_difference(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind, menu, small, large = await dinner(shop)
    order = await bought(shop, buyer, line(kind, 1, small))
    wish = {"variations": [other(order, large)], "added": [add_on(order, menu)]}
    refused(await change(shop, buyer, order, **wish), 409, "change_not_allowed")
    await allow(shop, variations=True, add_ons=True)
    (choices,) = (await buyer.get(f"{shop.orders}/{order['id']}/change-choices")).json()
    (group,) = choices["add_ons"]
    assert (group["maximum"], group["chosen"]) == (2, [])
    assert [one["price"]["amount"] for one in group["choices"]] == [1200]
    made = done(await change(shop, buyer, order, **wish))
    assert made["awaiting"]["due"]["amount"] == 1700
    assert (len(made["change"]["tickets"]), len(made["change"]["added"])) == (1, 1)
    assert made["order"]["total"]["amount"] == 4000
    paid = done(await pay(buyer, own(shop, order, made["awaiting"])))["order"]
    assert paid["total"]["amount"] == 5700
    base, extra = paid["positions"]
    assert (base["variation_name"], extra["parent_id"]) == ("Large", base["id"])
    assert [await scan(shop, one["code"]) for one in paid["tickets"]] == ["ok", "ok"]
    assert await counts(shop) == [(1, 1), (1, 1)]


async def test_the_buyer_takes_an_add_on_off_and_its_price_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind, menu, small, _ = await dinner(shop)
    await allow(shop, add_ons=True)
    extra = {"ticket_type_id": menu["id"], "quantity": 2}
    order = await bought(shop, buyer, line(kind, 1, small, add_ons=[extra]))
    base, first, _second = order["positions"]
    refused(await change(shop, buyer, order, removed=[base["id"]]), 404, "position_not_found")
    made = done(await change(shop, buyer, order, removed=[first["id"]]))
    assert (made["order"]["total"]["amount"], made["change"]["refund"]["amount"]) == (5200, 1200)
    assert [one["name"] for one in made["change"]["removed"]] == ["Menu"]
    assert await money(shop, order) == (6400, 1200)
    assert await counts(shop) == [(1, 1), (1, 1)]
    gone = next(one for one in order["tickets"] if one["number"] == first["number"])
    assert await scan(shop, gone["code"]) == "cancelled"


async def test_an_add_on_keeps_to_the_numbers_that_its_ticket_takes(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind, menu, small, _ = await dinner(shop, least=1, most=2, included=1)
    await allow(shop, add_ons=True)
    extra = {"ticket_type_id": menu["id"]}
    order = await bought(shop, buyer, line(kind, 1, small, add_ons=[extra]))
    assert order["total"]["amount"] == 4000
    _, first = order["positions"]
    more = add_on(order, menu)
    wrong = refused(await change(shop, buyer, order, added=[more, more]), 422, "wrong_add_ons")
    assert (wrong["minimum"], wrong["maximum"]) == (1, 2)
    refused(await change(shop, buyer, order, removed=[first["id"]]), 422, "wrong_add_ons")
    # One for another: the number stays, and what is included is free again.
    swapped = done(await change(shop, buyer, order, removed=[first["id"]], added=[more]))
    assert swapped["order"]["total"]["amount"] == 4000
    unknown = more | {"ticket_type_id": kind["id"], "variation_id": small["id"]}
    assert (await change(shop, buyer, order, added=[unknown])).status_code in {409, 422}


async def test_add_ons_stay_after_the_deadline_and_off_sale_for_the_buyer_but_not_for_staff(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind, menu, small, _ = await dinner(shop)
    order = await bought(shop, buyer, line(kind, 1, small))
    await allow(shop, add_ons=True, hours_before=24 * 60)
    refused(await change(shop, buyer, order, added=[add_on(order, menu)]), 409, "change_too_late")
    await allow(shop, add_ons=True)
    await shop.change(menu, on_sale=False)
    refused(await change(shop, buyer, order, added=[add_on(order, menu)]), 409, "not_on_sale")
    body = {
        "added": [{"ticket_type_id": menu["id"], "parent_id": order["positions"][0]["id"]}],
        "settle": "waive",
        "because": "A guest",
        "expected_total": 4000,
    }
    path = f"{shop.orders}/{order['id']}/ticket-changes"
    made = done(await shop.staff.post(path, json=body, headers=once()))
    assert made["order"]["total"]["amount"] == 4000
    assert made["order"]["positions"][1]["parent_id"] == order["positions"][0]["id"]
