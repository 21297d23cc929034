"""What a storm found, and the table of all."""

import time
from collections.abc import Sequence

import msgspec
from rich.console import Console
from rich.table import Table

from storm.journal import MOST_SHOWN, Journal


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Of one storm: its scale in words, counts by what they are of, seconds, offences."""

    name: str
    scale: str
    seconds: float
    counts: dict[str, int | float]
    offenders: list[str]


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._begun


def reported(
    name: str, scale: str, journal: Journal, *, seconds: float, **counts: int | float
) -> Report:
    """The report, with what every journal counts; what is 0 is left out."""
    busy, down = journal.statuses[429], journal.statuses[503]
    told = {
        **counts,
        "answers": journal.statuses.total(),
        "busy": busy,
        "503": down,
        "refused_connections": journal.unreached,
        "answers_lost": journal.doubts,
        "sent_twice": journal.repeated,
        "carried_out_late": journal.late,
        "histories": len(journal.acts),
    }
    if journal.outages and "longest_silence_s" not in told:
        told["longest_silence_s"] = round(journal.longest_silence, 1)
    return Report(
        name=name,
        scale=scale,
        seconds=round(seconds, 1),
        counts={what.replace("_", " "): many for what, many in told.items() if many},
        offenders=journal.offenders,
    )


def show(reports: Sequence[Report], *, seed: int) -> None:
    """Print the table and the first offences of each."""
    console = Console()
    table = Table("storm", "scale", "seconds", "counts", "offenders")
    for one in reports:
        counts = ", ".join(f"{what} {many:,}" for what, many in one.counts.items())
        table.add_row(one.name, one.scale, f"{one.seconds:.1f}", counts, str(len(one.offenders)))
    console.print(table)
    for one in reports:
        for offender in one.offenders[:MOST_SHOWN]:
            console.print(f"{one.name}: {offender}", markup=False)
    offenders = sum(len(one.offenders) for one in reports)
    console.print(f"Seed {seed}: {offenders} offenders in {len(reports)} storms")
