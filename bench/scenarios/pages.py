"""What visitors read: the event's page, its API, its availability."""

import itertools
from collections.abc import Iterator

from bench.lines import Ask, Person
from bench.load import Request, request
from bench.results import Findings, no_faults
from bench.scenario import Scenario, Stage

_CLIENTS = 64


async def run(stage: Stage) -> Findings:
    event = stage.product.event(title="Read me", price=1500, quantity=1000)
    api = f"/api/v1/events/demo/{event['slug']}"
    paths = {
        "event_page": f"/e/demo/{event['slug']}",
        "event_api": api,
        "availability": f"{api}/availability",
    }
    found = Findings(rows=[], checks=[], goals=[])
    for name, path in paths.items():
        asked = request("GET", path, headers={"x-forwarded-for": "10.200.0.1"})
        load, row = await stage.measure(name, _readers(asked), clients=_CLIENTS)
        found.add(Findings(rows=[row], checks=[no_faults(name, load)], goals=[]))
    return found


def _readers(asked: Request) -> Iterator[Person]:
    return (_reader(asked) for _ in itertools.count())


def _reader(asked: Request) -> Person:
    yield Ask("read", asked)


SCENARIO = Scenario(name="pages", about="64 visitors read one event.", run=run, buyers=64)
