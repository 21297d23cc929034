"""L7: five hundred parties of two to eight ask at once for the best that is left of a block."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bench.buyers import ORDERS, Buyer, an_order
from bench.halls import Hall, free_seats, open_hall
from bench.lines import Ask, Person
from bench.results import Check, Findings, Goal, no_faults
from bench.scenario import Scenario, Stage, figures

_NAME = "best_available"
_PARTIES, _ROWS, _SEATS = 500, 27, 50
# A seat: its row, and its number there.
Place = tuple[str, int]


async def run(stage: Stage) -> Findings:
    hall = open_hall(stage.product, title="Best available", rows=_ROWS, seats=_SEATS)
    groups: list[list[Place]] = []
    dice = random.Random(7)  # noqa: S311  # not a secret
    sizes = [dice.randint(2, 8) for _ in range(_PARTIES)]
    people = _parties(hall, stage.crowd(), sizes, groups)
    load, row = await stage.measure(_NAME, people, clients=_PARTIES, seconds=0)
    free = free_seats((await _availability(stage, hall)).encode())
    row.figures = figures(
        parties=len(sizes), seated=len(groups), seats=hall.count,
        seats_sold=sum(map(len, groups)), single_seats_left=singles(free.places, per_row=_SEATS),
    )  # fmt: skip
    return Findings(
        rows=[row],
        checks=[*group_checks(groups), no_faults(_NAME, load)],
        goals=[Goal(what="best available for 500 parties at once, p95", found=row.p95_ms, unit="ms",
                    at_most=800.0)],
    )  # fmt: skip


def _parties(
    hall: Hall, buyers: Iterator[Buyer], sizes: Iterable[int], groups: list[list[Place]]
) -> Iterator[Person]:
    for buyer, size in zip(buyers, sizes, strict=False):
        yield _party(buyer, an_order(hall.event, quantity=size, best_available={}), groups)


def _party(buyer: Buyer, body: bytes, groups: list[list[Place]]) -> Person:
    answer = yield Ask("hold", buyer.post(ORDERS, body))
    if answer.status == 201:
        seats = [one["seat"] for one in json.loads(answer.body)["positions"]]
        groups.append(sorted((seat["row"], int(seat["number"])) for seat in seats))


async def _availability(stage: Stage, hall: Hall) -> str:
    return json.dumps(stage.product.call("GET", hall.seats_path))


def group_checks(groups: Iterable[list[Place]]) -> list[Check]:
    """Whether every group sits side by side, on seats that nobody else has."""
    groups = list(groups)
    places = [place for group in groups for place in group]
    return [
        Check(what=f"{_NAME}: parties that sit apart", found=sum(map(is_apart, groups)), wanted=0),
        Check(what=f"{_NAME}: seats given twice", found=len(places) - len(set(places)), wanted=0),
    ]


def is_apart(group: list[Place]) -> bool:
    """Not all in one row, or not one beside the other."""
    rows, numbers = {row for row, _ in group}, sorted(number for _, number in group)
    first = numbers[0]
    return len(rows) > 1 or numbers != list(range(first, first + len(numbers)))


def singles(free: Iterable[int], *, per_row: int) -> int:
    """How many free seats have no free neighbour, by their places in the drawing's order."""
    rows: dict[int, set[int]] = defaultdict(set)
    for place in free:
        rows[place // per_row].add(place)
    return sum(not {place - 1, place + 1} & row for row in rows.values() for place in row)


SCENARIO = Scenario(
    name=_NAME,
    about="500 parties of 2 to 8 ask at once for the best of a block of 1,350 seats.",
    run=run,
)
