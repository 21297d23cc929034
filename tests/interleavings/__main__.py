"""`make interleavings`: every two critical transactions, in every order of their statements; then
threes, until there were enough schedules.

Two processes, each with a database, share them. What is illegal is told with its choices; `--names
"hold x redeem" --choices 01101` plays that again. `--seed` decides what is drawn by lot.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import combinations
from pathlib import Path

import uvloop

from boxoffice.gateway.logs import configure_logging
from tests.interleavings.hall import Hall, Names, check, open_hall, pairs
from tests.interleavings.legal import BETWEEN, TRIPLES
from tests.interleavings.looking import look_through_all
from tests.interleavings.moves import MOVES
from tests.interleavings.schedules import Replayed
from tests.support.databases import cloned_database
from tests.support.servers import ServersProcess, wait_for_servers

_SHARES = 2
# The last line of a share.
_COUNTS = re.compile(r"(\d+) (\d+)\n")


def main(arguments: Sequence[str]) -> int:
    """0 if every schedule ended as it may."""
    asked = _parsed(arguments)
    configure_logging(environment="production", level="critical")
    if asked.servers:
        return uvloop.run(_look(asked))
    process = ServersProcess()
    try:
        wait_for_servers(process.folder)
        asked.servers = str(process.folder)
        return uvloop.run(_replay(asked)) if asked.choices else _share_out(asked)
    finally:
        process.end()


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.interleavings")
    parser.add_argument("--most", type=int, default=120, help="schedules of each pair")
    parser.add_argument("--least", type=int, default=10_000, help="schedules: threes make it up")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(2**32)))
    parser.add_argument("--names", default="", help='only these, as "hold x scan"')
    parser.add_argument("--choices", default="", help="only this schedule of them")
    parser.add_argument("--servers", default="", help=argparse.SUPPRESS)
    parser.add_argument("--share", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _share_out(asked: argparse.Namespace) -> int:
    begun = time.monotonic()
    print(f"seed {asked.seed}", flush=True)
    shares = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.interleavings", "--servers", asked.servers),
                *("--share", str(share), "--seed", asked.seed, "--most", str(asked.most)),
                *("--names", asked.names, "--least", str(asked.least)),
            ],
            stdout=subprocess.PIPE, text=True,
        )
        for share in range(_SHARES)
    ]  # fmt: skip
    totals = [_pass_on(one) for one in shares]
    played, wrong = (sum(column) for column in zip(*totals, strict=True))
    print(f"{played} schedules, {wrong} illegal, {time.monotonic() - begun:.0f} s")
    return int(wrong > 0)


def _pass_on(share: "subprocess.Popen[str]") -> tuple[int, int]:
    """Print what it says; its last line is how many it played, and how many were illegal."""
    last = ""
    for line in share.stdout or ():
        print(last, end="", flush=True)
        last = line
    counts = _COUNTS.fullmatch(last)
    if share.wait() > 1 or counts is None:
        print(last, end="", flush=True)
        return 0, 1
    return int(counts[1]), int(counts[2])


def _all(seed: str) -> list[Names]:
    """The pairs, the threes that are worth most, and the other threes in the order of the lot."""
    others = [one for one in combinations(MOVES, 3) if one not in TRIPLES and not _between(one)]
    random.Random(seed).shuffle(others)  # noqa: S311  # no secret
    return [*pairs(), *TRIPLES, *others]


def _between(names: Names) -> bool:
    """Whether two of them may be seen half done: that is looked at in the pair."""
    return any(set(pair) <= set(names) for pair in BETWEEN)


class _Shares:
    """What the processes have taken and played, told to each other by files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._played = folder, folder / "played"
        self._played.touch()

    def take(self, asked: argparse.Namespace) -> Iterator[Names]:
        """What nobody else has taken yet, one after the other, until it is enough."""
        at_least = len(pairs()) + len(TRIPLES)
        for number, names in enumerate(_all(asked.seed)):
            if number >= at_least and (asked.names or self._count() >= asked.least):
                return
            if asked.names in {"", " x ".join(names)} and self._is_mine(number):
                yield names

    def played(self, many: int) -> None:
        with self._played.open("ab") as file:
            file.write(bytes(many))

    def _count(self) -> int:
        return self._played.stat().st_size

    def _is_mine(self, number: int) -> bool:
        try:
            (self._folder / f"taken-{number}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


async def _look(asked: argparse.Namespace) -> int:
    """One share; its last line says how many were played, and how many ended illegally."""
    shares = _Shares(Path(asked.servers))
    async with _opened(asked, f"interleavings_{asked.share}") as hall:
        looked, wrong = await look_through_all(
            hall, shares.take(asked), most=asked.most, seed=asked.seed, tell=shares.played
        )
    print(sum(one.played for one in looked), len(wrong))
    return int(bool(wrong))


async def _replay(asked: argparse.Namespace) -> int:
    names = next(one for one in _all(asked.seed) if asked.names == " x ".join(one))
    async with _opened(asked, "interleavings") as hall:
        await _play_again(hall, names, choices=asked.choices)
    return 0


@asynccontextmanager
async def _opened(asked: argparse.Namespace, name: str) -> AsyncIterator[Hall]:
    servers = wait_for_servers(Path(asked.servers))
    with tempfile.TemporaryDirectory() as data:
        async with (
            cloned_database(servers, name) as urls,
            open_hall(urls, servers.redis_url, Path(data)) as hall,
        ):
            yield hall


async def _play_again(hall: Hall, names: Names, *, choices: str) -> None:
    serial = await hall.serial_ends(names)
    met, end = await hall.play(names, Replayed(choices))
    check(names, met, end, serial)
    await hall.look()
    print(f"{met.outcomes}: {end.left}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
