"""A floor as a small document that a browser draws: tenths of the plan's units, step by step."""

from collections.abc import Sequence
from typing import Any

import msgspec

from boxoffice.services.events.rules.seats.floors import Floor, FloorRow
from boxoffice.services.events.rules.seats.plans import Area, Plan


class RowDrawing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row or table. `x` and `y` begin with the first seat's place, then tell each step to the
    next. `first` is the ordinal of its first seat; `ordinals` are told where they do not simply
    count on. `number` is the first seat's number where the others follow by `step`. `category` is
    that of all its seats, or `categories` are told one by one. `accessible` and `companions` are
    places in the row, from 0.
    """

    label: str
    x: list[int]
    y: list[int]
    first: int
    is_table: bool = False
    ordinals: list[int] | None = None
    number: int | None = None
    step: int = 1
    numbers: list[str] | None = None
    category: int | None = None
    categories: list[int] | None = None
    accessible: list[int] = []
    companions: list[int] = []


class SectionDrawing(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    rows: list[RowDrawing]


class AreaDrawing(msgspec.Struct, frozen=True, kw_only=True):
    """An area at its place in the hall; the rest as in the plan."""

    x: float
    y: float
    area: dict[str, Any]


class CategoryDrawing(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    color: str | None
    standing: int


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to draw a seat map; what is free is told elsewhere."""

    name: str
    seats: int
    width: float
    height: float
    left: float
    top: float
    categories: list[CategoryDrawing]
    sections: list[SectionDrawing]
    areas: list[AreaDrawing]


def draw(plan: Plan, floor: Floor) -> Drawing:
    """The plan and its floor as one document."""
    sections: list[SectionDrawing] = []
    row = 0
    for zone in plan.zones:
        drawn = [_row(floor, floor.rows[row + n]) for n in range(len(zone.rows))]
        row += len(zone.rows)
        if drawn:
            sections.append(SectionDrawing(name=zone.name or "", rows=drawn))
    left, top, width, height = _bounds(plan, floor)
    return Drawing(
        name=plan.name,
        seats=floor.count,
        width=width,
        height=height,
        left=left,
        top=top,
        categories=_categories(plan),
        sections=sections,
        areas=[
            AreaDrawing(
                x=zone.position.x + area.position.x,
                y=zone.position.y + area.position.y,
                area=msgspec.to_builtins(area),
            )
            for zone in plan.zones
            for area in zone.areas or ()
        ],
    )


def _categories(plan: Plan) -> list[CategoryDrawing]:
    standing = plan.standing()
    return [
        CategoryDrawing(
            name=category.name,
            color=category.color,
            standing=sum(one.capacity for one in standing if one.category == category.name),
        )
        for category in plan.categories
    ]


def _bounds(plan: Plan, floor: Floor) -> tuple[float, float, float, float]:
    xs, ys = [*floor.x], [*floor.y]
    for zone in plan.zones:
        for area in zone.areas or ():
            width, height = _extent(area)
            xs += [zone.position.x + area.position.x, zone.position.x + area.position.x + width]
            ys += [zone.position.y + area.position.y, zone.position.y + area.position.y + height]
    margin = 20
    left, top = min(xs, default=0) - margin, min(ys, default=0) - margin
    right, bottom = max(xs, default=0) + margin, max(ys, default=0) + margin
    return left, top, right - left, bottom - top


def _extent(area: Area) -> tuple[float, float]:
    if area.rectangle is not None:
        return area.rectangle.width, area.rectangle.height
    if area.circle is not None:
        return area.circle.radius, area.circle.radius
    if area.ellipse is not None:
        return area.ellipse.radius.x, area.ellipse.radius.y
    if area.polygon is not None:
        points = area.polygon.points
        return max((p.x for p in points), default=0), max((p.y for p in points), default=0)
    return area.width or 0, area.height or 0


def _row(floor: Floor, row: FloorRow) -> RowDrawing:
    seats = range(row.start, row.end)
    ordinals = [floor.ordinals[seat] for seat in seats]
    categories = [floor.category[seat] for seat in seats]
    numbers = [floor.numbers[seat] for seat in seats]
    counted = _counted(numbers)
    first = ordinals[0] if ordinals else 0
    return RowDrawing(
        label=row.label,
        is_table=row.is_table,
        x=_steps([round(floor.x[seat] * 10) for seat in seats]),
        y=_steps([round(floor.y[seat] * 10) for seat in seats]),
        first=first,
        ordinals=None if ordinals == [*range(first, first + len(ordinals))] else ordinals,
        number=counted[0] if counted else None,
        step=counted[1] if counted else 1,
        numbers=None if counted else numbers,
        category=categories[0] if len(set(categories)) == 1 else None,
        categories=categories if len(set(categories)) > 1 else None,
        accessible=[place for place, seat in enumerate(seats) if floor.flags[seat] & 1],
        companions=[place for place, seat in enumerate(seats) if floor.flags[seat] & 2],
    )


def _steps(values: Sequence[int]) -> list[int]:
    return [value - before for before, value in zip([0, *values], values, strict=False)]


def _counted(numbers: Sequence[str]) -> tuple[int, int] | None:
    """(first, step) if the numbers simply count."""
    if not numbers or not all(n.isascii() and n.isdigit() and str(int(n)) == n for n in numbers):
        return None
    values = [int(number) for number in numbers]
    step = values[1] - values[0] if len(values) > 1 else 1
    return (
        (values[0], step) if values == [values[0] + step * i for i in range(len(values))] else None
    )
