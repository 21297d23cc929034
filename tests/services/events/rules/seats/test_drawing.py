"""What a browser draws, and the bits of what is free."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.rules.seats.drawing import Drawing, draw
from boxoffice.services.events.rules.seats.floors import floor_of, ordinals_of
from boxoffice.services.events.rules.seats.halls import concert_hall
from boxoffice.services.events.seating.shown import packed_bits
from tests.support.halls import plan_of


def _ordinals(drawing: Drawing) -> list[int]:
    return [
        ordinal
        for section in drawing.sections
        for row in section.rows
        for ordinal in row.ordinals or range(row.first, row.first + len(row.x))
    ]


def test_a_drawing_tells_every_seats_place_number_and_id() -> None:
    plan = concert_hall()
    numbers = [seat * 7 % 4_999 for seat in range(2_000)]
    floor = floor_of(plan, numbers)
    drawing = draw(plan, floor)
    rows = [row for section in drawing.sections for row in section.rows]
    places = [x / 10 for row in rows for x in accumulate(row.x)]
    assert max(abs(x - at) for x, at in zip(places, floor.x, strict=True)) < 0.06
    assert _ordinals(drawing) == numbers
    counted = [
        str((row.number or 0) + row.step * place) for row in rows for place in range(len(row.x))
    ]
    assert tuple(counted) == floor.numbers


def test_rows_that_do_not_simply_count_tell_each_number_and_category() -> None:
    plan = plan_of(["..B", "a.c"])
    first, second = draw(plan, floor_of(plan, range(6))).sections[0].rows
    assert (first.categories, first.category) == ([0, 0, 1], None)
    assert (second.category, second.accessible, second.companions) == (0, [0], [2])


@given(st.lists(st.booleans(), max_size=70))
def test_bits_are_one_a_seat_the_lowest_first(flags: list[bool]) -> None:
    packed = packed_bits(bytes(flags))
    assert len(packed) == (len(flags) + 7) // 8
    assert [bool(packed[seat // 8] >> seat % 8 & 1) for seat in range(len(flags))] == flags


@given(st.lists(st.text(max_size=2), unique=True), st.lists(st.text(max_size=2), unique=True))
def test_a_seat_keeps_its_ordinal_through_all_versions_and_no_two_share_one(
    before: list[str], after: list[str]
) -> None:
    first, following = ordinals_of(before, {}, 0)
    known = dict(zip(before, first, strict=True))
    second, _ = ordinals_of(after, known, following)
    assert len(set(second)) == len(after)
    assert all(known.get(guid, n) == n for guid, n in zip(after, second, strict=True))
    assert not {n for g, n in zip(after, second, strict=True) if g not in known} & set(first)
