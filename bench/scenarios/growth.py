"""What an order costs once there are many: the same sale after 10⁴, 10⁵ and 10⁶ orders of it."""

from bench.buyers import an_order, purchases
from bench.past import write_past
from bench.results import Check, Findings, Goal, Row, no_faults
from bench.scenario import Scenario, Stage, figures

_NAME, _CLIENTS = "growth", 64
_SIZES = (10_000, 100_000, 1_000_000)
_FLAT = 1.2


async def run(stage: Stage) -> Findings:
    event = stage.product.event(title="Growth")
    found, there = Findings(rows=[], checks=[], goals=[]), 0
    sold = 0
    for size in _SIZES:
        url = stage.product.database_url()
        await write_past(url, event, first=there + 1, last=size)
        there = size
        people = purchases(stage.crowd(), an_order(event))
        load, row = await stage.measure(f"{_NAME}_{size}", people, clients=_CLIENTS)
        sold += load.count("purchase", "201")
        row.figures = figures(orders=size, cpu_ms_per_order=_cpu_ms(row, load.count("purchase")))
        found.rows.append(row)
        found.checks.append(no_faults(f"{_NAME} at {size:,} orders", load))
    taken = await stage.product.claimed(event["id"])
    found.checks.append(Check(what=f"{_NAME}: units taken", found=taken, wanted=there + sold))
    found.goals.append(_flat(found.rows))
    return found


def _cpu_ms(row: Row, orders: int) -> float:
    """Of server and database together; the worker writes mails meanwhile."""
    spent = sum(row.cpu.get(part, 0.0) for part in ("server", "postgres"))
    return 1000 * spent / orders if orders else 0.0


def _flat(rows: list[Row]) -> Goal:
    first, last = (row.figures["cpu_ms_per_order"] for row in (rows[0], rows[-1]))
    return Goal(
        what="CPU of an order at 1,000,000 orders, of that at 10,000",
        found=round(last / first, 2) if first else 0.0, unit="times", at_most=_FLAT,
    )  # fmt: skip


SCENARIO = Scenario(
    name=_NAME,
    about="64 buyers of one quota after 10,000, 100,000 and 1,000,000 orders of it.",
    run=run,
    watched=False,
)
