"""Small halls for tests, and floors of any shape."""

from typing import Any

from hypothesis import strategies as st

from boxoffice.services.events.rules.seats.best import Room
from boxoffice.services.events.rules.seats.floors import Floor, floor_of
from boxoffice.services.events.rules.seats.plans import Category, Plan, Point, Row, Seat, Zone


def plan_of(rows: list[str], *, pitch: int = 20) -> Plan:
    """A plan drawn by letters, the front row first.

    `.` a seat, `a` a wheelchair place, `c` a companion's seat, `B` a seat of category B, ` ` no
    seat.
    """
    return Plan(
        name="Drawn",
        categories=(Category(name="A"), Category(name="B")),
        zones=(
            Zone(
                name="Hall",
                position=Point(x=0, y=0),
                rows=tuple(_row(n, letters, pitch) for n, letters in enumerate(rows, start=1)),
            ),
        ),
    )


def _row(number: int, letters: str, pitch: int) -> Row:
    return Row(
        row_number=str(number),
        seats=tuple(
            Seat(
                seat_guid=f"{number}-{place}",
                seat_number=str(place),
                position=Point(x=place * pitch, y=number * pitch),
                category="B" if letter == "B" else "A",
                accessible=letter == "a" or None,
                companion=letter == "c" or None,
            )
            for place, letter in enumerate(letters, start=1)
            if letter != " "
        ),
    )


def floor(rows: list[str]) -> Floor:
    plan = plan_of(rows)
    return floor_of(plan, range(len(plan.seats())))


def room(rows: list[str], taken: str = "") -> Room:
    """The room of the drawn rows; `taken` are 1s in the order of the seats."""
    made = floor(rows)
    marks = bytearray(made.count)
    for seat, mark in enumerate(taken.replace("|", "")):
        marks[seat] = mark == "1"
    return Room(floor=made, taken=marks)


def names(room: Room, seats: list[int] | None) -> list[str] | None:
    """`1-4` is seat 4 of row 1."""
    if seats is None:
        return None
    return [f"{room.floor.row(seat).label}-{room.floor.numbers[seat]}" for seat in seats]


A = frozenset({0})


@st.composite
def rooms(draw: Any, letters: str = "...... acB") -> Room:
    """A few rows of any make, some of their seats taken."""
    rows = draw(
        st.lists(st.text(alphabet=letters, min_size=1, max_size=12), min_size=1, max_size=4)
    )
    made = floor(rows)
    taken = draw(st.lists(st.booleans(), min_size=made.count, max_size=made.count))
    return Room(floor=made, taken=bytearray(taken))
