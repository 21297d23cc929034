"""Edge cases of the stock that no single feature owns."""

import asyncio
from collections import Counter
from pathlib import Path

import httpx2
import pytest
from sqlalchemy.exc import IntegrityError

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.product import Product, running_product, settings_for
from tests.support.seated import order, orders_path, seat_id, seated_stage, wish
from tests.support.shop import Shop, done, line, open_shop, refused
from tests.support.waiting import let_go, offer_what_is_free, sold_out, wait


async def test_edge_case_12_what_was_offered_once_is_used_up_for_ever_and_its_units_count_exactly(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    stage = await sold_out(shop, ada, price=100)
    first = await wait(shop, ada, "bob@example.org", stage["kind"])
    second = await wait(shop, ada, "eve@example.org", stage["kind"])
    await let_go(shop, ada, stage["order"])
    await offer_what_is_free(shop)
    taken = done(await first.do("accept"), 201)
    await let_go(shop, ada, taken)
    for verb in ("accept", "decline", "leave", "rejoin"):
        refused(await first.do(verb), 409, "not_waiting")
    await offer_what_is_free(shop)
    assert [await first.state(), await second.state()] == ["accepted", "offered"]
    quota = await shop.quota("Regular")
    assert (quota["waitlist"], quota["held"], quota["claimed"]) == (1, 0, 1)


async def test_edge_case_25_of_many_who_want_the_same_seats_at_once_exactly_one_gets_them(
    db: Database, product: Product
) -> None:
    stage = await seated_stage(db, product, ["AAAA"])

    async def book(number: int) -> httpx2.Response:
        pair = wish(stage, 1, 2) if number % 2 else wish(stage, 2, 3)
        async with product.visitor() as buyer:
            return await buyer.post(orders_path(stage), json=order(stage, pair, buyer=False))

    answers = await asyncio.gather(*(book(number) for number in range(24)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 23}
    for answer in answers:
        if answer.status_code == 409:
            assert seat_id(stage, 2) in refused(answer, 409, "seat_taken")["seat_ids"]
    # Behind the decision stands a wall: one standing claim for a seat.
    with pytest.raises(IntegrityError, match="claims_one_per_seat"):
        async with db.begin(stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, units, "
                "seat_id) SELECT organizer_id, gen_random_uuid(), quota_id, kind, "
                "gen_random_uuid(), 1, seat_id FROM events.claims WHERE organizer_id = $1 LIMIT 1",
                (stage.organizer_id,),
            )


async def test_edge_case_26_orders_that_name_quotas_in_opposite_order_never_deadlock(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
    ):
        kinds = [await shop.add(name, quantity=60) for name in ("Day", "Night", "Late")]

        async def buy(number: int) -> int:
            product, wanted = (one, kinds) if number % 2 else (two, kinds[::-1])
            async with product.visitor() as buyer:
                lines = [line(kind) for kind in wanted]
                return (await shop.buy(buyer, *lines, email=f"{number}@example.org")).status_code

        async with asyncio.timeout(60):
            answers = Counter(await asyncio.gather(*(buy(number) for number in range(80))))
        assert answers == {201: 60, 409: 20}
        assert [(await shop.quota(kind["name"]))["sold"] for kind in kinds] == [60] * 3
        retried = [product.services.bookings.openings.halved for product in (one, two)]
        assert retried == [0, 0]
