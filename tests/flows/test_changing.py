"""B13 · What buyers change of a confirmed order themselves, until when, and what staff change."""

import asyncio
from collections import Counter
from typing import Any

import httpx2

from tests.support.product import once
from tests.support.shop import Shop, done, line, refused

ADA = "ada@example.org"
Json = dict[str, Any]


async def allow(shop: Shop, **changes: Any) -> None:
    done(await shop.staff.put(f"{shop.event}/order-policy", json={"changes": changes}))


async def hoodies(shop: Shop, **sizes: int) -> tuple[Json, dict[str, Json]]:
    """A type at 20.00 with variations of their own prices."""
    kind = await shop.add("Hoodie", price=2000)
    return kind, {name: await shop.vary(kind, name, price=price) for name, price in sizes.items()}


async def bought(shop: Shop, buyer: httpx2.AsyncClient, *lines: Json) -> Json:
    order = done(await shop.buy(buyer, *lines, email=ADA), 201)
    if order["status"] == "confirmed":
        return order
    path = f"{shop.orders}/{order['id']}/payments"
    paid = done(await buyer.post(path, json={"source": "practice_ok"}, headers=once()))
    return paid["order"]


def position(shop: Shop, order: Json, number: int = 1) -> str:
    found = next(one for one in order["positions"] if one["number"] == number)
    return f"{shop.orders}/{order['id']}/positions/{found['id']}"


async def test_the_buyer_edits_attendee_names_until_a_deadline_set_by_the_organizer(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = await bought(shop, ada, line(await shop.add("Standing"), 2))
    path = f"{position(shop, order)}/attendee"
    named = done(await ada.put(path, json={"name": " Grace Hopper "}))
    assert [one["attendee_name"] for one in named["tickets"]] == ["Grace Hopper", None]
    assert named["tickets"][0]["code"] == order["tickets"][0]["code"]
    await allow(shop, names=True, hours_before=30 * 24 + 1)
    refused(await ada.put(path, json={"name": "Eve"}), 409, "change_too_late")
    await allow(shop, names=False)
    refused(await ada.put(path, json={"name": "Eve"}), 409, "change_not_allowed")
    done(await shop.staff.put(path, json={"name": "By staff"}))
    async with shop.product.visitor() as stranger:
        assert (await stranger.put(path, json={"name": "Mallory"})).status_code == 404


async def test_the_buyer_corrects_the_address_of_a_confirmed_order(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", max_per_person=1)
    order = await bought(shop, ada, line(kind))
    other = done(await shop.buy(ada, line(kind), email="bob@example.org"), 201)
    contact = f"{shop.orders}/{order['id']}/contact"
    wrong = {"email": "bob@example.org", "name": "Ada"}
    refused(await ada.put(contact, json=wrong), 409, "person_limit")
    changed = done(await ada.put(contact, json={"email": "new@example.org", "name": "Ada L."}))
    assert changed["buyer"] == {"email": "new@example.org", "name": "Ada L."}
    done(await shop.buy(ada, line(kind), email=ADA), 201)
    assert other["status"] == "confirmed"


def other(order: Json, variation: Json, number: int = 1) -> Json:
    """The wish for that variation of one ticket."""
    found = next(one for one in order["positions"] if one["number"] == number)
    return {"position_id": found["id"], "variation_id": variation["id"]}


async def test_the_buyer_changes_the_variation_and_what_it_is_cheaper_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    kind, sizes = await hoodies(shop, S=1500, M=2000)
    order = await bought(shop, buyer, line(kind, 2, sizes["M"]))
    path = f"{shop.orders}/{order['id']}/own-changes"
    look = {"variations": [other(order, sizes["S"])]}
    wish = look | {"expected_total": 3500}
    refused(await buyer.post(path, json=wish), 409, "change_not_allowed")
    assert (await buyer.get(f"{shop.orders}/{order['id']}/change-choices")).json() == []
    await allow(shop, variations=True)
    choices = (await buyer.get(f"{shop.orders}/{order['id']}/change-choices")).json()
    assert [
        [(one["name"], one["price"]["amount"]) for one in each["variations"]] for each in choices
    ] == [[("S", 1500)], [("S", 1500)]]
    shown = done(await buyer.post(f"{path}/preview", json=look))
    assert (shown["new_total"]["amount"], shown["refund"]["amount"]) == (3500, 500)
    refused(await buyer.post(path, json=wish | {"expected_total": 3400}), 409, "change_differs")
    key = once()
    made = done(await buyer.post(path, json=wish, headers=key))
    assert done(await buyer.post(path, json=wish, headers=key)) == made
    changed = made["order"]
    payments = shop.product.services.payments
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        standing = await payments.standing(tx, shop.stage.organizer_id, order["id"])
    assert (changed["total"]["amount"], changed["tickets"][0]["variation_name"]) == (3500, "S")
    assert changed["tickets"][0]["code"] == order["tickets"][0]["code"]
    assert standing is not None
    assert standing.refunded.amount == 500
    refused(await buyer.post(path, json=wish), 422, "nothing_to_change")


async def test_a_variation_without_units_left_is_not_taken_and_the_ticket_stays(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Seat", quantity=10)
    near = await shop.vary(kind, "Near", quantity=1)
    far = await shop.vary(kind, "Far", quantity=5)
    await allow(shop, variations=True)
    async with shop.product.visitor() as rival:
        await bought(shop, rival, line(kind, 1, near))
    order = await bought(shop, ada, line(kind, 1, far))
    wish = {"variations": [other(order, near)], "expected_total": 0}
    path = f"{shop.orders}/{order['id']}"
    refused(await ada.post(f"{path}/own-changes", json=wish), 409, "sold_out")
    assert done(await ada.get(path))["tickets"][0]["variation_name"] == "Far"


async def test_many_change_to_the_last_units_at_once_and_nothing_is_lost_or_made(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Seat", quantity=40)
    near = await shop.vary(kind, "Near", quantity=3)
    far = await shop.vary(kind, "Far", quantity=30)
    await allow(shop, variations=True)
    orders = [await bought(shop, ada, line(kind, 1, far)) for _ in range(12)]

    async def change(order: Json) -> int:
        wish = {"variations": [other(order, near)], "expected_total": 0}
        path = f"{shop.orders}/{order['id']}/own-changes"
        return (await ada.post(path, json=wish)).status_code

    answers = Counter(await asyncio.gather(*(change(order) for order in orders)))
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT q.claimed, (SELECT coalesce(sum(units), 0)::int FROM events.claims c WHERE "
            "c.organizer_id = q.organizer_id AND c.quota_id = q.id AND released_at IS NULL) "
            "FROM events.quotas q WHERE q.organizer_id = $1 AND q.claimed > 0 ORDER BY q.claimed",
            (shop.stage.organizer_id,),
        )
        counts = [tuple(row) for row in rows]
    assert answers == {200: 3, 409: 9}
    assert counts == [(3, 3), (9, 9), (12, 12)]
