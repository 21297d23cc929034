"""A hall to begin with: 2,000 seats in three categories, in curved rows before a stage."""

from boxoffice.services.events.rules.seats.generating import SectionForm, section
from boxoffice.services.events.rules.seats.plans import (
    Area,
    AreaText,
    Category,
    Plan,
    Point,
    Size,
    Zone,
)

COLORS = ("#2447f9", "#0f7b6c", "#b5470b", "#7a3ea1", "#8a6100", "#b3245a", "#3d5a80", "#5b6070")
_SECTIONS = (
    SectionForm(
        name="Front stalls", category="Premium", rows=14, seats=26, y=160, aisles_after=(13,),
        x=800, curvature=40, widening=1,
    ),
    SectionForm(
        name="Rear stalls", category="Standard", rows=20, seats=42, y=620, first_row=15,
        aisles_after=(14, 28), accessible=(1, 3, 22, 24), companions=(2, 4, 21, 23),
        accessible_row=1, x=800, curvature=40,
    ),
    SectionForm(
        name="Balcony", category="Balcony", rows=15, seats=47, y=1280, row_names="letters",
        aisles_after=(16, 31), x=800, curvature=40,
    ),
)  # fmt: skip


def concert_hall() -> Plan:
    """The hall as `boxoffice seats hall` writes it."""
    zones = tuple(section(form) for form in _SECTIONS)
    return plan_of("Concert hall", zones, stage=Point(x=800, y=60))


def plan_of(name: str, zones: tuple[Zone, ...], *, stage: Point | None = None) -> Plan:
    """A plan of these sections; with a stage, that is where everybody looks."""
    used = dict.fromkeys(seat.category for zone in zones for row in zone.rows for seat in row.seats)
    painted = (_stage(stage),) if stage else ()
    return Plan(
        name=name,
        categories=tuple(
            Category(name=category, color=COLORS[index % len(COLORS)])
            for index, category in enumerate(used)
        ),
        zones=(*painted, *zones),
        size=_size(zones),
        focus=stage,
    )


def _stage(at: Point) -> Zone:
    area = Area(
        shape="rectangle",
        position=Point(x=at.x - 200, y=at.y - 40),
        rectangle=Size(width=400, height=60),
        color="#d5d3cd",
        text=AreaText(text="Stage", position=Point(x=200, y=30)),
    )
    return Zone(name="Stage", position=Point(x=0, y=0), rows=(), areas=(area,))


def _size(zones: tuple[Zone, ...]) -> Size:
    places = [
        (zone.position.x + seat.position.x, zone.position.y + seat.position.y)
        for zone in zones
        for row in zone.rows
        for seat in row.seats
    ]
    width, height = max(x for x, _ in places), max(y for _, y in places)
    return Size(width=round(width) + 40, height=round(height) + 40)
