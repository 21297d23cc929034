"""The units of a want: lines that ask for the very same count together."""

from collections import Counter
from collections.abc import Sequence

from msgspec import structs

from boxoffice.services.events.rules.shelf import WantedLine


def summed(lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines with equal ones as one, but for those that choose seats."""
    together: dict[WantedLine | int, WantedLine] = {}
    for number, line in enumerate(lines):
        key = _key(number, line)
        before = together[key].quantity if key in together else 0
        together[key] = structs.replace(line, quantity=before + line.quantity)
    return list(together.values())


def unit_numbers(lines: Sequence[WantedLine]) -> list[int]:
    """For each unit in the order it was asked for, its place (from 1) once the lines are summed.

    Lines with parents are not: each unit has the place that it was asked for.
    """
    if any(line.parent is not None for line in lines):
        return list(range(1, sum(line.quantity for line in lines) + 1))
    keys = [_key(number, line) for number, line in enumerate(lines) for _ in range(line.quantity)]
    free: dict[WantedLine | int, int] = {}
    place = 1
    for key, units in Counter(keys).items():
        free[key] = place
        place += units
    numbers: list[int] = []
    for key in keys:
        numbers.append(free[key])
        free[key] += 1
    return numbers


def _key(number: int, line: WantedLine) -> WantedLine | int:
    return number if line.seats or line.best else structs.replace(line, quantity=1)
