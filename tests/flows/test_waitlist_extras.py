"""B18 · Waiting for what must be had together: bundles, and tickets that need an add-on."""

import asyncio
from pathlib import Path

import httpx2

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.flows.test_extras import bind, bought, group
from tests.support.product import running_product, settings_for
from tests.support.shop import Json, Shop, done, line, open_shop, refused
from tests.support.waiting import join, let_go, offer_what_is_free, open_list, parts, wait

BOB, EVE = "bob@example.org", "eve@example.org"


async def weekend(shop: Shop, units: int) -> tuple[Json, Json]:
    """A bundle of which so many are left, each with two dinners, and the dinner."""
    dinner = await shop.add("Dinner", price=1500, quantity=2 * units)
    pack = await shop.add("Weekend", price=5000, quantity=units)
    contents = [{"ticket_type_id": dinner["id"], "units": 2, "price": 1000}]
    await bind(shop, pack, contents=contents)
    return pack, dinner


async def counts(shop: Shop, *names: str) -> list[tuple[int, int]]:
    """What is kept for those who wait and what is free, of each quota; all parts add up."""
    quotas = [await shop.quota(name) for name in names]
    assert all(parts(one) == one["capacity"] for one in quotas)
    return [(one["waitlist"], one["free"]) for one in quotas]


