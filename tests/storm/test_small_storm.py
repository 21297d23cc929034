"""kill -9 of the server in mid-sale: 300 buyers of 40 seats, as many of 200 tickets without
numbers. `make storm` has the rest.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import structs

from bench.buyers import Buyer, gather_buyers
from boxoffice.data.postgres import Database, DatabaseSettings
from storm import books
from storm.client import Habits
from storm.journal import Journal, Promise
from storm.register import Act, Kind, Outcome
from storm.site import Sale, Site
from storm.storms.kills import sale_under_fire
from tests.support.product import Product
from tests.support.seated import seat_id, seated_stage
from tests.support.server_process import ServerProcess
from tests.support.stage import Stage, set_stage

# Starts a whole server, and starts it again.
pytestmark = pytest.mark.house
BUYERS, SEATS, TICKETS = 300, 40, 200
_TOLD = """
SELECT (SELECT count(*) FROM bookings.orders
        WHERE organizer_id = $1 AND status = 'confirmed') AS confirmed,
       (SELECT count(*) FROM data.outbox
        WHERE organizer_id = $1 AND name LIKE 'bookings.order_confirmed%') AS told
"""


@pytest.fixture
async def server(
    database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> AsyncIterator[ServerProcess]:
    """A server process of its own, beside the run's database."""
    process = ServerProcess(database_urls, redis_url=redis_url, folder=tmp_path)
    await process.start()
    yield process
    process.kill()


@pytest.fixture
async def seats(db: Database, product: Product) -> Sale:
    """Four rows of ten."""
    stage = await seated_stage(db, product, ["." * 10] * 4)
    numbers = [seat_id(stage, number) for number in range(SEATS)]
    return structs.replace(sale_of(stage, SEATS), seats=numbers)


def sale_of(stage: Stage, capacity: int) -> Sale:
    return Sale(
        slug=stage.slug, organizer_id=stage.organizer_id, event_id=str(stage.event_id),
        kind=str(stage.types[0]), capacity=capacity,
    )  # fmt: skip


def site_of(server: ServerProcess, owner_url: str, buyers: list[Buyer], *, seed: int) -> Site:
    return Site(
        port=server.port, owner_url=owner_url, token="", buyers=buyers, clients=32,
        journal=Journal(outages=True), habits=Habits(impatient=0.05, doubtful=0.5),
        dice=random.Random(seed),  # noqa: S311  # not a secret
    )  # fmt: skip


async def test_a_killed_server_loses_nothing_doubles_nothing_and_keeps_nothing_back(
    db: Database,
    database_urls: DatabaseSettings,
    server: ServerProcess,
    seats: Sale,
    sound_afterwards: None,
) -> None:
    tickets = sale_of(await set_stage(db, capacities=[TICKETS]), TICKETS)
    buyers = await gather_buyers(server.port, count=BUYERS)
    hall, crowd = (site_of(server, database_urls.owner_url, buyers, seed=seed) for seed in (1, 2))

    async def kill_and_start_again() -> None:
        server.kill()
        await server.start()

    async with asyncio.timeout(120):
        sold = await asyncio.gather(
            sale_under_fire(
                hall, seats, buyers=BUYERS, strikes=[kill_and_start_again], within=2, apart=0
            ),
            sale_under_fire(crowd, tickets, buyers=BUYERS, strikes=[], within=2, apart=0),
        )
    assert (sold, hall.journal.offenders, crowd.journal.offenders) == ([SEATS, TICKETS], [], [])
    for site in (hall, crowd):
        assert site.journal.repeated > 5
        assert site.journal.doubts + site.journal.unreached > 5
    for sale in (seats, tickets):
        told = (await books.ask(hall, _TOLD, sale.organizer_id))[0]
        assert told["confirmed"] == told["told"] > 0
    for plant, found in PLANTS.items():
        assert found in " ".join(await planted(hall, seats, plant)), plant


async def planted(site: Site, sale: Sale, plant: str) -> list[str]:
    """What is found when the journal says something else than the database."""
    orders = [structs.replace(one) for one in site.journal.orders]
    sold = next(one for one in orders if one.stands == "confirmed" and one.told.body["positions"])
    told, journal = sold.told, Journal(orders=orders)
    seat = told.body["positions"][0]["seat"]["id"]
    match plant:
        case "lost":
            body = told.body | {"id": "01a22045-0000-7000-8000-000000000000"}
            lost = structs.replace(told, key="?", body=body)
            orders.append(Promise(told=lost, stands="confirmed"))
        case "unheard":
            orders.remove(sold)
        case "refused":
            sold.told = structs.replace(told, outcome=Outcome.FAIL, unanswered=0)
        case "let go":
            sold.stands = "cancelled"
        case _:
            times = told.begun, told.ended
            for who in (told.key, "somebody else"):
                journal.acts[f"seat {seat}"].append(Act(Kind.TAKE, who, *times))
    await books.compare(structs.replace(site, journal=journal), sale)
    if plant == "sold twice":
        journal.acts = {seat: journal.acts[f"seat {seat}"]}
        journal.judge_histories()
    return journal.offenders


PLANTS = {
    "lost": "an acknowledged order is lost",
    "unheard": "orders that nobody was told of",
    "refused": "refused, and yet there is order",
    "let go": "was cancelled and is confirmed",
    "sold twice": "no order of events explains the history of",
}
