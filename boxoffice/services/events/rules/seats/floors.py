"""A plan as compact arrays, made to be searched: seats are indexes from 0, in the plan's order.

A floor is built once per version and shared by all decisions; what is taken lives elsewhere.
Besides its index a seat has an *ordinal*, which it keeps through all versions of its map.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import median

import msgspec

from boxoffice.services.events.rules.seats.plans import Plan, Point, Row, Zone

ACCESSIBLE, COMPANION = 1, 2
# Two seats further apart than so many usual steps of their row have an aisle between them.
_AISLE = 1.6
# Being to the side counts beside being far, so that in a curved row the middle is best.
_SIDE_WEIGHT = 0.5
_MOST_ORDERS = 64


class FloorRow(msgspec.Struct, frozen=True, kw_only=True):
    """Seats `start` to `end` (exclusive) of one row or table."""

    section: str
    label: str
    is_table: bool
    start: int
    end: int


Group = frozenset[int]


class Floor(msgspec.Struct, kw_only=True):
    """`joined[i]` is 1 where nothing lies between seat i and seat i - 1; `cost[i]` is how far it is
    from there to the focus, and to the side; `category[i]` counts in `categories`.
    """

    categories: tuple[str, ...]
    rows: tuple[FloorRow, ...]
    numbers: tuple[str, ...]
    ordinals: array[int]
    category: array[int]
    flags: bytes
    joined: bytes
    x: array[float]
    y: array[float]
    cost: array[float]
    row_of: array[int]
    index_of: Mapping[int, int]
    eligible: dict[Group, bytes] = {}
    orders: dict[tuple[Group, int], array[int]] = {}

    @property
    def count(self) -> int:
        return len(self.numbers)

    def row(self, seat: int) -> FloorRow:
        """The row that the seat is in."""
        return self.rows[self.row_of[seat]]

    def group(self, names: Sequence[str]) -> Group:
        """The categories with these names; those that nobody knows are left out."""
        return frozenset(i for i, name in enumerate(self.categories) if name in names)

    def ordinary(self, group: Group) -> bytes:
        """1 for each seat of the group that is for everybody."""
        if group not in self.eligible:
            self.eligible[group] = bytes(
                category in group and not flag
                for category, flag in zip(self.category, self.flags, strict=True)
            )
        return self.eligible[group]

    def blocks(self, group: Group, size: int) -> array[int]:
        """First seats of all blocks of `size` ordinary seats side by side, the best block first."""
        key = (group, size)
        if key not in self.orders:
            while len(self.orders) >= _MOST_ORDERS:
                self.orders.pop(next(iter(self.orders)))
            self.orders[key] = _ordered(self, self.ordinary(group), size)
        return self.orders[key]


def ordinals_of(
    guids: Sequence[str], known: Mapping[str, int], next_ordinal: int
) -> tuple[list[int], int]:
    """Ordinals for these seats: those they had, or the next free ones; and the next after them."""
    ordinals: list[int] = []
    for guid in guids:
        if guid in known:
            ordinals.append(known[guid])
        else:
            ordinals.append(next_ordinal)
            next_ordinal += 1
    return ordinals, next_ordinal


def floor_of(plan: Plan, ordinals: Sequence[int]) -> Floor:
    """The plan's floor; `ordinals` are those of its seats in their order."""
    rows, seats = _rows(plan), plan.seats()
    x, y = _places(plan)
    names = tuple(category.name for category in plan.categories)
    number = {name: index for index, name in enumerate(names)}
    return Floor(
        categories=names,
        rows=tuple(rows),
        numbers=tuple(seat.seat_number for seat in seats),
        ordinals=array("I", ordinals),
        category=array("H", [number[seat.category] for seat in seats]),
        flags=bytes(
            (ACCESSIBLE if seat.accessible else 0) | (COMPANION if seat.companion else 0)
            for seat in seats
        ),
        joined=_joined(rows, x, y),
        x=x,
        y=y,
        cost=_costs(plan, x, y),
        row_of=array("I", [i for i, row in enumerate(rows) for _ in range(row.start, row.end)]),
        index_of={ordinal: index for index, ordinal in enumerate(ordinals)},
    )


def _rows(plan: Plan) -> list[FloorRow]:
    rows: list[FloorRow] = []
    start = 0
    for zone in plan.zones:
        for row in zone.rows:
            end = start + len(row.seats)
            rows.append(
                FloorRow(
                    section=zone.name or "",
                    label=row.row_number,
                    is_table=row.kind == "table",
                    start=start,
                    end=end,
                )
            )
            start = end
    return rows


def _places(plan: Plan) -> tuple[array[float], array[float]]:
    x, y = array("d"), array("d")
    for zone in plan.zones:
        for row in zone.rows:
            origin = _origin(zone, row)
            x.extend(origin.x + seat.position.x for seat in row.seats)
            y.extend(origin.y + seat.position.y for seat in row.seats)
    return x, y


def _origin(zone: Zone, row: Row) -> Point:
    place = row.position or Point(x=0, y=0)
    return Point(x=zone.position.x + place.x, y=zone.position.y + place.y)


def _joined(rows: Sequence[FloorRow], x: array[float], y: array[float]) -> bytes:
    joined = bytearray(len(x))
    for row in rows:
        steps = [
            math.hypot(x[seat] - x[seat - 1], y[seat] - y[seat - 1])
            for seat in range(row.start + 1, row.end)
        ]
        widest = math.inf if row.is_table or not steps else _AISLE * median(steps)
        for seat, step in enumerate(steps, start=row.start + 1):
            joined[seat] = step <= widest
    return bytes(joined)


def _costs(plan: Plan, x: array[float], y: array[float]) -> array[float]:
    if not x:
        return array("d")
    focus = plan.focus or Point(x=(min(x) + max(x)) / 2, y=min(y))
    return array(
        "d",
        [
            math.hypot(at_x - focus.x, at_y - focus.y) + _SIDE_WEIGHT * abs(at_x - focus.x)
            for at_x, at_y in zip(x, y, strict=True)
        ],
    )


def runs(joined: bytes, usable: bytes | bytearray) -> list[tuple[int, int]]:
    """Stretches (start, end exclusive) of usable seats side by side."""
    found: list[tuple[int, int]] = []
    start = None
    for seat, usual in enumerate(usable):
        if start is not None and not (usual and joined[seat]):
            found.append((start, seat))
            start = None
        if usual and start is None:
            start = seat
    if start is not None:
        found.append((start, len(usable)))
    return found


def _ordered(floor: Floor, usable: bytes, size: int) -> array[int]:
    firsts: list[int] = []
    before = [0.0, *accumulate(floor.cost)]
    for start, end in runs(floor.joined, usable):
        firsts += range(start, end - size + 1)
    # Rounded, so that equally good blocks come in the plan's order.
    totals = [round(before[first + size] - before[first], 4) for first in firsts]
    best = sorted(range(len(firsts)), key=totals.__getitem__)
    return array("I", [firsts[place] for place in best])
