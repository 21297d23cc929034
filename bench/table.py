"""A run's results on the terminal."""

import json
import sys

from rich.console import Console
from rich.table import Table

from bench.results import Goal, Results, Row

# Where it is written into a file.
_WIDTH = 220


def show(results: Results) -> None:
    """The rows, the goals, and the promises that were broken."""
    console = Console() if sys.stdout.isatty() else Console(width=_WIDTH)
    console.print(_rows(results.rows))
    console.print(_goals(results.goals))
    for check in results.broken:
        console.print(f"BROKEN {check.what}: {check.found}, not {check.wanted}", style="red")
    kept = len(results.checks) - len(results.broken)
    console.print(f"{kept} of {len(results.checks)} promises kept. {results.machine}.")
    console.print(f"Settings of the run: {json.dumps(results.settings)}")


def _rows(rows: list[Row]) -> Table:
    table = Table("row", "clients", "per s", "p50 ms", "p95 ms", "p99 ms")
    for column in ("busy", "CPU s", "PSS MB", "figures"):
        table.add_column(column)
    for row in rows:
        cpu = " ".join(f"{part} {spent:.1f}" for part, spent in row.cpu.items() if spent >= 0.1)
        table.add_row(
            row.name, str(row.clients or ""), _number(row.per_s), _number(row.p50_ms),
            _number(row.p95_ms), _number(row.p99_ms), str(row.busy or ""), cpu,
            f"{row.rss_mb:.0f}" if row.rss_mb else "", _more(row),
        )  # fmt: skip
    return table


def _goals(goals: list[Goal]) -> Table:
    table = Table("goal for two cores", "found", "wanted", "")
    for goal in goals:
        wanted = f"≥ {goal.at_least:,}" if goal.at_least is not None else f"≤ {goal.at_most:,}"
        met = "met" if goal.is_met else "MISSED"
        table.add_row(goal.what, f"{goal.found:,} {goal.unit}", wanted, met)
    return table


def _number(value: float) -> str:
    return f"{value:,.1f}" if value else ""


def _more(row: Row) -> str:
    """What only this row has to say."""
    told = [f"{name} {value:,}" for name, value in row.figures.items()]
    if any(not outcome.startswith("2") for outcome in row.outcomes):
        told.append(" ".join(f"{outcome}: {count:,}" for outcome, count in row.outcomes.items()))
    return ", ".join([*told, row.note] if row.note else told)
