"""Generated sections: so many rows and seats, numbered, with aisles, straight or curved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules.seats.checking import check_plan
from boxoffice.services.events.rules.seats.floors import Floor, floor_of, runs
from boxoffice.services.events.rules.seats.generating import SectionForm, check_form, section
from boxoffice.services.events.rules.seats.halls import plan_of
from boxoffice.services.events.rules.seats.plans import exported


def form(**changes: object) -> SectionForm:
    fields: dict[str, object] = {"name": "Stalls", "category": "A", "rows": 3, "seats": 8}
    return SectionForm(**(fields | changes))  # type: ignore[arg-type]


def floor(made: SectionForm) -> Floor:
    plan = plan_of("Hall", (section(made),))
    return floor_of(plan, range(len(plan.seats())))


@given(
    st.integers(min_value=1, max_value=12),
    st.integers(min_value=1, max_value=15),
    st.integers(min_value=0, max_value=3),
    st.integers(min_value=0, max_value=180),
    st.sets(st.integers(min_value=1, max_value=14)),
    st.sampled_from(["left_to_right", "right_to_left"]),
)
def test_every_form_gives_a_plan_without_faults_and_as_many_seats_as_it_says(
    rows: int, seats: int, widening: int, curvature: int, aisles: set[int], direction: str
) -> None:
    made = form(
        rows=rows, seats=seats, widening=widening, curvature=curvature,
        aisles_after=tuple(aisles), direction=direction,
    )  # fmt: skip
    check_form(made, "")
    report = check_plan(exported(plan_of("Hall", (section(made),))))
    assert report.problems == []
    hall = floor(made)
    assert hall.count == sum(seats + row * widening for row in range(rows))
    assert len({(round(x, 1), round(y, 1)) for x, y in zip(hall.x, hall.y, strict=True)}) == (
        hall.count
    )


def test_seats_are_numbered_from_either_side_and_in_steps() -> None:
    assert floor(form(rows=1)).numbers == tuple("12345678")
    assert floor(form(rows=1, direction="right_to_left")).numbers == tuple("87654321")
    assert floor(form(rows=1, seats=3, first_seat=101, step=2)).numbers == ("101", "103", "105")


def test_rows_are_named_by_numbers_or_letters() -> None:
    assert [row.label for row in floor(form(first_row=9)).rows] == ["9", "10", "11"]
    lettered = floor(form(first_row=26, row_names="letters"))
    assert [row.label for row in lettered.rows] == ["Z", "AA", "AB"]


@pytest.mark.parametrize("curvature", [0, 60])
def test_an_aisle_parts_who_would_sit_beside_each_other(curvature: int) -> None:
    hall = floor(form(rows=1, seats=10, aisles_after=(3, 7), curvature=curvature))
    assert runs(hall.joined, bytes([1]) * 10) == [(0, 3), (3, 7), (7, 10)]


def test_a_curved_row_bends_around_the_stage() -> None:
    hall = floor(form(rows=1, seats=9, curvature=90))
    assert hall.y[0] == hall.y[8] < hall.y[4] == 0
    assert hall.x[0] == -hall.x[8]


def test_places_for_wheelchairs_and_companions() -> None:
    hall = floor(form(accessible=(1, 8), companions=(2, 7)))
    assert list(hall.flags[-8:]) == [1, 2, 0, 0, 0, 0, 2, 1]
    assert not any(hall.flags[:-8])


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"rows": 0}, "/rows"),
        ({"seats": 501}, "/seats"),
        ({"widening": -4}, "/widening"),
        ({"curvature": 181}, "/curvature"),
        ({"pitch": 0}, "/pitch"),
    ],
)
def test_numbers_that_make_no_section_are_refused(changes: dict[str, object], pointer: str) -> None:
    with pytest.raises(FieldError) as refused:
        check_form(form(**changes), "")
    assert refused.value.pointer == pointer
