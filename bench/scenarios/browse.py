"""L9: ten times as many people look, from one second to the next, while others buy."""

import asyncio
import itertools
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from bench.buyers import Buyer, an_order, purchases
from bench.lines import Ask, Person
from bench.load import Load
from bench.people import Flow, arrive
from bench.results import Check, Findings, Goal, Row, no_faults, row_of
from bench.scenario import Scenario, Stage, figures

_NAME = "browse_spike"
_BUYING, _LOOKING, _POLLING = 100.0, 30.0, 300.0


class Looked(msgspec.Struct, kw_only=True):
    """What visitors know: the newest ETag of each address, and the oldest availability told."""

    etags: dict[str, bytes] = {}
    oldest: float = 0.0

    def saw(self, body: bytes) -> None:
        as_of = datetime.fromisoformat(json.loads(body)["as_of"])
        self.oldest = max(self.oldest, (datetime.now(UTC) - as_of).total_seconds())


async def run(stage: Stage) -> Findings:
    event = stage.product.event(title="Browse spike")
    looked = Looked(etags={})
    calm = await _phase(stage, event, looked, times=1)
    spike = await _phase(stage, event, looked, times=10)
    rows = [row for name, loads in (("before", calm), ("spike", spike))
            for row in _rows(f"{_NAME}_{name}", loads)]  # fmt: skip
    before, after = rows[0].p95_ms, rows[3].p95_ms
    rows[3].figures = figures(p95_before_ms=before, oldest_availability_s=looked.oldest)
    polled = spike[2]
    return Findings(
        rows=rows,
        checks=[
            *(no_faults(_NAME, load) for load in (*calm, *spike)),
            Check(what=f"{_NAME}: somebody polled and was told that nothing is new",
                  found=polled.count("poll", "304") > 0, wanted=True),
        ],
        goals=[
            Goal(what="oldest availability shown", found=round(looked.oldest, 2), unit="s",
                 at_most=2.0),
            Goal(what="checkout p95 in the spike, of that before",
                 found=round(after / before, 2) if before else 0.0, unit="times", at_most=1.2),
        ],
    )  # fmt: skip


async def _phase(
    stage: Stage, event: dict[str, object], looked: Looked, *, times: int
) -> tuple[Load, Load, Load]:
    """Buyers at one rate; people who look and people who poll at `times` theirs."""
    slug = str(event["slug"])
    port, seconds = stage.port, stage.seconds

    def at(people: Iterator[Person], rate: float, connections: int) -> asyncio.Task[Load]:
        flow = Flow(per_second=rate, seconds=seconds, connections=connections)
        return asyncio.create_task(arrive(port, people, flow))

    buying = at(purchases(stage.crowd(), an_order(event)), _BUYING, 32)
    looking = at(_lookers(stage.crowd(), slug, looked), _LOOKING * times, 64)
    polling = at(_pollers(stage.crowd(), slug, looked), _POLLING * times, 128)
    return await buying, await looking, await polling


def _lookers(buyers: Iterator[Buyer], slug: str, looked: Looked) -> Iterator[Person]:
    """A search, the event's page, its API, its availability: nothing known from before."""
    dice = random.Random(9)  # noqa: S311  # not a secret
    api = f"/api/v1/events/demo/{slug}"
    for buyer in buyers:
        word = dice.choice(("browse", "concert", "python", "hall", "berlin")) + dice.choice(
            "abcdef"
        )
        paths = (f"/api/v1/events?q={word}", f"/e/demo/{slug}", api, f"{api}/availability")
        yield _looker(buyer, dice.choice(paths), looked)


def _looker(buyer: Buyer, path: str, looked: Looked) -> Person:
    answer = yield Ask("look", buyer.get(path))
    if answer.status == 200 and path.endswith("/availability"):
        looked.saw(answer.body)


def _pollers(buyers: Iterator[Buyer], slug: str, looked: Looked) -> Iterator[Person]:
    """The availability and the page again and again, each with the ETag last seen."""
    paths = itertools.cycle((f"/api/v1/events/demo/{slug}/availability", f"/e/demo/{slug}"))
    for buyer, path in zip(buyers, paths, strict=False):
        yield _poller(buyer, path, looked)


def _poller(buyer: Buyer, path: str, looked: Looked) -> Person:
    answer = yield Ask("poll", buyer.get(path, etag=looked.etags.get(path)))
    if answer.status == 200:
        etag = answer.header(b"etag")
        if etag is not None:
            looked.etags[path] = etag
        if path.endswith("/availability"):
            looked.saw(answer.body)


def _rows(name: str, loads: tuple[Load, Load, Load]) -> list[Row]:
    parts = ("checkout", "look", "poll")
    return [row_of(f"{name}_{part}", load) for part, load in zip(parts, loads, strict=True)]


SCENARIO = Scenario(
    name=_NAME,
    about="While 100 a second buy, visitors grow tenfold at once: 300 look, 3,000 poll.",
    run=run,
)
