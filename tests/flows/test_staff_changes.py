"""B12 · Staff change tickets of an order: type, date, seat, price; the difference goes back."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.seated import order as seated_order
from tests.support.seated import orders_path, seat_id, seated_stage, wish
from tests.support.shop import Shop, done, line, refused
from tests.support.staff import staff_of

ADA = "ada@example.org"
Json = dict[str, Any]


async def bought(shop: Shop, buyer: httpx2.AsyncClient, *lines: Json) -> Json:
    order = done(await shop.buy(buyer, *lines, email=ADA), 201)
    if order["status"] == "confirmed":
        return order
    path = f"{shop.orders}/{order['id']}/payments"
    return done(await buyer.post(path, json={"source": "practice_ok"}, headers=once()))["order"]


def ticket(order: Json, number: int, **wanted: Any) -> Json:
    position = next(one for one in order["positions"] if one["number"] == number)
    return {"position_id": position["id"], **wanted}


def changes(shop: Shop, order: Json) -> str:
    return f"{shop.orders}/{order['id']}/ticket-changes"


async def look(shop: Shop, order: Json, *tickets: Json) -> httpx2.Response:
    path = f"{changes(shop, order)}/preview"
    return await shop.staff.post(path, json={"tickets": list(tickets)})


async def change(shop: Shop, order: Json, *tickets: Json, **more: Any) -> httpx2.Response:
    shown = await look(shop, order, *tickets)
    if shown.status_code != 200:
        return shown
    body = {"tickets": list(tickets), "expected_total": shown.json()["new_total"]["amount"]}
    return await shop.staff.post(changes(shop, order), json=body | more, headers=once())


async def counts(shop: Shop) -> list[tuple[int, int]]:
    """Of every quota that is claimed its counter, and the standing units that it must equal."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT q.claimed, (SELECT coalesce(sum(units), 0)::int FROM events.claims c WHERE "
            "c.organizer_id = q.organizer_id AND c.quota_id = q.id AND released_at IS NULL) "
            "FROM events.quotas q WHERE q.organizer_id = $1 AND q.claimed > 0 ORDER BY 1",
            (shop.stage.organizer_id,),
        )
        return [tuple[int, int](row) for row in rows]


async def scan(shop: Shop, code: str) -> str:
    body = {"nonce": str(uuid4()), "code": code, "event_id": str(shop.stage.event_id), "gate": "N"}
    path = shop.orders.replace("/orders", "/scans")
    return done(await shop.staff.post(path, json=body))["reason"]


async def test_staff_swap_a_ticket_after_a_preview_and_the_price_difference_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order = await bought(shop, buyer, line(front, 2))
    swap = ticket(order, 1, ticket_type_id=back["id"])
    shown = done(await look(shop, order, swap))
    assert (shown["old_total"]["amount"], shown["new_total"]["amount"]) == (10000, 8000)
    assert (shown["refund"]["amount"], shown["more"]["amount"]) == (2000, 0)
    (one,) = shown["tickets"]
    assert (one["before"]["name"], one["after"]["name"]) == ("Front", "Back")
    assert done(await buyer.get(f"{shop.orders}/{order['id']}"))["total"]["amount"] == 10000
    body = {"tickets": [swap], "expected_total": 7999}
    refused(await shop.staff.post(changes(shop, order), json=body), 409, "change_differs")
    body, key = body | {"expected_total": 8000, "because": "Asked for it"}, once()
    made = done(await shop.staff.post(changes(shop, order), json=body, headers=key))
    assert done(await shop.staff.post(changes(shop, order), json=body, headers=key)) == made
    now = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    assert [one["ticket_type_name"] for one in now["tickets"]] == ["Back", "Front"]
    assert (now["total"]["amount"], now["refund_status"]) in {
        (8000, "pending"), (8000, "partially_refunded"),
    }  # fmt: skip
    assert now["tickets"][1]["code"] == order["tickets"][1]["code"]
    assert await scan(shop, order["tickets"][0]["code"]) == "changed"
    assert await scan(shop, now["tickets"][0]["code"]) == "ok"
    payments = shop.product.services.payments
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        standing = await payments.standing(tx, shop.stage.organizer_id, order["id"])
    assert standing is not None
    assert standing.refunded.amount == 2000
    assert await counts(shop) == [(1, 1), (1, 1)]
    refused(await look(shop, order, swap), 409, "change_not_allowed")


