"""`make model`: the machine with random seeds for some minutes; it ends when the product differs.

`--minutes 5`, and `--seed N` to run exactly what that seed runs; `--shrink` looks for less that
fails as well, which takes minutes.
"""

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from boxoffice.data.postgres import Database
from boxoffice.gateway.logs import configure_logging
from tests.model.house import House
from tests.model.machine import Opening, machine_over
from tests.support.bank import Bank
from tests.support.databases import cloned_database
from tests.support.product import running_product, settings_for
from tests.support.servers import ServersProcess, wait_for_servers
from tests.support.shop import open_shop

# What one seed runs.
_ONE_SEED = settings(
    max_examples=20, stateful_step_count=40, database=None, deadline=None, print_blob=False,
    phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run until the time is over, or something differs."""
    asked = _parsed(arguments)
    process = ServersProcess()
    try:
        return asyncio.run(_run(process, asked))
    finally:
        process.end()


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.model")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--shrink", action="store_true", help="make what fails smaller: minutes")
    return parser.parse_args(arguments)


async def _run(process: ServersProcess, asked: argparse.Namespace) -> int:
    begun = time.monotonic()
    async with _opening(process) as opening:
        seeds = [asked.seed] if asked.seed is not None else None
        ran = 0
        phases = (Phase.generate, Phase.shrink) if asked.shrink else (Phase.generate,)
        chosen = settings(_ONE_SEED, phases=phases)
        while time.monotonic() - begun < 60 * asked.minutes:
            number = seeds.pop() if seeds else random.SystemRandom().randrange(2**32)
            print(f"seed {number} …", flush=True)
            machine = seed(number)(machine_over(opening, asyncio.get_running_loop()))
            try:
                await asyncio.to_thread(run_state_machine_as_test, machine, settings=chosen)
            except Exception:
                print(f"The product differs; again: python -m tests.model --seed {number}")
                raise
            ran += 1
            if seeds is not None:
                break
    print(f"{ran} seeds of {_ONE_SEED.max_examples} runs in {time.monotonic() - begun:.0f} s")
    return 0


@contextlib.asynccontextmanager
async def _opening(process: ServersProcess) -> "AsyncIterator[Opening]":
    servers, bank = wait_for_servers(process.folder), Bank()
    with tempfile.TemporaryDirectory() as data:
        async with cloned_database(servers, "model") as urls:
            configured = settings_for(urls, redis_url=servers.redis_url, data=Path(data))
            db = Database(urls, application_name="model")
            async with (
                running_product(configured, provider=bank) as product,
                open_shop(product, db) as shop,
                product.visitor() as buyer,
            ):
                await buyer.get("/api/v1/me/orders")
                yield lambda: House.open(shop, buyer, bank)
            await db.close()


if __name__ == "__main__":
    configure_logging(environment="production", level="error")
    sys.exit(main(sys.argv[1:]))
