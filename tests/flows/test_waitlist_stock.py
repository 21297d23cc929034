"""E9, edge cases 11 and 29: what comes free goes to the list, each unit is counted once."""

import httpx2

from tests.support.product import once
from tests.support.shop import Shop, done, line, named, refused
from tests.support.waiting import let_go, offer_what_is_free, open_list, parts, sold_out, wait

BOB, EVE = "bob@example.org", "eve@example.org"


async def test_e9_the_breakdown_with_offers_to_those_who_wait_still_sums_to_the_capacity(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=6, price=100)
    orders = [done(await shop.buy(ada, line(kind)), 201) for _ in range(6)]
    await open_list(shop)
    places = [await wait(shop, ada, who, kind, quantity=2) for who in (BOB, EVE)]
    for number, order in enumerate(orders[:3]):
        await let_go(shop, ada, order)
        await offer_what_is_free(shop)
        quota = await shop.quota("Regular")
        assert parts(quota) == quota["capacity"] + quota["overbooked_by"] == 6, number
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["free"], quota["held"]) == (2, 1, 3)
    await places[0].lapse()
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["free"], parts(quota)) == (0, 3, 6)
    await offer_what_is_free(shop)
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["free"], parts(quota)) == (2, 1, 6)
    done(await places[1].do("accept"), 201)
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["held"], parts(quota)) == (0, 5, 6)


async def test_edge_case_11_what_is_cancelled_first_reduces_overbooking_then_reopens_the_waitlist(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=3, price=100)
    orders = [done(await shop.buy(ada, line(kind)), 201) for _ in range(3)]
    await open_list(shop)
    place = await wait(shop, ada, BOB, kind)
    quota = await shop.quota("Regular")
    done(await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 1}))
    for order, overbooked in zip(orders[:2], (1, 0), strict=True):
        await let_go(shop, ada, order)
        await offer_what_is_free(shop)
        quota = await shop.quota("Regular")
        assert (quota["overbooked_by"], quota["free"], quota["waitlist"]) == (overbooked, 0, 0)
        refused(await shop.buy(ada, line(kind)), 409, "sold_out")
        assert await place.state() == "waiting"
    await let_go(shop, ada, orders[2])
    await offer_what_is_free(shop)
    assert await place.state() == "offered"
    done(await place.do("leave"))
    done(await shop.buy(ada, line(kind)), 201)


async def test_edge_case_29_what_comes_free_however_goes_to_the_list_before_any_job_has_run(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """A hold let go, one that lapsed, and more capacity: none of it can be bought past the list."""
    stage = await sold_out(shop, ada, price=100)
    kind, order = stage["kind"], stage["order"]
    places = [await wait(shop, ada, who, kind) for who in (BOB, EVE, "zoe@example.org")]
    await shop.lapse(order)
    refused(await shop.buy(ada, line(kind)), 409, "sold_out")
    quota = await shop.quota("Regular")
    done(await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 3}))
    for _ in range(2):
        refused(await shop.buy(ada, line(kind)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert [await place.state() for place in places] == ["offered"] * 3
    done(await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 4}))
    # The list is empty: public sale resumes.
    done(await shop.buy(ada, line(kind)), 201)
    refused(await shop.buy(ada, line(kind)), 409, "sold_out")
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["held"], parts(quota)) == (3, 1, 4)


async def test_edge_case_29_a_ticket_that_is_cancelled_goes_to_the_list(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=2)
    order = done(await shop.buy(ada, line(kind, 2), email="ada@example.org"), 201)
    assert order["status"] == "confirmed"
    await open_list(shop)
    place = await wait(shop, ada, BOB, kind)
    one = {"position_ids": [order["positions"][0]["id"]]}
    path = f"{shop.orders}/{order['id']}/cancellations"
    shown = done(await shop.staff.post(f"{path}/preview", json=one))
    figures = {
        "expected_refund": shown["refund"]["amount"],
        "expected_total": shown["new_total"]["amount"],
    }
    done(await shop.staff.post(path, json=one | figures, headers=once()))
    refused(await shop.buy(ada, line(kind)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert await place.state() == "offered"


async def test_edge_case_29_offers_never_exceed_the_capacity_even_by_hand(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, 2, price=100)
    places = [await wait(shop, ada, who, stage["kind"], quantity=2) for who in (BOB, EVE)]
    await let_go(shop, ada, stage["order"])
    for place, status in zip(places, (200, 409), strict=True):
        answer = await shop.staff.post(f"{shop.event}/waitlist/{place.entry_id}/offer")
        assert answer.status_code == status, answer.text
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["overbooked_by"]) == (2, 0)


async def test_edge_case_29_a_type_in_two_quotas_is_kept_in_both_while_others_sell_what_is_left(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    front = await shop.add("Front", quantity=1, price=100)
    back = await shop.add("Back", quantity=10, price=100)
    made = await shop.staff.post(
        f"{shop.event}/quotas",
        json={"name": "House", "capacity": 4, "ticket_type_ids": [front["id"], back["id"]]},
    )
    done(made, 201)
    held = done(await shop.buy(ada, line(front)), 201)
    await open_list(shop)
    place = await wait(shop, ada, BOB, front)
    # Nobody who waits fits while the front is full: the hall's rest is everybody's.
    orders = [done(await shop.buy(ada, line(back)), 201) for _ in range(3)]
    refused(await shop.buy(ada, line(back)), 409, "sold_out")
    await let_go(shop, ada, held)
    refused(await shop.buy(ada, line(back)), 409, "sold_out")
    await let_go(shop, ada, orders[0])
    done(await shop.buy(ada, line(back)), 201)
    await offer_what_is_free(shop)
    assert await place.state() == "offered"
    for name in ("Front", "House"):
        quota = named((await shop.managed())["quotas"], name)
        assert (quota["waitlist"], parts(quota)) == (1, quota["capacity"])


async def test_the_teams_own_blocks_and_vouchers_go_before_the_list(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, 3, price=100)
    place = await wait(shop, ada, BOB, stage["kind"], quantity=2)
    await let_go(shop, ada, stage["order"])
    quota = await shop.quota("Regular")
    body = {"quota_id": quota["id"], "units": 2, "reason": "press"}
    block = done(await shop.staff.post(f"{shop.event}/blocks", json=body), 201)
    await offer_what_is_free(shop)
    assert await place.state() == "waiting"
    done(await shop.staff.delete(f"{shop.event}/blocks/{block['id']}"))
    refused(await shop.buy(ada, line(stage["kind"], 2)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert await place.state() == "offered"
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["free"], parts(quota)) == (2, 1, 3)
