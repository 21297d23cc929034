"""2,000 buyers, 500 tickets: exactly 500 are sold, and everybody gets an answer.

Through the real gateway, by two processes' worth of coalescers, on real PostgreSQL. Without the
decision in `rules.stock._take`, or without `FOR NO KEY UPDATE` in `stock.py`, the database's last
wall is hit, and batches are halved until single buyers meet it: the test fails on either.
"""

import asyncio
from collections import Counter
from pathlib import Path

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.product import Product, order_of, running_product, settings_for
from tests.support.stage import Stage, set_stage

BUYERS, TICKETS, AT_ONCE = 2000, 500, 256


async def _rush(products: list[Product], stage: Stage) -> Counter[int]:
    """Every buyer asks once, `AT_ONCE` at a time, at either process."""
    places = asyncio.Semaphore(AT_ONCE)
    path = f"/api/v1/organizers/{stage.slug}/orders"

    async def buy(number: int) -> int:
        async with places, products[number % len(products)].visitor() as buyer:
            return (await buyer.post(path, json=order_of(stage))).status_code

    return Counter(await asyncio.gather(*(buy(number) for number in range(BUYERS))))


async def _sold(db: Database, stage: Stage) -> tuple[int, int, int]:
    """Tickets, the units of standing claims, and the quota's counter."""
    async with db.begin(stage.organizer_id) as tx:
        row = await tx.connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM bookings.tickets WHERE organizer_id = $1) AS tickets, "
            "(SELECT sum(units) FROM events.claims WHERE organizer_id = $1 "
            " AND released_at IS NULL) AS units, "
            "(SELECT claimed FROM events.quotas WHERE organizer_id = $1) AS claimed",
            (stage.organizer_id,),
        )
        found = row.one()
        return found.tickets, found.units, found.claimed


async def test_two_thousand_buyers_for_five_hundred_tickets(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    stage = await set_stage(db, capacities=[TICKETS])
    settings = settings_for(database_urls, redis_url=redis_url, data=tmp_path)
    async with running_product(settings) as one, running_product(settings) as two:
        async with asyncio.timeout(120):
            answers = await _rush([one, two], stage)
        halved = [product.services.bookings.openings.halved for product in (one, two)]
    assert halved == [0, 0]
    assert answers == {201: TICKETS, 409: BUYERS - TICKETS}
    assert await _sold(db, stage) == (TICKETS, TICKETS, TICKETS)
