"""B18 · Waitlist: quantity, any-type preference, FIFO or lottery, offers that hold capacity."""

import httpx2

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.seated import seated_stage
from tests.support.shop import Shop, done, line, refused
from tests.support.staff import staff_of
from tests.support.waiting import (
    join,
    let_go,
    offer_what_is_free,
    open_list,
    parts,
    place_of,
    sold_out,
    wait,
)

ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


async def test_whoever_waits_longest_is_offered_what_comes_free_and_it_is_kept_for_them(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, 2, price=2500)
    first = await wait(shop, ada, BOB, stage["kind"])
    second = await wait(shop, ada, EVE, stage["kind"])
    assert [(await one.look())["position"] for one in (first, second)] == [1, 2]
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    shown = await first.look()
    assert (shown["state"], shown["position"]) == ("offered", None)
    assert shown["offer"]["quantity"] == 1
    assert shown["offer"]["total"] == {"amount": 2500, "currency": "EUR"}
    assert shown["offer"]["ends_at"] > shown["server_time"]
    assert await second.state() == "offered"
    refused(await shop.buy(ada, line(stage["kind"])), 409, "sold_out")
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["free"], parts(quota)) == (2, 0, 2)


async def test_an_accepted_offer_is_an_ordinary_order_at_the_price_of_that_time(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, 2, price=2500)
    place = await wait(shop, ada, BOB, stage["kind"], quantity=2)
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    await shop.change(stage["kind"], price=3000)
    headers = once()
    order = done(await place.do("accept", **headers), 201)
    assert (order["status"], order["total"]["amount"]) == ("held", 6000)
    assert order["buyer"] == {"email": BOB, "name": "Bob"}
    ends = (await place.look())["offer"]
    assert ends is None
    assert done(await place.do("accept", **headers), 201)["id"] == order["id"]
    refused(await place.do("accept"), 409, "not_waiting")
    quota = await shop.quota("Regular")
    assert (quota["held"], quota["waitlist"], parts(quota)) == (2, 0, 2)
    assert await place.state() == "accepted"


async def test_an_accepted_offer_of_a_free_ticket_is_a_confirmed_order(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=1, price=100)
    held = done(await shop.buy(ada, line(kind)), 201)
    await open_list(shop)
    place = await wait(shop, ada, BOB, kind)
    await let_go(shop, ada, held)
    await shop.change(kind, price=0)
    await offer_what_is_free(shop)
    order = done(await place.do("accept"), 201)
    assert (order["status"], len(order["tickets"])) == ("confirmed", 1)
    assert (await shop.quota("Regular"))["sold"] == 1


async def test_a_declined_offer_goes_to_whoever_is_next(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100)
    first, second = [await wait(shop, ada, who, stage["kind"]) for who in (BOB, EVE)]
    refused(await first.do("decline"), 409, "not_waiting")
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    assert done(await first.do("decline"))["state"] == "declined"
    refused(await shop.buy(ada, line(stage["kind"])), 409, "sold_out")
    await offer_what_is_free(shop)
    assert [await first.state(), await second.state()] == ["declined", "offered"]
    refused(await first.do("accept"), 409, "not_waiting")


async def test_an_offer_that_lapses_is_free_at_that_instant_and_whoever_missed_it_may_wait_again(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100)
    first, second = [await wait(shop, ada, who, stage["kind"]) for who in (BOB, EVE)]
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    await first.lapse()
    assert await first.state() == "expired"
    refused(await first.do("accept"), 410, "offer_over")
    refused(await shop.buy(ada, line(stage["kind"])), 409, "sold_out")
    await offer_what_is_free(shop)
    assert [await first.state(), await second.state()] == ["expired", "offered"]
    assert done(await first.do("rejoin"))["position"] == 1
    await second.lapse()
    await offer_what_is_free(shop)
    assert await first.state() == "offered"


async def test_a_lapsed_offer_that_nobody_waits_for_is_everybodys(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100)
    only = await wait(shop, ada, BOB, stage["kind"])
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    refused(await shop.buy(ada, line(stage["kind"])), 409, "sold_out")
    await only.lapse()
    assert (await shop.quota("Regular"))["free"] == 1
    done(await shop.buy(ada, line(stage["kind"])), 201)


