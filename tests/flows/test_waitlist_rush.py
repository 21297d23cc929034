"""Edge case 29 under load: several jobs that make offers, buyers, and people who let go, at once.

Two products on real PostgreSQL. Without `reserve`, or when the sale does not put the mark back
(`marks.keep`), buyers get what people wait for. Jobs need no further lock among themselves: what
one takes up with the mark, no other finds.
"""

import asyncio
import random
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy.exc import IntegrityError

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.product import Product, running_product, settings_for
from tests.support.shop import Json, Shop, done, line, open_shop
from tests.support.waiting import Waiting, open_list, wait

UNITS, BUYERS = 12, 60
# Parties of all sizes, then more single people than can ever get an offer: whatever comes free,
# somebody who waits wants it.
WISHES = [1 + number % 3 for number in range(18)] + [1] * (2 * UNITS)


async def test_edge_case_29_offers_buyers_and_cancellations_at_once_never_pass_the_list(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with (
        running_product(settings) as one,
        running_product(settings) as two,
        open_shop(one, db) as shop,
        one.visitor() as ada,
    ):
        kind = await shop.add("Regular", quantity=UNITS, price=100)
        orders = [done(await shop.buy(ada, line(kind)), 201) for _ in range(UNITS)]
        await open_list(shop)
        places = [
            await wait(shop, ada, f"p{number}@example.org", kind, quantity=quantity)
            for number, quantity in enumerate(WISHES)
        ]
        bought = await _rush(shop, [one, two], kind, orders, ada)
        assert bought == 0
        await _offers_are_exact(shop, places)
        await _say_no(shop, [one, two], places, kind)
        await _offers_are_exact(shop, places)


async def _rush(
    shop: Shop, products: list[Product], kind: Json, orders: list[Json], ada: httpx2.AsyncClient
) -> int:
    """Let all orders go while jobs make offers and others try to buy; how many of those could."""

    async def buy(number: int) -> int:
        await asyncio.sleep(random.random() / 4)  # noqa: S311  # a crowd, not a secret
        async with products[number % 2].visitor() as buyer:
            return (await shop.buy(buyer, line(kind))).status_code

    async def let_go(order: Json) -> None:
        await asyncio.sleep(random.random() / 5)  # noqa: S311  # a crowd, not a secret
        done(await ada.post(f"{shop.orders}/{order['id']}/release"))

    *answers, _, _ = await asyncio.gather(
        *(buy(number) for number in range(BUYERS)),
        asyncio.gather(*map(let_go, orders)),
        asyncio.gather(*(_keep_offering(shop, products[number % 2]) for number in range(3))),
    )
    assert set(answers) <= {201, 409}
    await _offer(shop, products[0])
    return answers.count(201)


async def _keep_offering(shop: Shop, product: Product) -> None:
    """One job that hears again and again that something came free."""
    for _ in range(6):
        await asyncio.sleep(random.random() / 10)  # noqa: S311  # a crowd, not a secret
        await _offer(shop, product)


async def _offer(shop: Shop, product: Product) -> None:
    offers = product.services.events.offers
    try:
        await offers.serve_date(shop.stage.organizer_id, shop.stage.occurrence_id)
    except IntegrityError as error:
        raise AssertionError("an offer met the database's last wall") from error


async def _say_no(shop: Shop, products: list[Product], places: list[Waiting], kind: Json) -> None:
    """Half of those with offers decline, the others accept, while jobs offer and buyers try."""
    offered = [place for place in places if await place.state() == "offered"]

    async def answer(number: int, place: Waiting) -> int:
        return (await place.do("decline" if number % 2 else "accept")).status_code

    async def buy(number: int) -> int:
        async with products[number % 2].visitor() as buyer:
            return (await shop.buy(buyer, line(kind))).status_code

    answers = await asyncio.gather(
        *(answer(number, place) for number, place in enumerate(offered)),
        *(buy(number) for number in range(20)),
    )
    await asyncio.gather(*(_keep_offering(shop, products[number % 2]) for number in range(3)))
    assert set(answers) <= {200, 201, 409}
    assert answers[len(offered) :].count(201) == 0


async def _offers_are_exact(shop: Shop, places: list[Waiting]) -> None:
    """No unit given twice, nobody offered twice, nothing idle that somebody waits for."""
    quota = await shop.quota("Regular")
    standing = await _standing(shop)
    shown = [await place.look() for place in places]
    offered = [one for one in shown if one["state"] == "offered"]
    assert quota["waitlist"] == sum(one["quantity"] for one in offered) == standing["offer"]
    assert quota["held"] == standing["order"]
    assert quota["held"] + quota["waitlist"] + quota["free"] == UNITS
    waiting = [one["quantity"] for one in shown if one["state"] == "waiting"]
    assert quota["free"] < min(waiting)


async def _standing(shop: Shop) -> dict[str, Any]:
    """Units of standing claims by kind, without marks."""
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        rows = await tx.connection.exec_driver_sql(
            "SELECT kind, sum(units)::int AS units FROM events.claims "
            "WHERE organizer_id = $1 AND released_at IS NULL AND id <> quota_id GROUP BY kind",
            (shop.stage.organizer_id,),
        )
        return {"order": 0, "offer": 0} | {row.kind: row.units for row in rows}
