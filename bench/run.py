"""A run: pgbench's limits, then each scenario on a product of its own, under the watcher's eyes."""

import os
import platform
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller

from bench.limit import limits
from bench.product import SETTINGS, Product, free_port
from bench.results import Check, Findings, Results, Row
from bench.scenario import Scenario, staged
from bench.watching import watched


class Swallow:
    """A mail server that takes everything and keeps nothing."""

    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802  # aiosmtpd's name
        return "250 taken"


@asynccontextmanager
async def products(*, workers: int) -> AsyncIterator[Product]:
    """A product that runs, with a mail server that swallows."""
    smtp = Controller(Swallow(), hostname="127.0.0.1", port=free_port())
    smtp.start()
    try:
        async with Product(smtp_port=smtp.port, workers=workers) as product:
            yield product
    finally:
        smtp.stop()


async def run(scenarios: Sequence[Scenario], *, seconds: float) -> Results:
    """Everything that these find."""
    results = Results(
        rows=[], checks=[], goals=[], settings=SETTINGS, machine=_machine(),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip
    kinds = {kind for scenario in scenarios for kind in scenario.kinds}
    results.rows += await limits(kinds, seconds=max(2, round(seconds / 2)))
    measured = list(results.rows)
    for scenario in scenarios:
        print(f"{scenario.name}: {scenario.about}", flush=True)
        results.add(await _played(scenario, seconds=seconds, limits=measured))
    return results


async def _played(scenario: Scenario, *, seconds: float, limits: list[Row]) -> Findings:
    async with products(workers=scenario.workers) as product:
        stage = await staged(product, scenario, seconds=seconds, limits=limits)
        async with watched(product.folder, meanwhile=scenario.watched) as seen:
            found = await scenario.run(stage)
    found.rows.append(Row(name=f"{scenario.name}_invariants", note=seen.told))
    found.checks.append(
        Check(what=f"{scenario.name}: invariants broken", found=len(seen.broken), wanted=0)
    )
    return found


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
