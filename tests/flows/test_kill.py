"""kill -9 of the server in mid-sale: nothing acknowledged is lost, nothing is sold twice."""

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.product import order_of
from tests.support.server_process import ServerProcess
from tests.support.stage import Stage, set_stage

# Three restarts of a whole server under a sale.
pytestmark = pytest.mark.house
BUYERS, TICKETS, KILLS = 300, 200, 3


async def _buy_until_answered(server: ServerProcess, stage: Stage) -> tuple[int, str]:
    """A buyer who tries again, with the same key, until there is an answer: status and order."""
    headers = {"idempotency-key": str(uuid4())}
    path = f"{server.url}/api/v1/organizers/{stage.slug}/orders"
    async with httpx2.AsyncClient(timeout=20) as buyer:
        while True:
            try:
                answer = await buyer.post(path, json=order_of(stage), headers=headers)
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
                continue
            if answer.status_code in (201, 409):
                return answer.status_code, answer.json().get("id", "")
            await asyncio.sleep(0.1)


async def _sale(server: ServerProcess, stage: Stage) -> list[tuple[int, str]]:
    places = asyncio.Semaphore(48)

    async def buyer() -> tuple[int, str]:
        async with places:
            return await _buy_until_answered(server, stage)

    return list(await asyncio.gather(*(buyer() for _ in range(BUYERS))))


async def _kill_now_and_then(server: ServerProcess, db: Database, stage: Stage) -> None:
    """Each time some more have been sold, pull the plug and start again."""
    for number in range(1, KILLS + 1):
        while await _count(db, stage, "bookings.orders") < number * TICKETS // (KILLS + 1):  # noqa: ASYNC110  # another process sells
            await asyncio.sleep(0.01)
        server.kill()
        await server.start()


async def _count(db: Database, stage: Stage, table: str) -> int:
    async with db.begin(stage.organizer_id) as tx:
        row = await tx.connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE organizer_id = $1",  # noqa: S608  # our own names
            (stage.organizer_id,),
        )
        return row.scalar_one()


async def test_no_acknowledged_order_is_lost_and_no_claim_leaks(
    db: Database, database_urls: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    stage = await set_stage(db, capacities=[TICKETS])
    server = ServerProcess(database_urls, redis_url=redis_url, folder=tmp_path)
    await server.start()
    try:
        async with asyncio.timeout(150):
            answers, _ = await asyncio.gather(
                _sale(server, stage), _kill_now_and_then(server, db, stage)
            )
    finally:
        server.kill()
    acknowledged = {order for status, order in answers if status == 201}
    assert len(acknowledged) == TICKETS
    assert [status for status, _ in answers].count(409) == BUYERS - TICKETS
    async with db.begin(stage.organizer_id) as tx:
        stored = await tx.connection.exec_driver_sql(
            "SELECT id::text FROM bookings.orders WHERE organizer_id = $1", (stage.organizer_id,)
        )
        assert {row.id for row in stored} == acknowledged
        books = await tx.connection.exec_driver_sql(
            "SELECT (SELECT claimed FROM events.quotas WHERE organizer_id = $1), "
            "(SELECT sum(units) FROM events.claims WHERE organizer_id = $1 "
            " AND released_at IS NULL), "
            "(SELECT count(*) FROM bookings.tickets WHERE organizer_id = $1), "
            "(SELECT count(*) FROM data.outbox WHERE organizer_id = $1)",
            (stage.organizer_id,),
        )
        assert tuple(books.one()) == (TICKETS, TICKETS, TICKETS, TICKETS)
