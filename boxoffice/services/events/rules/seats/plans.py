"""A seating plan as organizers exchange it, field names as in the JSON.

The openly documented format knows plain seats and painted areas. What we add to it (`accessible`,
`companion`, `kind`, `standing`, `focus`) are optional fields that other readers pass over. A seat's
place is the sum of the positions of its zone, its row and itself. None means: not said.
"""

from typing import Any, Literal

import msgspec

Number = int | float
Shape = Literal["rectangle", "circle", "ellipse", "polygon", "text"]
RowKind = Literal["row", "table"]
NumberPlace = Literal["start", "end", "both"]


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of everything in a plan; what is not said is not written either."""


class Point(Part, frozen=True, kw_only=True):
    x: Number
    y: Number


class Size(Part, frozen=True, kw_only=True):
    width: Number
    height: Number


class Category(Part, frozen=True, kw_only=True):
    """A level of price; its name is how seats refer to it."""

    name: str
    color: str | None = None


class Seat(Part, frozen=True, kw_only=True):
    """`seat_guid` names the seat for ever, through all versions of the plan."""

    seat_guid: str
    seat_number: str
    position: Point
    category: str
    radius: Number | None = None
    accessible: bool | None = None
    companion: bool | None = None
    uuid: str | None = None


class Row(Part, frozen=True, kw_only=True):
    """Seats in the order in which people sit beside each other. A table is a row around a table."""

    row_number: str
    seats: tuple[Seat, ...]
    position: Point | None = None
    row_number_position: NumberPlace | None = None
    kind: RowKind | None = None
    uuid: str | None = None


class AreaText(Part, frozen=True, kw_only=True):
    text: str
    position: Point | None = None
    color: str | None = None
    size: Number | None = None


class Circle(Part, frozen=True, kw_only=True):
    radius: Number


class Ellipse(Part, frozen=True, kw_only=True):
    radius: Point


class Polygon(Part, frozen=True, kw_only=True):
    points: tuple[Point, ...]


class Standing(Part, frozen=True, kw_only=True):
    """So many people of one category stand here."""

    category: str
    capacity: int


class Area(Part, frozen=True, kw_only=True):
    """Something painted: a stage, a bar, a word; with `standing` also a place for people."""

    position: Point
    shape: Shape | None = None
    color: str | None = None
    border_color: str | None = None
    rotation: Number | None = None
    text: AreaText | str | None = None
    rectangle: Size | None = None
    circle: Circle | None = None
    ellipse: Ellipse | None = None
    polygon: Polygon | None = None
    width: Number | None = None
    height: Number | None = None
    standing: Standing | None = None
    uuid: str | None = None


class Zone(Part, frozen=True, kw_only=True):
    """A section of the hall."""

    position: Point
    rows: tuple[Row, ...]
    name: str | None = None
    areas: tuple[Area, ...] | None = None
    zone_id: str | None = None
    displayed: bool | None = None
    uuid: str | None = None


class Plan(Part, frozen=True, kw_only=True):
    """A whole hall. `focus` is where everybody looks; by default the middle of the front."""

    name: str
    categories: tuple[Category, ...]
    zones: tuple[Zone, ...]
    size: Size | None = None
    focus: Point | None = None

    def seats(self) -> list[Seat]:
        """All seats, in the order of the plan."""
        return [seat for zone in self.zones for row in zone.rows for seat in row.seats]

    def standing(self) -> list[Standing]:
        """All places where people stand."""
        areas = [area for zone in self.zones for area in zone.areas or ()]
        return [area.standing for area in areas if area.standing is not None]


def exported(plan: Plan) -> dict[str, Any]:
    """The plan as a JSON object; reading it gives an equal plan."""
    return msgspec.json.decode(encoded(plan))


def encoded(plan: Plan) -> bytes:
    """The plan as JSON text."""
    return msgspec.json.encode(plan)


def decoded(text: str | bytes) -> Plan:
    """A plan that `encoded` wrote."""
    return msgspec.json.decode(text, type=Plan)
