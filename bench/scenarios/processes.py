"""The hot quota again, with two server processes."""

from bench.results import Findings
from bench.scenario import Scenario, Stage
from bench.scenarios.hot_quota import bought


async def run(stage: Stage) -> Findings:
    found = Findings(rows=[], checks=[], goals=[])
    for clients in (64, 512):
        more = await bought(stage, "hot_quota_two_processes", clients)
        found.add(Findings(rows=more.rows, checks=more.checks, goals=[]))
    return found


SCENARIO = Scenario(
    name="processes",
    about="The hot quota with two server processes that write the same row.",
    run=run,
    workers=2,
    kinds=("hot",),
)
