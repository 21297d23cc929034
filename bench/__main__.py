"""`make bench`: the scenarios and the database's limit, measured in one run; prints a table.

Ends with 1 if a promise was broken (oversold, a fault, an invariant); a goal that is missed is only
said. A run of all scenarios is kept in `bench/results/latest.json`.
"""

import argparse
import asyncio
import sys
from pathlib import Path

import msgspec
import uvloop

from bench.results import LATEST, Results
from bench.run import run
from bench.scenario import Scenario
from bench.scenarios import SCENARIOS
from bench.table import show


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    parser.add_argument("--only", default="", help="names of scenarios, with commas between")
    parser.add_argument("--output", type=Path, help="where to keep the results as JSON")
    parser.add_argument("--list", action="store_true", help="only name the scenarios")
    options = parser.parse_args()
    if options.list:
        for scenario in SCENARIOS:
            print(f"{scenario.name:<16}{scenario.about}")
        return 0
    scenarios = chosen(options.only)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        results = runner.run(run(scenarios, seconds=options.seconds))
    path = options.output or (LATEST if len(scenarios) == len(SCENARIOS) else None)
    if path is not None:
        _keep(results, path)
    show(results)
    return int(bool(results.broken))


def chosen(names: str) -> list[Scenario]:
    """The scenarios that are named, all if none is; SystemExit for a name that none has."""
    wanted = [name for name in names.split(",") if name]
    known = {scenario.name for scenario in SCENARIOS}
    if unknown := set(wanted) - known:
        sys.exit(f"No scenario is called {', '.join(sorted(unknown))}; see --list.")
    return [one for one in SCENARIOS if not wanted or one.name in wanted]


def _keep(results: Results, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=2))


if __name__ == "__main__":
    sys.exit(main())
