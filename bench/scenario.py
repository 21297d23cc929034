"""How a scenario is declared, and the stage that it finds.

A scenario is a file in `bench/scenarios` with one `SCENARIO`. Its `run` sets up what it needs on
the stage, drives the load with people (`bench.people`), and gives its findings. Each has a product
of its own, freshly installed, so that none is measured amid what another has left behind.
"""

import time
from collections.abc import Awaitable, Callable, Iterator

import msgspec

from bench.buyers import Buyer, gather_buyers, in_turn
from bench.lines import Person
from bench.load import Load
from bench.people import play
from bench.processes import Cost, costs
from bench.product import Product
from bench.results import Findings, Row, row_of

GENERATOR = "generator"


class Stage(msgspec.Struct, kw_only=True):
    """A running product, a crowd that has opened its shop once, and how long to measure."""

    product: Product
    buyers: list[Buyer]
    seconds: float
    limits: list[Row]

    @property
    def port(self) -> int:
        return self.product.port

    def crowd(self) -> Iterator[Buyer]:
        """All buyers in turn, without end."""
        return in_turn(self.buyers)

    async def measure(
        self, name: str, people: Iterator[Person], *, clients: int, seconds: float | None = None
    ) -> tuple[Load, Row]:
        """Let so many people at a time play for the usual seconds (or as told; 0: until all are
        through), and what it cost.
        """
        wanted = self.seconds if seconds is None else seconds
        before = self.costs()
        load = await play(self.port, people, clients=clients, seconds=wanted or None)
        return load, self.priced(row_of(name, load, clients=clients), before)

    def costs(self) -> dict[str, Cost]:
        """Of the product by part, and of this process."""
        own = Cost(cpu=time.process_time(), pss_mb=0.0)
        return costs(self.product.process.pid) | {GENERATOR: own}

    def priced(self, row: Row, before: dict[str, Cost]) -> Row:
        """The row with what the product's processes and the generator have spent since."""
        after = self.costs()
        row.cpu = {
            part: round(cost.cpu - (before[part].cpu if part in before else 0.0), 2)
            for part, cost in after.items()
        }
        row.rss_mb = round(sum(cost.pss_mb for part, cost in after.items() if part != GENERATOR), 1)
        return row


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """`about` says in a sentence what happens; `buyers` how many visitors there are; `workers` how
    many server processes; `watched` whether the invariants are looked at also meanwhile (they are
    at the end in any case); `kinds` which of pgbench's rows are its limit.
    """

    name: str
    about: str
    run: Callable[[Stage], Awaitable[Findings]]
    buyers: int = 2_048
    workers: int = 1
    watched: bool = True
    kinds: tuple[str, ...] = ()


async def staged(
    product: Product, scenario: Scenario, *, seconds: float, limits: list[Row]
) -> Stage:
    """The stage of a scenario on a product that runs."""
    buyers = await gather_buyers(product.port, count=scenario.buyers)
    return Stage(product=product, buyers=buyers, seconds=seconds, limits=limits)


def clock() -> Callable[[], float]:
    """Seconds since now."""
    begun = time.perf_counter()
    return lambda: time.perf_counter() - begun


def figures(**named: float) -> dict[str, float]:
    """Rounded as they are shown."""
    return {name: round(value, 2) for name, value in named.items()}
