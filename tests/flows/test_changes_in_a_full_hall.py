"""B12 · Tickets change inside a hall that others wait for, or that is overbooked."""

import asyncio

import httpx2

from tests.flows.test_staff_changes import ADA, bought, change, changes, counts, look, ticket
from tests.support.product import once
from tests.support.shop import Json, Shop, done, line, refused
from tests.support.waiting import offer_what_is_free, open_list, wait


async def hall(shop: Shop, capacity: int) -> tuple[Json, Json]:
    """Chairs and benches in one hall."""
    chair, bench = await shop.add("Chair"), await shop.add("Bench")
    body = {"name": "Nave", "capacity": capacity, "ticket_type_ids": [chair["id"], bench["id"]]}
    done(await shop.staff.post(f"{shop.event}/quotas", json=body), 201)
    return chair, bench


async def resize(shop: Shop, name: str, capacity: int) -> None:
    path = f"{shop.event}/quotas/{(await shop.quota(name))['id']}"
    done(await shop.staff.patch(path, json={"capacity": capacity}))


def names(order: Json) -> list[str]:
    return [one["ticket_type_name"] for one in order["positions"]]


async def test_a_ticket_changes_inside_a_full_hall_and_who_waits_for_it_waits_on(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    chair, bench = await hall(shop, 2)
    order = await bought(shop, ada, line(chair, 2))
    await open_list(shop)
    place = await wait(shop, ada, "waits@example.org", bench)
    made = done(await change(shop, order, ticket(order, 1, ticket_type_id=bench["id"])))["order"]
    assert names(made) == ["Bench", "Chair"]
    # More of the hall than it gives back is refused as ever.
    more = {
        "tickets": [ticket(order, 2, ticket_type_id=bench["id"])],
        "added": [{"ticket_type_id": chair["id"]}],
    }
    refused(await shop.staff.post(f"{changes(shop, order)}/preview", json=more), 409, "sold_out")
    await offer_what_is_free(shop)
    assert await place.state() == "waiting"
    quota = await shop.quota("Nave")
    assert (quota["sold"], quota["waitlist"], quota["free"]) == (2, 0, 0)


async def test_what_a_change_gives_back_beyond_what_it_takes_is_for_who_waits(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    chair, bench = await hall(shop, 2)
    outside = await shop.add("Outside")
    order = await bought(shop, ada, line(chair, 2))
    await open_list(shop)
    places = [await wait(shop, ada, f"{name}@example.org", bench) for name in ("one", "two")]
    inside = ticket(order, 1, ticket_type_id=bench["id"])
    leaves = ticket(order, 2, ticket_type_id=outside["id"])
    assert names(done(await change(shop, order, inside, leaves))["order"]) == ["Bench", "Outside"]
    refused(await shop.buy(ada, line(chair)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert [await one.state() for one in places] == ["offered", "waiting"]
    quota = await shop.quota("Nave")
    assert (quota["sold"], quota["waitlist"], quota["free"]) == (1, 1, 0)


async def test_a_ticket_changes_inside_an_overbooked_hall_and_it_stays_overbooked_by_as_many(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    chair, bench = await hall(shop, 3)
    order = await bought(shop, ada, line(chair, 3))
    await resize(shop, "Nave", 1)
    made = done(await change(shop, order, ticket(order, 1, ticket_type_id=bench["id"])))["order"]
    assert names(made) == ["Bench", "Chair", "Chair"]
    quota = await shop.quota("Nave")
    assert (quota["sold"], quota["overbooked_by"], quota["free"]) == (3, 2, 0)
    await resize(shop, "Bench", 1)
    more = ticket(order, 2, ticket_type_id=bench["id"])
    refused(await look(shop, order, more), 409, "sold_out")
    assert await counts(shop) == [(1, 1), (2, 2), (3, 3)]


async def test_a_dearer_ticket_of_an_overbooked_hall_is_held_and_paid_for(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    chair, bench = await hall(shop, 2)
    order = await bought(shop, buyer, line(chair, 2))
    await resize(shop, "Nave", 1)
    await shop.change(bench, price=1000)
    swap = ticket(order, 1, ticket_type_id=bench["id"])
    waiting = done(await change(shop, order, swap))["awaiting"]
    assert (await shop.quota("Nave"))["overbooked_by"] == 1
    path = f"{shop.orders}/{order['id']}/changes/{waiting['id']}/payments"
    done(await buyer.post(path, json={"source": "practice_ok"}, headers=once()))
    assert names(done(await buyer.get(f"{shop.orders}/{order['id']}"))) == ["Bench", "Chair"]
    quota = await shop.quota("Nave")
    assert (quota["sold"], quota["overbooked_by"]) == (2, 1)


async def test_tickets_change_inside_a_hall_while_others_buy_what_is_left_and_none_is_lost(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    chair, bench = await hall(shop, 5)
    orders = [await bought(shop, ada, line(chair)) for _ in range(4)]
    await open_list(shop)
    await wait(shop, ada, "waits@example.org", bench, quantity=2)
    moves = (change(shop, one, ticket(one, 1, ticket_type_id=bench["id"])) for one in orders)
    buys = (shop.buy(ada, line(bench), email=ADA) for _ in range(4))
    answers = await asyncio.gather(*moves, *buys)
    assert [one.status_code for one in answers[:4]] == [200] * 4
    assert sorted(one.status_code for one in answers[4:]) == [201, 409, 409, 409]
    quota = await shop.quota("Nave")
    assert (quota["sold"], quota["free"], quota["overbooked_by"]) == (5, 0, 0)
    assert all(claimed == units for claimed, units in await counts(shop))
