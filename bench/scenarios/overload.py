"""L10: ten times as many buyers a second as can be served, and whether those who can are."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from bench.buyers import Buyer, an_order, purchases
from bench.lines import Ask, Person
from bench.load import Load
from bench.people import Flow, arrive, play
from bench.results import Check, Findings, Goal, Row, no_faults, row_of
from bench.scenario import Scenario, Stage, figures
from bench.steps import by_card

_NAME, _CLIENTS, _TIMES, _CONNECTIONS = "overload", 64, 10, 2_000
_REFUSED_P99_MS, _GOODPUT, _RECOVERY_SECONDS = 50.0, 0.9, 10.0
_STEP, _STEPS = 0.5, 40
Buying = Callable[[Iterator[Buyer], bytes], Iterator[Person]]


class _Kind(msgspec.Struct, frozen=True, kw_only=True):
    """`first` is what every buyer asks; a purchase is complete once `done` gives `status`."""

    name: str
    price: int
    buying: Buying
    first: str
    done: str
    status: int


_KINDS = (
    _Kind(
        name="overload_free",
        price=0,
        buying=purchases,
        first="purchase",
        done="purchase",
        status=201,
    ),
    _Kind(name="overload_paid", price=2_500, buying=by_card, first="hold", done="pay", status=200),
)


class _Sale(msgspec.Struct, kw_only=True):
    """One event on sale, and everything that was answered about it."""

    stage: Stage
    kind: _Kind
    event: dict[str, Any]
    loads: list[Load] = []

    def people(self) -> Iterator[Person]:
        return self.kind.buying(self.stage.crowd(), an_order(self.event))

    def done(self, load: Load) -> int:
        return load.count(self.kind.done, str(self.kind.status))


async def run(stage: Stage) -> Findings:
    found = Findings(rows=[], checks=[], goals=[])
    for kind in _KINDS:
        event = stage.product.event(title=kind.name, price=kind.price)
        found.add(await _overload(_Sale(stage=stage, kind=kind, event=event, loads=[])))
    return found


async def _overload(sale: _Sale) -> Findings:
    stage, kind = sale.stage, sale.kind
    calm, calm_row = await stage.measure(f"{kind.name}_before", sale.people(), clients=_CLIENTS)
    usual = sale.done(calm) / calm.seconds
    before, ends, begun = stage.costs(), list[float](), time.perf_counter()
    flow = Flow(
        per_second=_TIMES * usual, seconds=stage.seconds, connections=_CONNECTIONS,
        patience=_RECOVERY_SECONDS, from_due=False,
    )  # fmt: skip
    people = (_timed(person, kind, ends) for person in sale.people())
    storm = await arrive(stage.port, people, flow)
    row = stage.priced(row_of(kind.name, storm, clients=_CONNECTIONS, label=kind.done), before)
    after = await _recovered(sale, usual, since=begun + storm.seconds)
    good = sum(end < begun + storm.seconds for end in ends) / storm.seconds
    row.figures = figures(
        usual_per_s=usual, wanted_per_s=_TIMES * usual,
        asked_per_s=storm.count(kind.first) / storm.seconds, good_per_s=good,
        goodput=good / usual if usual else 0.0,
        busy_p99_ms=storm.percentile_ms(0.99, None, ("busy",)), recovery_s=after,
    )  # fmt: skip
    sale.loads += [calm, storm]
    return Findings(
        rows=[calm_row, row],
        checks=[no_faults(kind.name, storm), await _nothing_else_taken(sale)],
        goals=_goals(kind, row),
    )


def _timed(person: Person, kind: _Kind, ends: list[float]) -> Person:
    """The person, noting when what it came for is done."""
    wish = next(person)
    while True:
        answer = yield wish
        if isinstance(wish, Ask) and (wish.label, answer.status) == (kind.done, kind.status):
            ends.append(time.perf_counter())
        try:
            wish = person.send(answer)
        except StopIteration:
            return


async def _recovered(sale: _Sale, usual: float, *, since: float) -> float:
    """Seconds since then until nine tenths of the usual rate are reached again."""
    for _ in range(_STEPS):
        now = time.perf_counter()
        load = await play(sale.stage.port, sale.people(), clients=_CLIENTS, seconds=_STEP)
        sale.loads.append(load)
        if sale.done(load) / load.seconds >= _GOODPUT * usual:
            return now - since
    return time.perf_counter() - since


async def _nothing_else_taken(sale: _Sale) -> Check:
    """Units are taken for what was answered with 201, and at most for what was not answered."""
    first = sale.kind.first
    known = sum(load.count(first, "201") for load in sale.loads)
    unknown = sum(load.count(first, "lost", "unanswered") for load in sale.loads)
    taken = await sale.stage.product.claimed(sale.event["id"])
    return Check(
        what=f"{sale.kind.name}: units taken are those of buyers who were told so",
        found=known <= taken <= known + unknown, wanted=True,
    )  # fmt: skip


def _goals(kind: _Kind, row: Row) -> list[Goal]:
    told = row.figures
    return [
        Goal(what=f"{kind.name}: goodput, of that before", found=told["goodput"], unit="times",
             at_least=_GOODPUT),
        Goal(what=f"{kind.name}: p99 of 429 busy", found=told["busy_p99_ms"], unit="ms",
             at_most=_REFUSED_P99_MS),
        Goal(what=f"{kind.name}: recovered after", found=told["recovery_s"], unit="s",
             at_most=_RECOVERY_SECONDS),
    ]  # fmt: skip


SCENARIO = Scenario(
    name=_NAME,
    about="Buyers come at ten times the rate that 64 of them reach, over 2,000 connections.",
    run=run,
)
