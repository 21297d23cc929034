"""Every invariant sees what breaks it, and none cries wolf."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import msgspec
import pytest

from boxoffice.app.invariants import INVARIANTS
from boxoffice.data.invariants import MOST_SHOWN, Invariant, statement, sweep
from boxoffice.data.postgres import Database, DatabaseSettings
from boxoffice.kernel.ids import least_id
from tests.app import (
    plants_of_gift_cards,
    plants_of_holds,
    plants_of_money,
    plants_of_parts,
    plants_of_purchases,
)
from tests.app.healthy import Healthy
from tests.app.plants import PLANTS, WALLS, Plant, Wall
from tests.support.product import Product, order_of
from tests.support.servers import Servers
from tests.support.sources import ROOT
from tests.support.stage import Stage, set_stage

PROOF = ROOT / "docs" / "proof.md"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
BY_NAME = {one.name: one for one in INVARIANTS}
ALL_PLANTS = (
    *PLANTS,
    *plants_of_gift_cards.PLANTS,
    *plants_of_holds.PLANTS,
    *plants_of_money.PLANTS,
    *plants_of_parts.PLANTS,
    *plants_of_purchases.PLANTS,
)
House = tuple[Database, Healthy]


@pytest.fixture(scope="module")
async def vandal(servers: Servers, own_database: DatabaseSettings) -> AsyncIterator[Any]:
    """A superuser in the house's database; foreign keys do not stop them."""
    path = urlsplit(own_database.url).path
    url = urlsplit(servers.superuser_url)._replace(path=path).geturl()
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")
    yield connection
    await connection.close()


def test_every_invariant_has_a_name_of_its_own_and_a_plant() -> None:
    assert len(BY_NAME) == len(INVARIANTS)
    assert {plant.breaks for plant in ALL_PLANTS} == set(BY_NAME)


async def test_a_healthy_house_breaks_none(house: House) -> None:
    db, rows = house
    found = await sweep(db, INVARIANTS)
    assert found.violations == []
    assert set(found.costs) == set(BY_NAME)
    assert (await sweep(db, INVARIANTS, organizers=[rows.organizer])).violations == []


@pytest.mark.parametrize("plant", ALL_PLANTS, ids=lambda plant: f"{plant.breaks}: {plant.what}")
async def test_what_breaks_it_is_found(plant: Plant, vandal: Any, house: House) -> None:
    _, rows = house
    found = await _found(vandal, rows, plant.breaks, *plant.does)
    assert {row["organizer_id"] for row in found} <= {rows.organizer, rows.stranger}
    assert found
    assert all(row["id"] and row["found"] for row in found)


async def test_what_a_card_holds_in_vain_is_no_offence_before_it_could_be_let_go(
    vandal: Any, house: House
) -> None:
    _, rows = house
    plant = plants_of_holds.PLANTS[1]
    just_now = "UPDATE payments.payments SET created_at = clock_timestamp() WHERE id = :payment"
    assert await _found(vandal, rows, plant.breaks, *plant.does, just_now) == []


async def _found(vandal: Any, rows: Healthy, name: str, *acts: str) -> list[Any]:
    """What the invariant finds once all that is done; then it is undone."""
    undone = vandal.transaction()
    await undone.start()
    try:
        for act in acts:
            await vandal.execute(_named(act, rows))
        now = await vandal.fetchval("SELECT clock_timestamp()")
        asked = (None, now, LONG_AGO, least_id(LONG_AGO))
        return await vandal.fetch(statement(BY_NAME[name]), *asked)
    finally:
        await undone.rollback()


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.name)
async def test_the_database_itself_refuses_it(wall: Wall, vandal: Any, house: House) -> None:
    _, rows = house
    undone = vandal.transaction()
    await undone.start()
    try:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
            await vandal.execute(_named(wall.act, rows))
    finally:
        await undone.rollback()
    assert refused.value.constraint_name == wall.name


