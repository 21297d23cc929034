"""Everybody wants the same free ticket: whole purchases in one request, and in three steps."""

from typing import Any

from bench import limit
from bench.buyers import an_order, purchases
from bench.load import Load
from bench.results import Check, Findings, Goal, no_faults, row_of
from bench.scenario import Scenario, Stage, figures
from bench.steps import in_steps

_CLIENTS = (64, 512)
_HOLD_P99_MS = {64: 100.0, 512: 400.0}
_GOAL_PER_S = 2_400.0


async def run(stage: Stage) -> Findings:
    found = Findings(rows=[], checks=[], goals=[])
    for clients in _CLIENTS:
        found.add(await bought(stage, "hot_quota", clients))
    for clients in _CLIENTS:
        found.add(await _in_steps(stage, clients))
    return found


async def bought(stage: Stage, name: str, clients: int) -> Findings:
    """Purchases of one POST each, which holds, confirms and keeps its answer."""
    event = stage.product.event(title=f"Hot {clients}")
    people = purchases(stage.crowd(), an_order(event))
    load, row = await stage.measure(name, people, clients=clients)
    row.figures = figures(
        times_pgbench=_ratio(row.per_s, limit.at(stage.limits, "hot", clients)),
        times_pgbench_best=_ratio(row.per_s, limit.best(stage.limits, "hot")),
    )
    checks = [no_faults(name, load), await sold_as_answered(stage, name, event, load, "purchase")]
    return Findings(rows=[row], checks=checks, goals=_goals(name, clients, row.per_s, row.figures))


def _goals(name: str, clients: int, per_s: float, ratios: dict[str, float]) -> list[Goal]:
    what = f"{name} at {clients} buyers"
    goals = [Goal(what=what, found=per_s, unit="purchases/s", at_least=_GOAL_PER_S)]
    if clients == 64:
        goals += [
            Goal(what=f"{what}, of pgbench at as many", found=ratios["times_pgbench"],
                 unit="times", at_least=4.0),
            Goal(what=f"{what}, of pgbench's best", found=ratios["times_pgbench_best"],
                 unit="times", at_least=1.5),
        ]  # fmt: skip
    return goals


async def _in_steps(stage: Stage, clients: int) -> Findings:
    """The hold and the confirmation apart, as a browser asks for them."""
    name = "hot_quota_in_steps"
    event = stage.product.event(title=f"Steps {clients}")
    people = in_steps(stage.crowd(), an_order(event, buyer=False))
    load, row = await stage.measure(name, people, clients=clients)
    steps = [row_of(f"{name}_{step}", load, clients=clients, label=step)
             for step in ("hold", "buyer", "confirm")]  # fmt: skip
    checks = [no_faults(name, load), await sold_as_answered(stage, name, event, load, "hold")]
    goal = Goal(what=f"hold p99 at {clients} buyers", found=steps[0].p99_ms, unit="ms",
                at_most=_HOLD_P99_MS[clients])  # fmt: skip
    return Findings(rows=[row, *steps], checks=checks, goals=[goal])


async def sold_as_answered(
    stage: Stage, name: str, event: dict[str, Any], load: Load, label: str
) -> Check:
    """What the stock has given away is what buyers were told that they have."""
    found = await stage.product.claimed(event["id"])
    return Check(what=f"{name}: units taken", found=found, wanted=load.count(label, "201"))


def _ratio(value: float, base: float) -> float:
    return value / base if base else 0.0


SCENARIO = Scenario(
    name="hot_quota",
    about="64 and 512 buyers take free tickets of one quota.",
    run=run,
    kinds=("hot",),
)
