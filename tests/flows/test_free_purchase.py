"""Buying what costs nothing, through the API."""

import asyncio
from datetime import datetime, timedelta

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.documents.codes import CODE_LENGTH
from tests.support.product import Product, once, order_of
from tests.support.staff import staff_of
from tests.support.stage import set_stage


async def test_one_post_holds_and_confirms_a_free_order(db: Database, product: Product) -> None:
    stage = await set_stage(db, capacities=[10])
    async with product.visitor() as ada:
        answer = await ada.post(
            f"/api/v1/organizers/{stage.slug}/orders", json=order_of(stage, quantity=2)
        )
    assert answer.status_code == 201, answer.text
    order = answer.json()
    assert order["status"] == "confirmed"
    assert order["total"] == {"amount": 0, "currency": "EUR"}
    assert [ticket["number"] for ticket in order["tickets"]] == [1, 2]
    assert all(len(ticket["code"]) == CODE_LENGTH for ticket in order["tickets"])
    assert order["buyer"] == {"email": "ada@example.org", "name": "Ada Lovelace"}


async def test_the_same_key_gives_the_same_order_and_sells_once(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[10])
    headers, path = once(), f"/api/v1/organizers/{stage.slug}/orders"
    async with product.visitor() as ada:
        await ada.get("/api/v1/me/orders")
        first = await ada.post(path, json=order_of(stage), headers=headers)
        again = await asyncio.gather(
            *(ada.post(path, json=order_of(stage), headers=headers) for _ in range(5))
        )
        other = await ada.post(path, json=order_of(stage, quantity=2), headers=headers)
    assert {answer.json()["id"] for answer in again} == {first.json()["id"]}
    assert all(answer.headers["idempotency-replayed"] == "true" for answer in again)
    assert other.status_code == 422
    assert other.json()["code"] == "idempotency_key_reused"


async def test_sold_out_is_a_conflict_that_says_how_many_are_left(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[3])
    path = f"/api/v1/organizers/{stage.slug}/orders"
    async with product.visitor() as ada:
        await ada.post(path, json=order_of(stage, quantity=2))
        refused = await ada.post(path, json=order_of(stage, quantity=2))
    assert refused.status_code == 409
    problem = refused.json()
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert (problem["code"], problem["wanted"], problem["left"]) == ("sold_out", 2, 1)
    assert problem["trace_id"]


async def test_a_hold_without_a_buyer_is_confirmed_once_it_has_one(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[10])
    async with product.visitor() as ada:
        orders = f"/api/v1/organizers/{stage.slug}/orders"
        held = (await ada.post(orders, json=order_of(stage, buyer=False))).json()
        assert held["status"] == "held"
        assert held["tickets"] == []
        path = f"{orders}/{held['id']}"
        early = await ada.post(f"{path}/confirm")
        named = await ada.put(f"{path}/buyer", json={"email": "ada@example.org", "name": "Ada"})
        confirmed = await ada.post(f"{path}/confirm")
        twice = await ada.post(f"{path}/confirm")
    assert early.json()["code"] == "buyer_missing"
    assert named.json()["buyer"]["name"] == "Ada"
    assert confirmed.json()["status"] == "confirmed"
    assert twice.json()["tickets"] == confirmed.json()["tickets"]


async def test_an_order_is_its_buyers_and_its_links_and_nobody_elses(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[10])
    async with product.visitor() as ada, product.visitor() as eve:
        orders = f"/api/v1/organizers/{stage.slug}/orders"
        order = (await ada.post(orders, json=order_of(stage))).json()
        path = f"{orders}/{order['id']}"
        assert (await ada.get(path)).status_code == 200
        assert (await eve.get(path)).status_code == 404
        assert (await eve.get(path, headers={"order-token": order["token"]})).status_code == 200
        forged = order["token"][:-4] + "AAAA"
        assert (await eve.get(path, headers={"order-token": forged})).status_code == 404
        assert (await eve.post(f"{path}/confirm")).status_code == 404
        assert (await eve.get(f"/api/v1/order-links/{order['token']}")).status_code == 200
        mine = (await ada.get("/api/v1/me/orders")).json()["items"]
        assert [one["id"] for one in mine] == [order["id"]]
        assert (await eve.get("/api/v1/me/orders")).json()["items"] == []


async def test_who_reads_orders_can_neither_act_as_the_buyer_nor_enter(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[5])
    orders = f"/api/v1/organizers/{stage.slug}/orders"
    async with product.visitor() as ada, staff_of(product, stage, role="read_only") as reader:
        held = (await ada.post(orders, json=order_of(stage, buyer=False))).json()
        sold = (await ada.post(orders, json=order_of(stage))).json()
        seen = (await reader.get(f"{orders}/{sold['id']}")).json()
        assert (seen["code"], seen["token"]) == (sold["code"], "")
        assert [ticket["code"] for ticket in seen["tickets"]] == [""]
        assert (await reader.post(f"{orders}/{held['id']}/release")).status_code == 404
        assert (await reader.get(f"{orders}/{sold['id']}/tickets.pdf")).status_code == 404


async def test_letting_go_gives_the_tickets_to_the_next(db: Database, product: Product) -> None:
    stage = await set_stage(db, capacities=[1])
    orders = f"/api/v1/organizers/{stage.slug}/orders"
    async with product.visitor() as ada, product.visitor() as bob:
        held = (await ada.post(orders, json=order_of(stage, buyer=False))).json()
        assert (await bob.post(orders, json=order_of(stage))).status_code == 409
        released = await ada.post(f"{orders}/{held['id']}/release")
        assert released.json()["status"] == "cancelled"
        assert (await bob.post(orders, json=order_of(stage))).json()["status"] == "confirmed"


async def test_b1_b3_a_hold_ends_by_the_servers_time_is_extended_up_to_a_cap_and_resumed(
    db: Database, product: Product
) -> None:
    stage = await set_stage(db, capacities=[1])
    orders = f"/api/v1/organizers/{stage.slug}/orders"
    async with product.visitor() as ada, product.visitor() as phone:
        held = (await ada.post(orders, json=order_of(stage, buyer=False))).json()
        assert _left(held) == timedelta(minutes=15)
        path = f"{orders}/{held['id']}"
        other_device = {"order-token": held["token"]}
        longer = [(await phone.post(f"{path}/extend", headers=other_device)) for _ in range(10)]
        assert [answer.status_code for answer in longer] == [200] * 10
        # Ten times five minutes, whoever asks and however late: then it is over.
        refused = await ada.post(f"{path}/extend")
        assert (refused.status_code, refused.json()["code"]) == (409, "no_more_extensions")
        resumed = (await ada.get(path)).json()
        assert _left(resumed) == timedelta(minutes=65)
        assert resumed == (await phone.get(path, headers=other_device)).json() | {
            "server_time": resumed["server_time"]
        }


def _left(order: dict[str, str]) -> timedelta:
    """What the countdown shows, to the minute; both times are the server's."""
    ends, now = (datetime.fromisoformat(order[one]) for one in ("hold_expires_at", "server_time"))
    return timedelta(minutes=round((ends - now) / timedelta(minutes=1)))
