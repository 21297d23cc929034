"""Who runs the house hears of a broken invariant: by the log, the measurements and the doctor."""

import math
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from boxoffice.app.invariants import INVARIANTS
from boxoffice.app.watching import Watch
from boxoffice.cli import check_invariants
from boxoffice.cli.failure import ExitCode
from boxoffice.cli.findings import State
from boxoffice.data.cache import Cache
from boxoffice.data.postgres import Database, DatabaseSettings
from tests.support.databases import cloned_database
from tests.support.house import COMMAND, bare_environment
from tests.support.product import Product, environment_for, settings_for
from tests.support.servers import Servers
from tests.support.stage import Stage, set_stage

BROKEN = "I3 counters are true"
_COUNT = "UPDATE events.quotas SET claimed = $2 WHERE organizer_id = $1"


@pytest.fixture(scope="module")
async def kept(servers: Servers, worker_id: str) -> AsyncIterator[DatabaseSettings]:
    """A database where the rows of other tests are not seen."""
    async with cloned_database(servers, f"watched_{worker_id}") as database:
        yield database


@pytest.fixture(scope="module")
async def owned(kept: DatabaseSettings) -> AsyncIterator[Database]:
    database = Database(kept)
    yield database
    await database.close()


async def _count(db: Database, stage: Stage, claimed: int) -> None:
    async with db.begin(stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(_COUNT, (stage.organizer_id, claimed))


async def test_a_worker_logs_it_and_every_server_measures_it(
    owned: Database, redis_url: str
) -> None:
    stage = await set_stage(owned, capacities=[5])
    cache = Cache(redis_url, budget=10)
    worker, server = Watch(owned, cache), Watch(owned, cache)
    recent = server.gauges()["boxoffice_invariants_broken"]
    await cache.delete("invariants:recent")
    await server.learn()
    assert math.isnan(recent())
    await _count(owned, stage, 3)
    with capture_logs() as logs:
        await worker.look_at_recent()
    await _count(owned, stage, 0)
    await server.learn()
    assert recent() == 1
    with capture_logs() as quiet:
        await worker.look_at_all()
    await worker.look_at_recent()
    await server.learn()
    assert [read() for read in server.gauges().values()] == [0, 0]
    await cache.close()
    assert [(line["event"], line["log_level"], line["invariant"]) for line in logs] == [
        ("invariant_broken", "error", BROKEN)
    ]
    assert logs[0]["rows"] == [
        f"{stage.quotas[0]} of {stage.organizer_id}: counted 3, claims say 0"
    ]
    assert [line["event"] for line in quiet] == ["invariants_hold"]


async def test_operators_see_the_measurements(product: Product) -> None:
    async with product.visitor() as operator:
        measured = (await operator.get("/metrics")).text
    for name in product.services.watch.gauges():
        assert f"\n{name} " in measured


async def test_the_doctor_says_which_rows_and_ends_with_1(
    owned: Database, kept: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    settings = settings_for(kept, redis_url=redis_url, data=tmp_path)
    stage = await set_stage(owned, capacities=[5])
    healthy = await check_invariants.invariants(settings)
    await _count(owned, stage, 2)
    doctor = subprocess.run(  # noqa: ASYNC221  # nothing else is to happen meanwhile
        [*COMMAND, "doctor", "--invariants"],
        env={**bare_environment(), **environment_for(kept, redis_url=redis_url, data=tmp_path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    await _count(owned, stage, 0)
    assert [(one.part, one.state) for one in healthy] == [("invariants", State.FINE)]
    assert f"all {len(INVARIANTS)} hold" in healthy[0].detail
    assert doctor.returncode == ExitCode.FINDINGS
    assert f"✗ {BROKEN}" in doctor.stdout
    assert f"{stage.quotas[0]} of organizer {stage.organizer_id}: counted 2" in doctor.stdout
    assert "docs/proof.md" in doctor.stdout


async def test_the_doctor_cannot_look_where_there_is_no_schema(
    kept: DatabaseSettings, redis_url: str, tmp_path: Path
) -> None:
    nowhere: Any = kept.url.rpartition("/")[0] + "/postgres"
    elsewhere = DatabaseSettings(url=nowhere, owner_url=nowhere)
    settings = settings_for(elsewhere, redis_url=redis_url, data=tmp_path)
    found = await check_invariants.invariants(settings)
    assert [one.state for one in found] == [State.FAILURE]
    assert "cannot be looked at" in found[0].detail
