"""`make interleavings`: every two critical transactions, in every order of their statements.

Two processes share the pairs. What is illegal is told with its choices; `--names "hold x redeem"
--choices 01101` plays that again. `--seed` decides what is drawn by lot.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from boxoffice.gateway.logs import configure_logging
from tests.interleavings.hall import Hall, Names, check, open_hall, pairs
from tests.interleavings.legal import TRIPLES
from tests.interleavings.looking import look_through_all
from tests.interleavings.schedules import Replayed
from tests.support.databases import cloned_database
from tests.support.servers import ServersProcess, wait_for_servers

_SHARES = 2


def main(arguments: Sequence[str]) -> int:
    """0 if every schedule ended as it may."""
    asked = _parsed(arguments)
    configure_logging(environment="production", level="critical")
    if asked.servers:
        return asyncio.run(_look(asked))
    process = ServersProcess()
    try:
        wait_for_servers(process.folder)
        asked.servers = str(process.folder)
        return asyncio.run(_replay(asked)) if asked.choices else _share_out(asked)
    finally:
        process.end()


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.interleavings")
    parser.add_argument("--most", type=int, default=80, help="schedules of each pair")
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
                *("--names", asked.names),
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
    if share.wait() > 1 or not last:
        return 0, 1
    played, wrong = last.split()
    return int(played), int(wrong)


def _chosen(asked: argparse.Namespace) -> list[Names]:
    every = [*pairs(), *TRIPLES]
    return [one for one in every if asked.names in {"", " x ".join(one)}]


async def _look(asked: argparse.Namespace) -> int:
    """One share; its last line says how many were played, and how many ended illegally."""
    servers = wait_for_servers(Path(asked.servers))
    with tempfile.TemporaryDirectory() as data:
        async with (
            cloned_database(servers, f"interleavings_{asked.share}") as urls,
            open_hall(urls, servers.redis_url, Path(data)) as hall,
        ):
            mine = _chosen(asked)[asked.share :: _SHARES]
            looked, wrong = await look_through_all(hall, mine, most=asked.most, seed=asked.seed)
    print(sum(one.played for one in looked), len(wrong))
    return int(bool(wrong))


async def _replay(asked: argparse.Namespace) -> int:
    servers = wait_for_servers(Path(asked.servers))
    with tempfile.TemporaryDirectory() as data:
        async with (
            cloned_database(servers, "interleavings") as urls,
            open_hall(urls, servers.redis_url, Path(data)) as hall,
        ):
            await _play_again(hall, *_chosen(asked), choices=asked.choices)
    return 0


async def _play_again(hall: Hall, names: Names, *, choices: str) -> None:
    serial = await hall.serial_ends(names)
    met, end = await hall.play(names, Replayed(choices))
    check(names, met, end, serial)
    await hall.look()
    print(f"{met.outcomes}: {end.left}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
