"""E18 · A ticket that staff cancel goes into a block, and nobody can have it in between."""

from datetime import UTC, datetime, timedelta

import httpx2

from boxoffice.data.postgres import Database
from tests.flows.dates import open_venue
from tests.flows.test_approving import applied
from tests.flows.test_dearer_changes import asked
from tests.flows.test_extras import bind, group, with_
from tests.flows.test_returns import allow, bought, give_back, returns, scan, serve
from tests.flows.test_spread_orders import bought as bought_for_dates
from tests.flows.test_staff_changes import ticket
from tests.support.product import Product, once
from tests.support.seated import order as seated_order
from tests.support.seated import seat_id, seated_stage, taken, wish
from tests.support.shop import Json, Shop, done, line, refused
from tests.support.staff import staff_of
from tests.support.stage import set_stage
from tests.support.voiding import BLOCK, blocks, expire, looked_at, release, voided
from tests.support.waiting import offer_what_is_free, open_list, parts, wait

ADA, BOB = "ada@example.org", "bob@example.org"


def counted(quota: Json) -> tuple[int, int, int]:
    """Sold, blocked and free; all parts sum to the capacity."""
    assert parts(quota) == quota["capacity"] + quota["overbooked_by"]
    return quota["sold"], quota["blocked"], quota["free"]


async def test_e18_a_ticket_is_voided_into_a_hold_and_its_seat_kept_until_the_staff_releases_it(
    db: Database, paying_product: Product
) -> None:
    stage = await seated_stage(db, paying_product, ["AAAA"], shared=4, price=2000)
    async with (
        staff_of(paying_product, stage, role="owner") as staff,
        paying_product.visitor() as ada,
    ):
        shop = Shop(db=db, product=paying_product, stage=stage, staff=staff)
        order = await bought(shop, ada, wish(stage, 0, 1))
        shown = done(await looked_at(shop, order, 1))
        (planned,) = shown["blocked"]
        assert (planned["reason"], planned["until"], planned["block_id"]) == (
            "Broken seat", None, None,
        )  # fmt: skip
        seat = order["positions"][0]["seat"]
        name = order["positions"][0]["ticket_type_name"]
        assert planned["lines"] == [{"name": name, "units": 1, "seats": [seat["label"]]}]
        assert await blocks(shop) == []

        gone = done(await voided(shop, order, 1, because="The seat is broken"))
        assert gone["cancellation"]["refund"]["amount"] == 2000
        assert gone["order"]["total"]["amount"] == 2000
        assert (await scan(shop, order["tickets"][0]["code"]))["reason"] == "cancelled"
        assert await taken(db, stage) == {seat_id(stage, 0): 1, seat_id(stage, 1): 1}
        refused(await ada.post(shop.orders, json=seated_order(stage, wish(stage, 0))), 409,
                "seat_taken")  # fmt: skip
        (block,) = await blocks(shop)
        assert (block["reason"], block["units"], block["expires_at"]) == ("Broken seat", 1, None)
        assert [one["label"] for one in block["seats"]] == [seat["label"]]
        assert block["occurrence_id"] == str(stage.occurrence_id)
        quotas = [one for one in (await shop.managed())["quotas"] if one["sold"]]
        assert [counted(one) for one in quotas] == [(1, 1, 2), (1, 1, 2)]

        await release(shop, block)
        assert await blocks(shop) == []
        done(await ada.post(shop.orders, json=seated_order(stage, wish(stage, 0))), 201)
        assert await taken(db, stage) == {seat_id(stage, 0): 1, seat_id(stage, 1): 1}


async def history(shop: Shop, by: httpx2.AsyncClient, order: Json) -> Json:
    """The one cancellation of the order, as its page shows it."""
    answer = await by.get(f"{shop.orders}/{order['id']}/cancellations")
    assert answer.status_code == 200, answer.text
    (told,) = answer.json()
    return told


