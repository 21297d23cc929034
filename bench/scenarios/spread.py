"""Purchases over a thousand events, the n-th n times rarer than the first."""

import json
import random
from collections.abc import Iterator
from typing import Any

from bench import limit
from bench.buyers import ORDERS, Buyer, an_order
from bench.lines import Ask, Person
from bench.load import request
from bench.people import play
from bench.product import HOUSE, event_body
from bench.results import Check, Findings, no_faults
from bench.scenario import Scenario, Stage, figures

_NAME, _EVENTS, _CLIENTS = "spread", 1_000, 64
_CLAIMED = """
SELECT coalesce(sum(q.claimed), 0)::int AS claimed FROM events.quotas q
JOIN events.events e ON e.organizer_id = q.organizer_id AND e.id = q.event_id
WHERE e.title LIKE 'Spread %'
"""


async def run(stage: Stage) -> Findings:
    events = await _events(stage)
    load, row = await stage.measure(_NAME, _buyers(stage.crowd(), events), clients=_CLIENTS)
    row.figures = figures(
        events=len(events),
        times_pgbench=row.per_s / (limit.at(stage.limits, "spread", _CLIENTS) or 1.0),
        times_pgbench_best=row.per_s / (limit.best(stage.limits, "spread") or 1.0),
    )
    claimed = (await stage.product.fetch(_CLAIMED))[0]["claimed"]
    taken = Check(what=f"{_NAME}: units taken", found=claimed, wanted=load.count(None, "201"))
    return Findings(rows=[row], checks=[taken, no_faults(_NAME, load)], goals=[])


async def _events(stage: Stage) -> list[dict[str, Any]]:
    """Made and published by the organizer, a few at a time."""
    made: list[dict[str, Any]] = []
    headers = {"authorization": f"Bearer {stage.product.token}"}

    def maker(number: int) -> Person:
        body = json.dumps(event_body(f"Spread {number}", 0, 100_000)).encode()
        answer = yield Ask("make", request("POST", f"{HOUSE}/events", headers=headers, body=body))
        event = json.loads(answer.body)
        path = f"{HOUSE}/events/{event['id']}/publish"
        yield Ask("publish", request("POST", path, headers=headers, body=b"{}"))
        made.append(event)

    await play(stage.port, (maker(number) for number in range(_EVENTS)), clients=8)
    return made


def _buyers(buyers: Iterator[Buyer], events: list[dict[str, Any]]) -> Iterator[Person]:
    bodies = [an_order(event) for event in events]
    weights = [1 / rank for rank in range(1, len(bodies) + 1)]
    dice = random.Random(5)  # noqa: S311  # not a secret
    while True:
        for body in dice.choices(bodies, weights, k=1_000):
            yield _buyer(next(buyers), body)


def _buyer(buyer: Buyer, body: bytes) -> Person:
    yield Ask("purchase", buyer.post(ORDERS, body))


SCENARIO = Scenario(
    name=_NAME,
    about="64 buyers take free tickets of 1,000 events of one organizer, by Zipf's law.",
    run=run,
    kinds=("spread",),
)
