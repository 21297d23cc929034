"""`make storm`: every storm, then a table; ends with 1 if there was any offender."""

import argparse
import asyncio
import random
import sys

import asyncpg
import uvloop
from sqlalchemy.exc import SQLAlchemyError

from bench.watching import watched
from storm import house, report
from storm.storms import STORMS

_BUYERS = 20_000
_LOOK_SECONDS = 3.0
# What whoever looks meets while the database is being killed.
_GONE = (OSError, TimeoutError, SQLAlchemyError, asyncpg.PostgresError)


async def run(names: list[str], *, seed: int, small: bool, workers: int) -> list[report.Report]:
    """One house for all storms; the invariants are looked at all the time."""
    buyers = 500 if small else _BUYERS
    reports: list[report.Report] = []
    async with house.opened(buyers=buyers, workers=workers, seed=seed, small=small) as opened:
        for name in names:
            folder = opened.product.folder
            async with watched(folder, every=_LOOK_SECONDS, gone=_GONE) as seen:
                found = await STORMS[name](opened)
            found.offenders.extend(f"invariant {broken}" for broken in seen.broken)
            found.counts["sweeps"] = seen.sweeps
            reports.append(found)
            print(f"{found.name}: {found.seconds:.1f} s, {len(found.offenders)} offenders")
    return reports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(STORMS), help=f"of {', '.join(STORMS)}")
    parser.add_argument("--small", action="store_true", help="a twentieth of everything")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    options = parser.parse_args()
    names = options.only.split(",")
    if unknown := set(names) - STORMS.keys():
        parser.error(f"there is no storm {', '.join(sorted(unknown))}")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        reports = runner.run(
            run(names, seed=options.seed, small=options.small, workers=options.workers)
        )
    report.show(reports, seed=options.seed)
    sys.exit(any(one.offenders for one in reports))


if __name__ == "__main__":
    main()
