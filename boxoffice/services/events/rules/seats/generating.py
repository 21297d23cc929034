"""Sections of straight or curved rows out of a few numbers.

Lengths are in the plan's units; the usual seat is `PITCH` wide and a row `DEPTH` deep. Row 1 is the
front; its y is the smallest, and further rows lie behind it.
"""

import math
from collections.abc import Iterator
from typing import Literal

import msgspec

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules.seats.plans import Number, Point, Row, Seat, Zone

PITCH = 20
DEPTH = 28
MAX_ROWS = 500
MAX_SEATS_IN_ROW = 500

Direction = Literal["left_to_right", "right_to_left"]
Naming = Literal["numbers", "letters"]


class SectionForm(msgspec.Struct, frozen=True, kw_only=True):
    """A section to be made.

    `aisles_after` are places in a row, counted from the left, behind which an aisle of `aisle_gap`
    seats' width runs. `curvature` is the angle in degrees that the front row spans (0 is straight):
    rows bend around the stage, their ends forward. `widening` is how many seats each row has more
    than the one before. Places of accessible and companion seats count from the left, in the row
    `accessible_row` (the last unless named).
    """

    name: str
    category: str
    rows: int
    seats: int
    x: Number = 0
    y: Number = 0
    first_row: int = 1
    row_names: Naming = "numbers"
    first_seat: int = 1
    step: int = 1
    direction: Direction = "left_to_right"
    aisles_after: tuple[int, ...] = ()
    aisle_gap: Number = 2
    curvature: Number = 0
    widening: int = 0
    pitch: Number = PITCH
    depth: Number = DEPTH
    accessible: tuple[int, ...] = ()
    companions: tuple[int, ...] = ()
    accessible_row: int | None = None


def check_form(form: SectionForm, pointer: str) -> None:
    """`FieldError` for the first number that makes no section."""
    widest = form.seats + form.widening * (form.rows - 1)
    bounds = [
        ("rows", form.rows, 1, MAX_ROWS),
        ("seats", form.seats, 1, MAX_SEATS_IN_ROW),
        ("widening", min(form.seats, widest), 1, MAX_SEATS_IN_ROW),
        ("widening", max(form.seats, widest), 1, MAX_SEATS_IN_ROW),
        ("first_row", form.first_row, 1, 10_000),
        ("first_seat", form.first_seat, 0, 10_000),
        ("step", form.step, 1, 10),
        ("aisle_gap", form.aisle_gap, 1, 50),
        ("curvature", form.curvature, 0, 180),
        ("pitch", form.pitch, 1, 1_000),
        ("depth", form.depth, 1, 1_000),
        ("x", form.x, -100_000, 100_000),
        ("y", form.y, -100_000, 100_000),
    ]
    for name, value, least, most in bounds:
        if not least <= value <= most:
            sentence = f"A number between {least:,} and {most:,}."
            raise FieldError(f"{pointer}/{name}", "out_of_range", sentence)


def section(form: SectionForm) -> Zone:
    """The section with all its seats; the same form gives the same `seat_guid`s."""
    return Zone(
        name=form.name,
        position=Point(x=form.x, y=form.y),
        rows=tuple(_row(form, index) for index in range(form.rows)),
    )


def row_name(form: SectionForm, index: int) -> str:
    """1, 2, 3 … or A, B, … Z, AA, AB …"""
    number = form.first_row + index
    return str(number) if form.row_names == "numbers" else _letters(number)


def _letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _row(form: SectionForm, index: int) -> Row:
    count, name = form.seats + index * form.widening, row_name(form, index)
    accessible_row = form.rows if form.accessible_row is None else form.accessible_row
    special = index + 1 == accessible_row
    return Row(
        row_number=name,
        row_number_position="both",
        seats=tuple(
            Seat(
                seat_guid=f"{form.name}-{name}-{number}",
                seat_number=str(number),
                position=point,
                category=form.category,
                accessible=True if special and place in form.accessible else None,
                companion=True if special and place in form.companions else None,
            )
            for place, (number, point) in enumerate(
                zip(_numbers(form, count), _points(form, index, count), strict=True), start=1
            )
        ),
    )


def _numbers(form: SectionForm, count: int) -> list[int]:
    numbers = [form.first_seat + place * form.step for place in range(count)]
    return numbers if form.direction == "left_to_right" else numbers[::-1]


def _points(form: SectionForm, index: int, count: int) -> Iterator[Point]:
    """Places from left to right, around the middle of the section at x = 0."""
    widths = _offsets(form, count)
    middle = (widths[0] + widths[-1]) / 2
    for width in widths:
        yield _bent(form, index, width - middle)


def _offsets(form: SectionForm, count: int) -> list[float]:
    offsets, at = [0.0], 0.0
    # Rows that widen do so at both ends: the aisles run straight on.
    grown = (count - form.seats) // 2
    for place in range(1, count):
        at += form.pitch * (1 + (form.aisle_gap if place - grown in form.aisles_after else 0))
        offsets.append(at)
    return offsets


def _bent(form: SectionForm, index: int, offset: float) -> Point:
    back = index * form.depth
    if not form.curvature:
        return _point(offset, back)
    radius = _front_radius(form) + back
    angle = offset / radius
    # Rows are concentric around a point in front of the section.
    return _point(radius * math.sin(angle), back - radius * (1 - math.cos(angle)))


def _front_radius(form: SectionForm) -> float:
    widths = _offsets(form, form.seats)
    return max(widths[-1], form.pitch) / math.radians(form.curvature)


def _point(x: float, y: float) -> Point:
    return Point(x=_tenths(x), y=_tenths(y))


def _tenths(value: float) -> Number:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
