"""`make bench`: the product and the database's limit, measured in one run; prints a table."""

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

import msgspec
from aiosmtpd.controller import Controller
from rich.console import Console
from rich.table import Table

from bench import limit, rows
from bench.buyers import Crowd, gather_buyers
from bench.product import SETTINGS, Product, free_port
from bench.rows import Row, Stage
from bench.watching import Watched, watched
from boxoffice.data.embedded.binaries import find_binaries

RESULTS = Path(__file__).parent / "results" / "latest.json"


class Swallow:
    """A mail server that takes everything and keeps nothing."""

    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802  # aiosmtpd's name
        return "250 taken"


async def run(*, seconds: float, workers: int) -> list[Row]:
    smtp = Controller(Swallow(), hostname="127.0.0.1", port=free_port())
    smtp.start()
    try:
        async with Product(smtp_port=smtp.port, workers=workers) as product:
            buyers = await gather_buyers(product.port, count=2048)
            stage = Stage(product=product, crowd=Crowd(buyers), seconds=seconds, codes=[])
            async with watched(product.folder) as seen:
                found = await _rows(stage)
            return [*found, _watched_row(seen)]
    finally:
        smtp.stop()


async def _rows(stage: Stage) -> list[Row]:
    found: list[Row] = []
    await limit.prepare(stage.product.database_url())
    found += [_pgbench_row(stage, clients) for clients in (8, 64)]
    event = await stage.product.event(title="Read me", price=1500, quantity=1000)
    page, api = f"/e/demo/{event['slug']}", f"/api/v1/events/demo/{event['slug']}"
    found.append(await rows.reads(stage, "event_page", page, 64))
    found.append(await rows.reads(stage, "event_api", api, 64))
    found.append(await rows.free_purchase(stage, 64))
    found.append(await rows.drained(stage, "free_purchase"))
    # The codes are those of the first hot event, named after its number of buyers.
    sold = next(e for e in _events(stage) if e["title"] == "Free 64")
    found.append(await rows.scans(stage, sold["id"], 64))
    found.append(await rows.free_purchase(stage, 512))
    found.append(await rows.drained(stage, "free_purchase"))
    found.append(await rows.paid_purchase(stage, 64))
    found.append(await rows.drained(stage, "paid_purchase"))
    return found


def _events(stage: Stage) -> list[dict[str, Any]]:
    return stage.product.call("GET", "/api/v1/organizers/demo/events?limit=100")["items"]


def _pgbench_row(stage: Stage, clients: int) -> Row:
    binary = find_binaries().program("pgbench")
    url = stage.product.database_url()
    per_s, latency = limit.pgbench(
        binary, url, stage.product.folder, clients=clients, seconds=int(stage.seconds)
    )
    return Row(
        name="pgbench_order", clients=clients, per_s=round(per_s, 1), p50_ms=latency, p99_ms=0.0,
        cpu={}, rss_mb=0.0, note="p50 is the mean",
    )  # fmt: skip


def _watched_row(seen: Watched) -> Row:
    """How often the invariants were looked at meanwhile, and what was broken."""
    return Row(
        name="invariants", clients=0, per_s=0.0, p50_ms=0.0, p99_ms=0.0, cpu={}, rss_mb=0.0,
        note=seen.told,
    )  # fmt: skip


def show(found: list[Row]) -> None:
    """Print the table, and the ratio to the database's limit at equal clients."""
    console = Console()
    table = Table("row", "clients", "per s", "p50 ms", "p99 ms", "CPU s", "PSS MB", "note")
    for row in found:
        cpu = " ".join(f"{part} {spent}" for part, spent in row.cpu.items() if spent >= 0.1)
        table.add_row(
            row.name, str(row.clients), f"{row.per_s:,.0f}", f"{row.p50_ms:.1f}",
            f"{row.p99_ms:.1f}", cpu, f"{row.rss_mb:.0f}", row.note,
        )  # fmt: skip
    console.print(table)
    limits = {row.clients: row.per_s for row in found if row.name == "pgbench_order"}
    for row in found:
        if row.name == "free_purchase" and row.clients in limits:
            ratio = row.per_s / limits[row.clients]
            console.print(f"free_purchase at {row.clients}: {ratio:.2f} times pgbench_order")
    console.print(f"Settings of the run: {json.dumps(SETTINGS)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    parser.add_argument("--workers", type=int, default=1, help="server processes")
    options = parser.parse_args()
    found = asyncio.run(run(seconds=options.seconds, workers=options.workers))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2))
    show(found)


if __name__ == "__main__":
    main()
