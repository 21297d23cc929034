"""Keeps the figures in README.md and docs/proof.md those of the kept run: `python -m bench.readme`.

Between the marks stands what is made here; everything else in those files is left as it is.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.results import LATEST, Goal, Results, Row

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class Line(NamedTuple):
    """A line of the README's table; `figure` names what counts instead of the rate."""

    what: str
    row: str
    clients: int = 0
    figure: str = ""


LINES = (
    Line("the database alone, one order per transaction", "pgbench_hot", 8),
    Line("the same", "pgbench_hot", 64),
    Line("the same", "pgbench_hot", 512),
    Line("complete free purchase: one `POST` that holds, confirms and keeps its answer",
         "hot_quota", 64),
    Line("the same", "hot_quota", 512),
    Line("the same, two server processes", "hot_quota_two_processes", 512),
    Line("the hold alone, of hold, buyer and confirmation", "hot_quota_in_steps_hold", 64),
    Line("the same", "hot_quota_in_steps_hold", 512),
    Line("the confirmation alone", "hot_quota_in_steps_confirm", 512),
    Line("2,000 numbered seats, 20,000 buyers: seats sold", "seat_rush", 512, "seats_per_s"),
    Line("best seats side by side, 500 parties at once", "best_available", 500),
    Line("free purchases of 1,000 events", "spread", 64),
    Line("scans at 20 gates", "check_in"),
    Line("free purchases after 1,000,000 others", "growth_1000000", 64),
    Line("event page", "event_page", 64),
    Line("event API", "event_api", 64),
    Line("availability", "availability", 64),
    Line("hold, pay by card, confirm", "paid_purchase", 64),
    Line("mails with a PDF, drained afterwards", "mails"),
)  # fmt: skip


def kept() -> Results:
    """The kept run."""
    return msgspec.json.decode(LATEST.read_bytes(), type=Results)


def table(results: Results) -> str:
    """For the README: what is found of it in the run."""
    head = "| | clients | per second | p50 | p99 |\n|---|---|---|---|---|"
    lines = (
        _line(line, row, results)
        for line in LINES
        if (row := results.row(line.row, line.clients)) is not None
    )
    return "\n".join([head, *lines])


def _line(line: Line, row: Row, results: Results) -> str:
    rate = f"{row.figures[line.figure] if line.figure else row.per_s:,.0f}"
    base = results.row("pgbench_hot", row.clients)
    if row.name.startswith("hot_quota") and "steps" not in row.name and base and base.per_s:
        rate += f", {row.per_s / base.per_s:.1f} times the database alone"
    mean = " (mean)" if row.name.startswith("pgbench") else ""
    p50 = f"{row.p50_ms:,.0f} ms{mean}" if row.p50_ms else ""
    p99 = f"{row.p99_ms:,.0f} ms" if row.p99_ms else ""
    return f"| {line.what} | {row.clients or ''} | {rate} | {p50} | {p99} |"


def verdicts(results: Results) -> str:
    """For the proof: each goal with what was found, and how many promises were kept."""
    head = "| goal on two cores | found | wanted | |\n|---|---|---|---|"
    kept = len(results.checks) - len(results.broken)
    told = (
        f"{kept} of {len(results.checks)} promises of that run were kept: exact stock, one winner "
    )
    told += "a seat, one admission a ticket, no 5xx, no broken invariant."
    if not results.checks:
        told = "The kept run has no such goals."
    return "\n".join([head, *map(_goal, results.goals), "", told])


def _goal(goal: Goal) -> str:
    wanted = f"≥ {goal.at_least:,g}" if goal.at_least is not None else f"≤ {goal.at_most:,g}"
    met = "met" if goal.is_met else "**missed**"
    return f"| {goal.what} | {goal.found:,g} {goal.unit} | {wanted} | {met} |"


FILES: dict[Path, Callable[[Results], str]] = {
    ROOT / "README.md": table,
    ROOT / "docs" / "proof.md": verdicts,
}


def written(results: Results) -> Iterator[tuple[Path, str]]:
    """Each file as it should be."""
    for path, make in FILES.items():
        before, _, rest = path.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        yield path, f"{before}{BEGIN}\n{make(results)}\n{END}{after}"


def main() -> int:
    for path, text in written(kept()):
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
