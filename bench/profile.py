"""`python -m bench.profile hot_quota`: how busy the server's event loop is while each row of a
scenario is measured, and with whose code (py-spy samples it; that costs some speed).
"""

import argparse
import asyncio
import signal
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import uvloop
from rich.console import Console
from rich.table import Table

from bench.__main__ import chosen
from bench.lines import Person
from bench.load import Load
from bench.processes import descendants, part_of
from bench.results import Row
from bench.run import products
from bench.scenario import Scenario, Stage, clock, staged

_PER_SECOND = 250
_LOOP = "Runner.run"
# The first that a frame's file begins with says whose code it is.
_PLACES = (
    ("boxoffice/gateway/", "gateway"),
    ("boxoffice/data/", "data"),
    ("boxoffice/services/bookings/", "bookings"),
    ("boxoffice/services/events/", "events"),
    ("boxoffice/", "boxoffice elsewhere"),
    ("asyncio/runners", "event loop and sockets"),
    ("granian/", "HTTP server"),
    ("litestar/", "Litestar"),
    ("sqlalchemy/", "SQLAlchemy"),
    ("asyncpg/", "asyncpg"),
    ("structlog/", "log"),
)
_ELSEWHERE = "Python's library and others"


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """`busy`: the loop thread's CPU seconds over the time; `shares`: of its samples, by place."""

    busy: float
    shares: dict[str, float]


class Profiled(Stage, kw_only=True):
    """A stage that looks at the server while it measures."""

    profiles: dict[str, Profile]

    async def measure(
        self, name: str, people: Iterator[Person], *, clients: int, seconds: float | None = None
    ) -> tuple[Load, Row]:
        with TemporaryDirectory() as folder, _sampled(self._server(), Path(folder)) as seen:
            load, row = await super().measure(name, people, clients=clients, seconds=seconds)
        self.profiles[f"{name} at {clients}"] = seen()
        return load, row

    def _server(self) -> int:
        below = descendants(self.product.process.pid)
        return next(pid for pid in below if part_of(pid) == "server")


@contextmanager
def _sampled(server: int, folder: Path) -> Iterator[Any]:
    """Gives a function that tells the profile once the block is over."""
    file = folder / "samples"
    command = ["py-spy", "record", "--nonblocking", "--format", "raw", "--output", str(file)]
    rate, pid = ["--rate", str(_PER_SECOND)], ["--pid", str(server)]
    spy = subprocess.Popen([*command, *rate, *pid], stdout=DEVNULL, stderr=DEVNULL)
    passed, before = clock(), _loop_seconds(server)
    told: list[Profile] = []
    try:
        yield lambda: told[0]
    finally:
        busy = (_loop_seconds(server) - before) / passed()
        spy.send_signal(signal.SIGINT)
        spy.wait()
        told.append(Profile(busy=busy, shares=shares_of(file.read_text().splitlines())))


def _loop_seconds(pid: int) -> float:
    """CPU seconds of the process's main thread, which runs the event loop."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9


def shares_of(samples: Iterable[str]) -> dict[str, float]:
    """Of the samples of the event loop's thread, the share of each place; they are lines of
    `outermost (file:line);…;innermost (file:line) count`.
    """
    counted: Counter[str] = Counter()
    for sample in samples:
        stack, _, count = sample.rpartition(" ")
        if _LOOP in stack:
            counted[_place(stack.rpartition(";")[2])] += int(count)
    total = counted.total() or 1
    return {place: count / total for place, count in counted.most_common()}


def _place(frame: str) -> str:
    file = frame.rpartition("(")[2]
    return next((place for start, place in _PLACES if file.startswith(start)), _ELSEWHERE)


async def profiles(scenario: Scenario, *, seconds: float) -> dict[str, Profile]:
    """By row of the scenario."""
    async with products(workers=scenario.workers) as product:
        stage = await staged(product, scenario, seconds=seconds, limits=[])
        profiled = Profiled(**msgspec.structs.asdict(stage), profiles={})
        await scenario.run(profiled)
    return profiled.profiles


def show(found: dict[str, Profile]) -> None:
    """A column for each row that was measured."""
    table = Table("share of the event loop's time", *found)
    places = sorted({place for one in found.values() for place in one.shares})
    largest = {place: max(one.shares.get(place, 0) for one in found.values()) for place in places}
    for place in sorted(places, key=lambda one: -largest[one]):
        table.add_row(place, *(f"{one.shares.get(place, 0):.0%}" for one in found.values()))
    table.add_section()
    table.add_row("loop thread busy", *(f"{one.busy:.0%}" for one in found.values()))
    Console(width=160).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", help="as `python -m bench --list` names them")
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for scenario in chosen(options.scenario):
            show(runner.run(profiles(scenario, seconds=options.seconds)))


if __name__ == "__main__":
    main()