async def test_who_accepts_several_types_gets_whichever_comes_free_the_best_liked_first(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kinds = [await shop.add(name, quantity=1, price=100) for name in ("Day", "Night", "Both")]
    orders = [done(await shop.buy(ada, line(kind)), 201) for kind in kinds]
    await shop.change({"id": str(shop.stage.types[0]), "name": "Standard"}, on_sale=False)
    await open_list(shop)
    either = await wait(shop, ada, BOB, kinds[1], kinds[0])
    anything = await wait(shop, ada, EVE)
    assert [wish["ticket_type_name"] for wish in (await either.look())["wishes"]] == [
        "Night", "Day",
    ]  # fmt: skip
    assert len((await anything.look())["wishes"]) == 3
    for order in orders[:2]:
        await let_go(shop, ada, order)
    await offer_what_is_free(shop)
    assert (await either.look())["offer"]["ticket_type_name"] == "Night"
    assert (await anything.look())["offer"]["ticket_type_name"] == "Day"


async def test_who_does_not_fit_is_passed_over_until_they_do(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=3, price=100)
    orders = [done(await shop.buy(ada, line(kind)), 201) for _ in range(3)]
    await open_list(shop)
    party = await wait(shop, ada, BOB, kind, quantity=3)
    single = await wait(shop, ada, EVE, kind)
    await let_go(shop, ada, orders[0])
    await offer_what_is_free(shop)
    assert [await party.state(), await single.state()] == ["waiting", "offered"]
    await let_go(shop, ada, orders[1])
    # Two are free and only a party of three waits: they are everybody's.
    done(await shop.buy(ada, line(kind)), 201)


async def test_a_lottery_draws_and_shows_no_position(shop: Shop, ada: httpx2.AsyncClient) -> None:
    stage = await sold_out(shop, ada, 20, price=100, max_per_order=20)
    await open_list(shop, mode="lottery")
    people = [f"p{number:02}@example.org" for number in range(40)]
    places = [await wait(shop, ada, who, stage["kind"]) for who in people]
    shown = await places[0].look()
    assert (shown["mode"], shown["position"], shown["waiting"]) == ("lottery", None, 40)
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    states = [await place.state() for place in places]
    assert states.count("offered") == 20
    # In the order of joining that would happen once in 10^11 draws.
    assert states[:20] != ["offered"] * 20


async def test_whoever_leaves_gives_up_their_place_and_what_they_are_offered(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100)
    first, second, third = [
        await wait(shop, ada, who, stage["kind"]) for who in (BOB, EVE, "zoe@example.org")
    ]
    assert done(await second.do("leave"))["state"] == "left"
    assert done(await second.do("leave"))["state"] == "left"
    assert (await third.look())["position"] == 2
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    done(await first.do("leave"))
    await offer_what_is_free(shop)
    assert await third.state() == "offered"


async def test_nobody_waits_for_what_can_be_had_or_is_not_sold(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Regular", quantity=2, price=100)
    hidden = await shop.add("Friends", visibility="hidden", access_code="FRIENDS", quantity=0)
    refused(await join(shop, ada, BOB, kind), 409, "waitlist_closed")
    await open_list(shop)
    refused(await join(shop, ada, BOB, kind, quantity=2), 409, "tickets_available")
    done(await join(shop, ada, BOB, kind, quantity=3), 202)
    refused(await join(shop, ada, BOB, kind, quantity=11), 422, "wrong_quantity")
    refused(await join(shop, ada, BOB, hidden), 422, "unknown_ticket_type")
    done(await join(shop, ada, EVE, hidden, access_code="friends"), 202)
    refused(await join(shop, ada, "no address", kind, quantity=3), 422, "invalid")
    await shop.change(kind, on_sale=False)
    refused(await join(shop, ada, "zoe@example.org", kind, quantity=3), 409, "not_on_sale")


async def test_joining_tells_nobody_who_is_on_the_list_and_takes_nobody_on_twice(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada)
    place = await wait(shop, ada, BOB, stage["kind"])
    async with shop.product.visitor() as stranger:
        answers = [
            done(await join(shop, stranger, who, stage["kind"]), 202)
            for who in ("BOB@example.org", EVE)
        ]
    assert answers[0] == answers[1]
    assert (await place.look())["waiting"] == 2
    assert (await place_of(shop, ada, BOB)).entry_id == place.entry_id
    refused(await ada.get(place.path[:-2] + "xx"), 404, "not_in_line")
    refused(await ada.get("/api/v1/waitlist-links/nonsense"), 404, "not_in_line")


async def test_a_link_to_an_order_opens_no_place_and_the_other_way_round(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada)
    place = await wait(shop, ada, BOB, stage["kind"])
    token = place.path.rpartition("/")[2]
    refused(await ada.get(f"/api/v1/order-links/{token}"), 404, "order_not_found")
    refused(await ada.get(f"/api/v1/waitlist-links/{stage['order']['token']}"), 404, "not_in_line")


async def test_the_team_sees_the_list_offers_by_hand_and_removes(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100)
    first, second = [await wait(shop, ada, who, stage["kind"]) for who in (BOB, EVE)]
    path = f"{shop.event}/waitlist"
    shown = done(await shop.staff.get(path, params={"limit": 1}))
    assert (shown["waiting"], shown["units"], shown["offered"]) == (2, 2, 0)
    (row,) = shown["entries"]["items"]
    assert (row["email"], row["position"], shown["entries"]["has_more"]) == (BOB, 1, True)
    rest = await shop.staff.get(path, params={"cursor": shown["entries"]["next_cursor"]})
    assert [one["email"] for one in done(rest)["entries"]["items"]] == [EVE]
    by_hand = f"{path}/{second.entry_id}/offer"
    refused(await shop.staff.post(by_hand), 409, "sold_out")
    await let_go(shop, ada, stage["order"])
    assert done(await shop.staff.post(by_hand, headers=once()))["state"] == "offered"
    refused(await shop.staff.post(by_hand), 409, "not_waiting")
    assert await first.state() == "waiting"
    removed = done(await shop.staff.post(f"{path}/{second.entry_id}/remove"))
    assert removed["state"] == "removed"
    await offer_what_is_free(shop)
    assert [await first.state(), await second.state()] == ["offered", "removed"]
    async with staff_of(shop.product, shop.stage, role="door") as door:
        assert (await door.get(path)).status_code == 403
    refused(await shop.staff.post(f"{path}/{shop.stage.event_id}/remove"), 404, "not_in_line")


async def test_a_closed_list_offers_nothing_by_itself_and_what_is_free_is_everybodys(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, 2, price=100)
    place = await wait(shop, ada, BOB, stage["kind"])
    done(await shop.staff.patch(f"{shop.event}/waitlist-settings", json={"is_open": False}))
    refused(await join(shop, ada, EVE, stage["kind"]), 409, "waitlist_closed")
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    assert await place.state() == "waiting"
    done(await shop.buy(ada, line(stage["kind"])), 201)
    await open_list(shop)
    refused(await shop.buy(ada, line(stage["kind"])), 409, "sold_out")
    await offer_what_is_free(shop)
    assert await place.state() == "offered"


async def test_the_page_says_that_one_can_wait(shop: Shop, ada: httpx2.AsyncClient) -> None:
    assert not done(await ada.get(shop.page))["waitlist_open"]
    await open_list(shop, mode="lottery", offer_minutes=90)
    assert done(await ada.get(shop.page))["waitlist_open"]
    settings = {"is_open": True, "mode": "lottery", "offer_minutes": 90}
    assert (await shop.managed())["waitlist"] == settings
    wrong = await shop.staff.patch(f"{shop.event}/waitlist-settings", json={"offer_minutes": 1})
    assert wrong.status_code == 422


async def test_an_offer_counts_against_all_quotas_of_its_type_and_variation(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    shirt = await shop.add("Shirt", quantity=5, price=100)
    small = await shop.vary(shirt, "S", quantity=1)
    large = await shop.vary(shirt, "L", quantity=1)
    held = [done(await shop.buy(ada, line(shirt, 1, one)), 201) for one in (small, large)]
    await open_list(shop)
    picky = await wait(shop, ada, BOB, shirt, variation_ids=[large["id"]])
    await let_go(shop, ada, held[0])
    done(await shop.buy(ada, line(shirt, 1, small)), 201)
    await let_go(shop, ada, held[1])
    refused(await shop.buy(ada, line(shirt, 1, large)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert (await picky.look())["offer"]["variation_name"] == "L"
    for name in ("Shirt", "Shirt: L"):
        quota = await shop.quota(name)
        assert quota["waitlist"] == 1
        assert parts(quota) == quota["capacity"]
    order = done(await picky.do("accept"), 201)
    assert order["positions"][0]["variation_name"] == "L"


async def test_where_seats_are_numbered_the_offer_keeps_seats(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["AAAA"], price=100)
    async with (
        staff_of(product, stage, role="owner") as staff,
        product.visitor() as ada,
    ):
        shop = Shop(db=db, product=product, stage=stage, staff=staff)
        kind = {"id": str(stage.types[0])}
        order = done(await shop.buy(ada, line(kind, 3)), 201)
        done(await shop.buy(ada, line(kind, 1)), 201)
        await open_list(shop)
        place = await wait(shop, ada, BOB, kind, quantity=2)
        await let_go(shop, ada, order)
        # Three are free, two of them are the party's.
        seat = order["positions"][0]["seat"]["id"]
        refused(await shop.buy(ada, line(kind, 2)), 409, "sold_out")
        await offer_what_is_free(shop)
        taken = done(await place.do("accept"), 201)
        seats = {position["seat"]["label"] for position in taken["positions"]}
        assert len(seats) == 2
        assert seat
        done(await shop.buy(ada, line(kind, 1)), 201)
        refused(await shop.buy(ada, line(kind, 1)), 409, "sold_out")


async def test_the_limit_per_person_holds_for_who_waited(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100, max_per_person=1)
    other = await shop.add("Other", max_per_person=1)
    await shop.limit(1)
    done(await shop.buy(ada, line(other), email=BOB), 201)
    place = await wait(shop, ada, BOB, stage["kind"])
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    refused(await place.do("accept"), 409, "person_limit")
    assert await place.state() == "offered"


async def test_where_buyers_choose_what_to_give_so_does_who_waited(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    kind = await shop.add("Give", price=500, pricing="open", quantity=1)
    held = done(await shop.buy(ada, line(kind, 1, price=500)), 201)
    await open_list(shop)
    place = await wait(shop, ada, BOB, kind)
    await let_go(shop, ada, held)
    await offer_what_is_free(shop)
    assert (await place.look())["offer"]["pricing"] == "open"
    refused(await place.do("accept"), 422, "wrong_price")
    refused(await place.do("accept", {"price": 499}), 422, "wrong_price")
    order = done(await place.do("accept", {"price": 700}), 201)
    assert order["total"]["amount"] == 700