async def test_a_sweep_says_which_rows_and_whose(own_database: DatabaseSettings) -> None:
    db = Database(own_database)
    stages = [
        await set_stage(db, capacities=[1] * (MOST_SHOWN + 1)),
        await set_stage(db, capacities=[1]),
    ]
    await _count_one(db, stages, "+ 1")
    try:
        mine = await sweep(db, INVARIANTS, organizers=[stages[1].organizer_id])
        recent = await sweep(db, INVARIANTS, within=timedelta(days=1))
    finally:
        await _count_one(db, stages, "- 1")
        await db.close()
    assert [one.name for one in mine.violations] == ["I3 counters are true"]
    offender = mine.violations[0].offenders[0]
    assert (offender.organizer_id, offender.id) == (stages[1].organizer_id, stages[1].quotas[0])
    assert offender.found == "counted 1, claims say 0"
    assert not mine.violations[0].more
    assert len(recent.violations[0].offenders) == MOST_SHOWN
    assert recent.violations[0].more


async def test_a_sweep_can_write_nothing(db: Database) -> None:
    async with db.snapshot_as_platform("try to write") as tx:
        with pytest.raises(Exception, match="read-only transaction"):
            await tx.connection.exec_driver_sql("DELETE FROM data.outbox")
    async with db.begin_as_platform("the same connections may still write") as tx:
        rows = await tx.connection.exec_driver_sql("SHOW transaction_read_only")
        assert rows.scalar_one() == "off"


async def test_sweeps_amid_a_sale_with_holds_that_end_unswept_find_nothing(
    db: Database, crowd: Database, product: Product
) -> None:
    """Buyers open, let go and confirm; every other hold runs out while nobody tidies up."""
    stage = await set_stage(db, capacities=[40])
    found: list[str] = []
    over = asyncio.Event()

    async def watch() -> None:
        while not over.is_set():
            seen = await sweep(crowd, INVARIANTS, organizers=[stage.organizer_id])
            found.extend(f"{one.name}: {one.offenders[0].found}" for one in seen.violations)

    watchers = [asyncio.create_task(watch()) for _ in range(2)]
    await asyncio.gather(*(_come_and_go(db, product, stage, turn) for turn in range(60)))
    over.set()
    await asyncio.gather(*watchers)
    assert found == []


async def _come_and_go(db: Database, product: Product, stage: Stage, turn: int) -> None:
    path = f"/api/v1/organizers/{stage.slug}/orders"
    async with product.visitor() as buyer:
        opened = await buyer.post(path, json=order_of(stage, buyer=turn % 3 == 0))
        if opened.status_code != 201 or turn % 3 == 0:
            return
        if turn % 3 == 1:
            await buyer.post(f"{path}/{opened.json()['id']}/release")
            return
        async with db.begin(stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                "WITH t AS (SELECT clock_timestamp() AS past), o AS (UPDATE bookings.orders "
                "SET hold_expires_at = past FROM t WHERE organizer_id = $1 AND id = $2) "
                "UPDATE events.claims SET expires_at = past FROM t "
                "WHERE organizer_id = $1 AND holder = $2",
                (stage.organizer_id, opened.json()["id"]),
            )


async def _count_one(db: Database, stages: list[Stage], by: str) -> None:
    for stage in stages:
        async with db.begin(stage.organizer_id) as tx:
            await tx.connection.exec_driver_sql(
                f"UPDATE events.quotas SET claimed = claimed {by} WHERE organizer_id = $1",  # noqa: S608  # our own text
                (stage.organizer_id,),
            )


def _named(act: str, rows: Healthy) -> str:
    """The act with its `:names` replaced by the house's ids."""
    ids = msgspec.structs.asdict(rows)
    return re.sub(r"(?<!:):([a-z]+)", lambda match: f"'{ids[match[1]]}'::uuid", act)


def test_the_documentation_says_what_is_promised() -> None:
    shown = PROOF.read_text().split("<!-- invariants -->")[1].split("<!-- end -->")[0].strip()
    assert shown == _table(), f"docs/proof.md should say:\n{_table()}"


def _table() -> str:
    rows = [f"| {one.name} | {one.promise} |" for one in sorted(INVARIANTS, key=_number)]
    return "\n".join(["| invariant | promise |", "|---|---|", *rows])


def _number(one: Invariant) -> int:
    return int(one.name.split()[0].removeprefix("I"))