async def test_e18_the_team_reads_in_the_orders_history_what_was_blocked_its_buyer_does_not(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    order = await bought(shop, ada, line(await shop.add("Regular"), 2))
    (planned,) = done(await looked_at(shop, order, 1))["blocked"]
    done(await voided(shop, order, 1, because="No view"))
    (block,) = await blocks(shop)
    told = await history(shop, shop.staff, order)
    assert (told["because"], told["blocked"]) == (
        "No view", [planned | {"block_id": block["id"]}],
    )  # fmt: skip
    seen = await history(shop, ada, order)
    assert (seen["because"], seen["blocked"]) == ("No view", [])


async def test_e18_units_voided_into_a_block_stay_counted_once_in_every_quota_until_its_end(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """Variations and quotas that types share; at its end the block is free at that instant."""
    hoodie = await shop.add("Hoodie", quantity=4)
    large, small = await shop.vary(hoodie, "L", quantity=2), await shop.vary(hoodie, "S")
    other = await shop.add("Cap", quantity=4)
    house = {"name": "House", "capacity": 4, "ticket_type_ids": [hoodie["id"], other["id"]]}
    done(await shop.staff.post(f"{shop.event}/quotas", json=house), 201)
    order = await bought(shop, ada, line(hoodie, 2, large), line(hoodie, 1, small), line(other))
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    gone = done(await voided(shop, order, 1, 3, 4, block={"reason": "Guests", "until": until}))
    assert [one["name"] for one in gone["cancellation"]["blocked"][0]["lines"]] == [
        "Hoodie · L", "Hoodie · S", "Cap",
    ]  # fmt: skip
    (block,) = await blocks(shop)
    assert block["units"] == 3
    assert {(one["ticket_type_id"], one["variation_id"], one["units"]) for one in block["types"]} \
        == {(hoodie["id"], large["id"], 1), (hoodie["id"], small["id"], 1),
            (other["id"], None, 1)}  # fmt: skip
    assert datetime.fromisoformat(block["expires_at"]) == datetime.fromisoformat(until)
    quotas = {one["name"]: one for one in (await shop.managed())["quotas"]}
    assert counted(quotas["House"]) == (1, 3, 0)
    assert counted(quotas["Hoodie"]) == (1, 2, 1)
    assert counted(quotas["Cap"]) == (0, 1, 3)
    refused(await shop.buy(ada, line(other)), 409, "sold_out")
    await expire(shop, block)
    assert await blocks(shop) == []
    assert counted(await shop.quota("House")) == (1, 0, 3)
    done(await shop.buy(ada, line(hoodie, 1, large), line(other, 2)), 201)
    refused(await shop.buy(ada, line(other)), 409, "sold_out")


async def test_e18_what_came_with_a_voided_ticket_is_blocked_with_it(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """Add-ons and what a bundle contains: of all of it nothing is sold again."""
    day = await shop.add("Day", quantity=5)
    lunch = await shop.add("Lunch", quantity=5, visibility="add_on")
    shirt = await shop.add("Shirt", quantity=5, admits=False)
    await bind(shop, day, group("More", lunch, maximum=3),
               contents=[{"ticket_type_id": shirt["id"]}])  # fmt: skip
    order = await bought(shop, ada, line(day, 2, add_ons=with_(line(lunch))))
    day_1 = next(one for one in order["positions"] if one["number"] == 1)
    bundled = next(one for one in order["positions"]
                   if one.get("parent_id") == day_1["id"] and one.get("bundled"))  # fmt: skip
    refused(await voided(shop, order, bundled["number"]), 409, "part_of_bundle")
    gone = done(await voided(shop, order, 1))
    lines = gone["cancellation"]["blocked"][0]["lines"]
    assert sorted((one["name"], one["units"]) for one in lines) == [
        ("Day", 1), ("Lunch", 1), ("Shirt", 1),
    ]  # fmt: skip
    for name in ("Day", "Lunch", "Shirt"):
        assert counted(await shop.quota(name)) == (1, 1, 3)
    (block,) = await blocks(shop)
    assert block["units"] == 3
    # Who wants the lunch sold again cancels it by itself.
    left = gone["order"]
    lunch_2 = next(one["number"] for one in left["positions"]
                   if one["ticket_type_name"] == "Lunch")  # fmt: skip
    path = f"{shop.orders}/{order['id']}/cancellations"
    ids = [one["id"] for one in left["positions"] if one["number"] == lunch_2]
    figures = {"expected_refund": 0, "expected_total": 0}
    done(await shop.staff.post(path, json={"position_ids": ids} | figures))
    done(await voided(shop, left))
    assert counted(await shop.quota("Lunch")) == (0, 1, 4)
    assert counted(await shop.quota("Day")) == (0, 2, 3)


async def test_e18_an_order_for_several_dates_goes_into_a_block_of_each_date(
    paying_product: Product,
) -> None:
    venue = await open_venue(paying_product)
    db = paying_product.services.db
    shop = Shop(db=db, product=paying_product, stage=venue.stage, staff=venue.staff)
    async with paying_product.visitor() as ada:
        order = await bought_for_dates(venue, ada, (0, 2), (1, 1))
        gone = done(await voided(shop, order))
    assert gone["order"]["status"] == "cancelled"
    assert gone["cancellation"]["refund"]["amount"] == 7500
    made = {one["occurrence_id"]: one["units"] for one in await blocks(shop)}
    assert made == {venue.dates[0]: 2, venue.dates[1]: 1}
    assert await venue.claimed() == [2, 1]
    for block in await blocks(shop):
        await release(shop, block)
    assert await venue.claimed() == [0, 0]
    # Dates that do not take place keep nothing back, and their wizard does as ever.
    async with paying_product.visitor() as bob:
        order = await bought_for_dates(venue, bob, (0, 1), (1, 1))
        done(await voided(shop, order, 2))
        change = await venue.change("cancellations", message="Ill", occurrence_ids=venue.dates)
        done_change = await venue.work(change)
        assert done_change["status"] == "done"
        assert (await venue.order(bob, order))["status"] == "cancelled"


async def test_e18_what_is_blocked_is_not_offered_to_those_who_wait_until_it_is_released(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    early = await shop.add("Early", quantity=2)
    late = await shop.add("Late", opens_after_id=early["id"])
    orders = [await bought(shop, ada, line(early)) for _ in range(2)]
    await open_list(shop)
    places = [await wait(shop, ada, who, early) for who in (BOB, "eve@example.org")]
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    done(await voided(shop, orders[0]))
    done(await voided(shop, orders[1], block=BLOCK | {"until": until}))
    await offer_what_is_free(shop)
    assert [await place.state() for place in places] == ["waiting", "waiting"]
    assert counted(await shop.quota("Early")) == (0, 2, 0)
    refused(await shop.buy(ada, line(early)), 409, "sold_out")
    # What is blocked is gone, so the next tier stays open.
    done(await shop.buy(ada, line(late)), 201)
    ending, lasting = sorted(await blocks(shop), key=lambda one: one["expires_at"] is None)
    await expire(shop, ending)
    refused(await shop.buy(ada, line(early)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert [await place.state() for place in places] == ["offered", "waiting"]
    await release(shop, lasting)
    refused(await shop.buy(ada, line(early)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert [await place.state() for place in places] == ["offered", "offered"]
    quota = await shop.quota("Early")
    assert (counted(quota), quota["waitlist"]) == ((0, 0, 0), 2)


async def test_e18_a_voided_ticket_that_a_voucher_had_set_aside_returns_to_it_after_the_block(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=4)
    crew = {"effect": "none", "code": "CREW", "ticket_type_ids": [kind["id"]], "max_uses": 2,
            "on_stock": "reserve"}  # fmt: skip
    done(await shop.staff.post(f"{shop.event}/vouchers", json=crew, headers=once()), 201)
    order = await bought(shop, ada, line(kind, 2), voucher_codes=["CREW"])
    assert (await shop.quota("Regular"))["vouchers"] == 0
    done(await voided(shop, order, 1))
    (voucher,) = done(await shop.staff.get(f"{shop.event}/vouchers"))["items"]
    quota = await shop.quota("Regular")
    # Its use is blocked with it: who used it now would have a free unit, and the blocked one would
    # return to a voucher that nobody can use any more.
    assert (voucher["used"], counted(quota), quota["vouchers"]) == (2, (1, 1, 2), 0)
    refused(await shop.buy(ada, line(kind), voucher_codes=["CREW"]), 409, "voucher_used_up")
    await release(shop, (await blocks(shop))[0])
    quota = await shop.quota("Regular")
    assert (counted(quota), quota["vouchers"]) == ((1, 0, 2), 1)
    # The same once the block is over by itself: whoever has the code takes it from there.
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    done(await voided(shop, order, 2, block=BLOCK | {"until": until}))
    await expire(shop, (await blocks(shop))[0])
    done(await shop.buy(ada, line(kind, 2), voucher_codes=["CREW"]), 201)
    refused(await shop.buy(ada, line(kind), voucher_codes=["CREW"]), 409, "voucher_used_up")
    quota = await shop.quota("Regular")
    assert (counted(quota), quota["vouchers"], quota["held"]) == ((0, 0, 2), 0, 2)


async def test_e18_tickets_used_given_on_or_about_to_change_are_voided_as_by_any_cancellation(
    paying_shop: Shop, buyer: httpx2.AsyncClient
) -> None:
    shop = paying_shop
    done(await shop.staff.put(f"{shop.event}/order-policy", json={"transfer": {"allowed": True}}))
    back, front = await shop.add("Back", quantity=5), await shop.add("Front", price=900)
    order = await bought(shop, buyer, line(back, 3))
    used, given, moving = order["tickets"]
    assert (await scan(shop, used["code"]))["verdict"] == "admitted"
    path = f"{shop.orders}/{order['id']}/tickets/{given['id']}/transfers"
    made = done(await buyer.post(path, json={"email": BOB}, headers=once()), 201)
    news = await shop.product.services.bookings.transfer(shop.stage.organizer_id, made["id"])
    assert news is not None
    link = f"/api/v1/ticket-transfers/{news.token}/accept"
    await asked(shop, order, ticket(order, 3, ticket_type_id=front["id"]))
    assert (await shop.quota("Front"))["held"] == 1
    gone = done(await voided(shop, order))
    assert gone["order"]["status"] == "cancelled"
    answer = await buyer.post(link, json={"name": "Bob"}, headers=once())
    assert answer.status_code in {409, 410}, answer.text
    assert counted(await shop.quota("Back")) == (0, 3, 2)
    # What the change would have taken besides is everybody's again.
    assert (await shop.quota("Front"))["held"] == 0
    assert (await scan(shop, moving["code"]))["reason"] == "cancelled"

    waiting = await applied(shop, buyer, await shop.add("Table", quantity=2, needs_approval=True))
    done(await voided(shop, waiting))
    assert counted(await shop.quota("Table")) == (0, 1, 1)
    held = done(await shop.buy(buyer, line(front, 2)), 201)
    refused(await voided(shop, held, 1), 409, "cancel_all_at_once")
    await shop.lapse(held)
    refused(await voided(shop, held), 410, "hold_expired")
    assert [one["units"] for one in await blocks(shop)] == [1, 3]


async def test_e18_a_ticket_without_a_seat_that_somebody_is_promised_is_not_kept_back(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    """B17: the promise of a ticket without a seat holds, so there is nothing to keep."""
    kind = await shop.add("Regular", quantity=2)
    order = await bought(shop, ada, line(kind, 2))
    await allow(shop)
    await give_back(shop, ada, order)
    async with shop.product.visitor() as bob:
        place = await wait(shop, bob, BOB, kind)
        await serve(shop)
        refused(await looked_at(shop, order), 409, "return_promised")
        refused(await voided(shop, order, 1), 409, "return_promised")
        done(await voided(shop, order, 2))
        await place.lapse()
        await offer_what_is_free(shop)
        done(await voided(shop, order, 1))
        assert [one["status"] for one in await returns(shop, ada, order)] == ["ended"]
    assert counted(await shop.quota("Regular")) == (0, 2, 0)


async def test_e18_a_seat_that_somebody_is_promised_is_kept_back_and_they_wait_on(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["AA"])
    async with staff_of(product, stage, role="owner") as staff, product.visitor() as ada:
        hall = Shop(db=db, product=product, stage=stage, staff=staff)
        order = await bought(hall, ada, wish(stage, 0, 1))
        await allow(hall)
        await give_back(hall, ada, order)
        async with product.visitor() as bob:
            place = await wait(hall, bob, BOB, {"id": str(stage.types[0])})
            await serve(hall)
            assert await place.state() == "offered"
            done(await voided(hall, order, 1))
            refused(await place.do("accept"), 410, "offer_over")
            await serve(hall)
            assert await place.state() == "waiting"
        assert await taken(db, stage) == {seat_id(stage, 0): 1, seat_id(stage, 1): 1}
        assert counted((await hall.managed())["quotas"][0]) == (1, 1, 0)


async def test_e18_who_may_void_into_a_block_and_with_what_reason_and_end(
    shop: Shop, ada: httpx2.AsyncClient, db: Database
) -> None:
    kind = await shop.add("Regular", quantity=3)
    order = await bought(shop, ada, line(kind, 3))
    policy = {"cancellation": {"allowed": True, "schedule": [{"hours_before": 0}]}}
    done(await shop.staff.put(f"{shop.event}/order-policy", json=policy))
    assert (await looked_at(shop, order, by=ada)).status_code == 404
    async with (
        staff_of(shop.product, shop.stage, role="door") as door,
        staff_of(shop.product, await set_stage(db, capacities=[1]), role="owner") as stranger,
    ):
        assert (await looked_at(shop, order, by=door)).status_code in {403, 404}
        assert (await looked_at(shop, order, by=stranger)).status_code == 404
    for block, pointer in (
        ({"reason": " "}, "/block/reason"),
        ({"reason": "x" * 201}, "/block/reason"),
        ({"reason": "Press", "until": "2020-01-01T00:00:00Z"}, "/block/until"),
    ):
        answer = await voided(shop, order, 1, block=block)
        assert answer.status_code == 422, answer.text
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    key = once()
    answer = await voided(shop, order, 1, key=key)
    first, sent = done(answer), answer.request.content
    path = f"{shop.orders}/{order['id']}/cancellations"
    as_json = key | {"content-type": "application/json"}
    assert done(await shop.staff.post(path, content=sent, headers=as_json)) == first
    other = sent.replace(b"Broken seat", b"Press")
    assert (await shop.staff.post(path, content=other, headers=as_json)).status_code == 422
    assert [one["reason"] for one in await blocks(shop)] == ["Broken seat"]
    assert counted(await shop.quota("Regular")) == (2, 1, 0)
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT action, changes FROM data.audit_log WHERE organizer_id = $1 "
            "AND action IN ('block.created', 'order.tickets_cancelled')",
            (shop.stage.organizer_id,),
        )
        noted = {row.action: row.changes for row in rows}
    (block,) = first["cancellation"]["blocked"]
    assert noted["block.created"] == {"reason": "Broken seat", "units": 1, "from": order["id"]}
    assert noted["order.tickets_cancelled"]["blocked"] == [
        {"block": block["block_id"], "reason": "Broken seat"}
    ]