async def test_staff_set_a_price_with_a_reason_and_the_difference_goes_back(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    front, back = await shop.add("Front", price=5000), await shop.add("Back", price=3000)
    order = await bought(shop, buyer, line(back))
    swap = ticket(order, 1, ticket_type_id=front["id"])
    assert done(await look(shop, order, swap))["more"]["amount"] == 2000
    refused(await change(shop, order, swap | {"price": 3000}), 422, "invalid")
    made = done(await change(shop, order, swap | {"price": 3000}, because="Wrong row sold"))
    assert made["order"]["total"]["amount"] == 3000
    assert made["order"]["positions"][0]["ticket_type_name"] == "Front"
    assert made["order"]["token"] == ""
    less = done(await change(shop, made["order"], ticket(order, 1, price=1000), because="Rain"))
    assert (less["change"]["refund"]["amount"], less["order"]["total"]["amount"]) == (2000, 1000)
    refused(await look(shop, order, ticket(order, 1)), 422, "nothing_to_change")


async def test_staff_add_tickets_to_an_order(paying_shop: Shop, buyer: httpx2.AsyncClient) -> None:
    shop = paying_shop
    dear, few = await shop.add("Dear", price=4000), await shop.add("Few", quantity=2)
    order = await bought(shop, buyer, line(dear))
    path, crew = changes(shop, order), {"ticket_type_id": few["id"]}
    body: Json = {"added": [crew] * 3, "expected_total": 4000}
    refused(await shop.staff.post(path, json=body), 409, "sold_out")
    given = {"ticket_type_id": dear["id"], "price": 0}
    body |= {"added": [crew, given], "because": "Guest of the house"}
    shown = done(await shop.staff.post(f"{path}/preview", json={"added": [crew, given]}))
    assert [one["name"] for one in shown["added"]] == ["Few", "Dear"]
    made = done(await shop.staff.post(path, json=body, headers=once()))["order"]
    assert [one["number"] for one in made["positions"]] == [1, 2, 3]
    assert made["total"]["amount"] == 4000
    now = done(await buyer.get(f"{shop.orders}/{order['id']}"))
    assert [await scan(shop, one["code"]) for one in now["tickets"]] == ["ok"] * 3
    assert await counts(shop) == [(1, 1), (2, 2)]


async def another_date(shop: Shop) -> str:
    """A second date of the event; its id."""
    event = await shop.managed()
    starts = datetime.fromisoformat(event["occurrences"][0]["starts_at"]) + timedelta(days=1)
    clock = "%Y-%m-%dT%H:%M"
    body = {
        "starts_at": starts.strftime(clock),
        "ends_at": (starts + timedelta(hours=2)).strftime(clock),
    }
    made = done(await shop.staff.post(f"{shop.event}/occurrences", json=body, headers=once()), 201)
    first = str(shop.stage.occurrence_id)
    return next(one["id"] for one in made["occurrences"] if one["id"] != first)


async def test_a_ticket_is_moved_to_another_date_and_opens_that_door_alone(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=2)
    second = await another_date(shop)
    first = str(shop.stage.occurrence_id)
    order = done(await shop.buy(ada, line(kind, 2), email=ADA, occurrence_id=first), 201)
    one = done(await change(shop, order, ticket(order, 1, occurrence_id=second)))["order"]
    assert one["occurrence_id"] == first
    assert [bool(each.get("date")) for each in one["positions"]] == [True, False]
    two = done(await change(shop, order, ticket(order, 2, occurrence_id=second)))["order"]
    assert (two["occurrence_id"], two["positions"][0].get("date")) == (second, None)
    assert len(await counts(shop)) == 1
    later = ticket(order, 1, occurrence_id=str(uuid4()))
    assert (await look(shop, order, later)).status_code == 404


async def test_all_of_it_or_nothing_where_one_of_the_tickets_cannot_be_had(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind, few = await shop.add("Regular"), await shop.add("Few", quantity=1)
    order = await bought(shop, ada, line(kind, 2))
    both = [ticket(order, number, ticket_type_id=few["id"]) for number in (1, 2)]
    refused(await look(shop, order, *both), 409, "sold_out")
    assert await counts(shop) == [(2, 2)]
    async with shop.product.visitor() as stranger:
        body = {"tickets": both[:1]}
        path = f"{changes(shop, order)}/preview"
        assert (await stranger.post(path, json=body)).status_code == 401
    async with staff_of(shop.product, shop.stage, role="support") as helper:
        assert (await helper.post(path, json=body)).status_code == 403


async def test_a_ticket_is_moved_to_another_seat_and_its_old_one_is_free(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["AAAA"], shared=4)
    path = orders_path(stage)
    async with product.visitor() as buyer, staff_of(product, stage, role="manager") as staff:
        made = done(await buyer.post(path, json=seated_order(stage, wish(stage, 0))), 201)
        (position,) = made["positions"]
        moved = {"position_id": position["id"], "seat_id": seat_id(stage, 3)}
        body = {"tickets": [moved], "expected_total": made["total"]["amount"]}
        changed = done(await staff.post(f"{path}/{made['id']}/ticket-changes", json=body))
        assert changed["order"]["tickets"][0]["seat"]["id"] == seat_id(stage, 3)
        done(await buyer.post(path, json=seated_order(stage, wish(stage, 0))), 201)
        taken = await buyer.post(path, json=seated_order(stage, wish(stage, 3)))
        assert taken.status_code == 409
        # Who names no seat gets the best, and the ticket says which.
        more = {"added": [{"ticket_type_id": str(stage.types[0])}], "expected_total": 0}
        added = done(await staff.post(f"{path}/{made['id']}/ticket-changes", json=more))
        assert added["order"]["tickets"][1]["seat"]["id"] in {
            seat_id(stage, 1), seat_id(stage, 2),
        }  # fmt: skip


async def test_two_move_tickets_to_the_last_units_in_opposite_directions_and_nothing_is_lost(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    left, right = await shop.add("Left", quantity=9), await shop.add("Right", quantity=9)
    lefts = [await bought(shop, ada, line(left)) for _ in range(7)]
    rights = [await bought(shop, ada, line(right)) for _ in range(7)]

    async def move(order: Json, kind: Json) -> int:
        body = {"tickets": [ticket(order, 1, ticket_type_id=kind["id"])], "expected_total": 0}
        return (await shop.staff.post(changes(shop, order), json=body)).status_code

    answers = Counter(
        await asyncio.gather(
            *(move(order, right) for order in lefts),
            *(move(order, left) for order in rights),
            *(move(order, right) for order in lefts),
        )
    )
    # Who has moved already is told that there is nothing to change.
    assert set(answers) <= {200, 409, 422}, answers
    assert sum(claimed for claimed, _ in await counts(shop)) == 14
    assert all(claimed == units <= 9 for claimed, units in await counts(shop))