async def test_b18_a_bundle_is_offered_with_all_it_contains_or_not_at_all(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    pack, dinner = await weekend(shop, 2)
    held = done(await shop.buy(ada, line(pack, 2)), 201)
    await open_list(shop)
    pair = await wait(shop, ada, BOB, pack, quantity=2)
    await let_go(shop, ada, held)
    # Before any job has run: neither the bundle nor what is in it goes to anybody else.
    for wanted in (pack, dinner):
        refused(await shop.buy(ada, line(wanted)), 409, "sold_out")
    await offer_what_is_free(shop)
    assert await counts(shop, "Weekend", "Dinner") == [(2, 0), (4, 0)]
    offer = (await pair.look())["offer"]
    assert [(one["ticket_type_name"], one["quantity"]) for one in offer["comes_with"]] == [
        ("Dinner", 4)
    ]
    assert (offer["quantity"], offer["total"]["amount"]) == (2, 2 * 5000 + 4 * 1000)
    done(await pair.do("decline"))
    assert await counts(shop, "Weekend", "Dinner") == [(0, 2), (0, 4)]
    # Three dinners are too few for two bundles: who waits is passed over, and others may buy.
    one, other = [done(await shop.buy(ada, line(pack)), 201) for _ in range(2)]
    again = await wait(shop, ada, EVE, pack, quantity=2)
    await let_go(shop, ada, one)
    done(await shop.buy(ada, line(dinner)), 201)
    await let_go(shop, ada, other)
    await offer_what_is_free(shop)
    assert await again.state() == "waiting"
    done(await shop.buy(ada, line(pack)), 201)


async def test_b18_an_accepted_offer_of_a_bundle_is_an_order_of_it_and_a_lapsed_one_frees_all(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    pack, dinner = await weekend(shop, 1)
    held = done(await shop.buy(ada, line(pack)), 201)
    await open_list(shop)
    late, first = [await wait(shop, ada, who, pack) for who in (BOB, EVE)]
    await let_go(shop, ada, held)
    await offer_what_is_free(shop)
    await late.lapse()
    await offer_what_is_free(shop)
    assert [await late.state(), await first.state()] == ["expired", "offered"]
    assert await counts(shop, "Weekend", "Dinner") == [(1, 0), (2, 0)]
    # What comes with it now is not what was set aside.
    contents = [{"ticket_type_id": dinner["id"], "units": 1, "price": 1000}]
    await bind(shop, pack, contents=contents)
    refused(await first.do("accept"), 410, "offer_over")
    contents = [{"ticket_type_id": dinner["id"], "units": 2, "price": 1000}]
    await bind(shop, pack, contents=contents)
    order = done(await first.do("accept"), 201)
    assert bought(order) == [("Weekend", 5000, None), *[("Dinner", 1000, "Weekend")] * 2]
    assert await counts(shop, "Weekend", "Dinner") == [(0, 0), (0, 0)]
    await let_go(shop, ada, order)
    assert await counts(shop, "Weekend", "Dinner") == [(0, 1), (0, 2)]


async def test_b18_who_waits_for_a_ticket_that_needs_an_add_on_is_offered_one_that_will_do(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day = await shop.add("Day", price=5000, quantity=3)
    meat, fish, shirt = [
        await shop.add(name, price=price, quantity=units, visibility="add_on")
        for name, price, units in (("Meat", 1500, 1), ("Fish", 1200, 4), ("Shirt", 900, 9))
    ]
    groups = group("Meal", meat, fish, minimum=1, maximum=1), group("Shop", shirt)
    await bind(shop, day, *groups)
    held = done(await shop.buy(ada, line(day, 3, add_ons=[line(fish)])), 201)
    await open_list(shop)
    refused(await join(shop, ada, BOB, day, add_on_ids=[shirt["id"]]), 422, "unknown_add_on")
    eater = await wait(shop, ada, BOB, day, quantity=2, add_on_ids=[meat["id"]])
    pair = await wait(shop, ada, EVE, day, quantity=2)
    await let_go(shop, ada, held)
    await offer_what_is_free(shop)
    # One meat is left, which is too little for two; whoever eats anything gets fish.
    assert [await eater.state(), await pair.state()] == ["waiting", "offered"]
    assert await counts(shop, "Day", "Meat", "Fish") == [(2, 1), (0, 1), (2, 2)]
    offer = (await pair.look())["offer"]
    assert (offer["comes_with"][0]["ticket_type_name"], offer["total"]["amount"]) == ("Fish", 12400)
    order = done(await pair.do("accept"), 201)
    assert bought(order) == [*[("Day", 5000, None)] * 2, *[("Fish", 1200, "Day")] * 2]
    assert order["total"]["amount"] == 12400
    assert await counts(shop, "Day", "Fish") == [(0, 1), (0, 2)]
    # More meat: nobody else may take it before they are asked who wait for it.
    await let_go(shop, ada, order)
    quota = await shop.quota("Meat")
    done(await shop.staff.patch(f"{shop.event}/quotas/{quota['id']}", json={"capacity": 2}))
    refused(await shop.buy(ada, line(day, 2, add_ons=[line(meat)])), 409, "sold_out")
    await offer_what_is_free(shop)
    assert (await eater.look())["offer"]["comes_with"][0]["ticket_type_name"] == "Meat"


async def test_b18_bundles_offers_and_buyers_of_their_contents_at_once_never_pass_the_list(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    """Fails when the quotas of what comes along are not locked."""
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
        one.visitor() as ada,
        two.visitor() as bob,
    ):
        pack, dinner = await weekend(shop, 6)
        orders = [done(await shop.buy(ada, line(pack)), 201) for _ in range(6)]
        await open_list(shop)
        places = [await wait(shop, ada, f"p{number}@example.org", pack) for number in range(8)]
        stage = shop.stage

        async def offer(number: int) -> None:
            offers = (one, two)[number % 2].services.events.offers
            await offers.serve_date(stage.organizer_id, stage.occurrence_id)

        async def buy(number: int) -> int:
            return (await shop.buy((ada, bob)[number % 2], line(dinner))).status_code

        *answers, _, _ = await asyncio.gather(
            *(buy(number) for number in range(24)),
            asyncio.gather(*(let_go(shop, ada, order) for order in orders)),
            asyncio.gather(*(offer(number) for number in range(8))),
        )
        assert set(answers) == {409}
        await offer(0)
        assert [await place.state() for place in places] == ["offered"] * 6 + ["waiting"] * 2
        assert await counts(shop, "Weekend", "Dinner") == [(6, 0), (12, 0)]
