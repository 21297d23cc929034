"""The best seats: together, not leaving anybody alone, without the wheelchairs' places."""

from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from boxoffice.services.events.rules.seats.best import Party, Room, best_seats, singles_left
from tests.support.halls import A, names, room, rooms

SIZES = st.integers(min_value=1, max_value=6)


def party(size: int, *, accessible: int = 0, may_split: bool = False) -> Party:
    return Party(size=size, group=A, accessible=accessible, may_split=may_split)


def all_blocks(hall: Room, size: int) -> list[int]:
    """Every block of free ordinary seats side by side, found the slow way."""
    usable = hall.floor.ordinary(A)
    return [
        first
        for first in range(hall.floor.count - size + 1)
        if all(
            usable[seat] and not hall.taken[seat] and (seat == first or hall.floor.joined[seat])
            for seat in range(first, first + size)
        )
    ]


def are_together(hall: Room, seats: list[int]) -> bool:
    return all(
        after == before + 1 and hall.floor.joined[after] for before, after in pairwise(seats)
    )


# Many halls are too full for the party; those are not what this is about.
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(rooms(), SIZES, st.booleans())
def test_best_available_never_splits_a_party_that_fits(
    hall: Room, size: int, may_split: bool
) -> None:
    assume(all_blocks(hall, size))
    seats = best_seats(hall, party(size, may_split=may_split))
    assert seats is not None
    assert len(seats) == size
    assert are_together(hall, seats)


@given(rooms(), SIZES)
def test_best_available_leaves_no_single_seat_if_that_is_avoidable(hall: Room, size: int) -> None:
    seats = best_seats(hall, party(size))
    assume(seats)
    assert seats is not None
    usable = hall.floor.ordinary(A)
    left = singles_left(hall, usable, seats[0], size)
    assert left == min(singles_left(hall, usable, first, size) for first in all_blocks(hall, size))


@given(rooms(), SIZES)
def test_best_available_is_the_nearest_to_the_middle_of_the_front(hall: Room, size: int) -> None:
    seats = best_seats(hall, party(size))
    assume(seats)
    assert seats is not None
    usable, cost = hall.floor.ordinary(A), hall.floor.cost
    left = singles_left(hall, usable, seats[0], size)
    rivals = [
        sum(cost[first : first + size])
        for first in all_blocks(hall, size)
        if singles_left(hall, usable, first, size) == left
    ]
    assert sum(cost[seat] for seat in seats) <= min(rivals) + 1e-3


@given(rooms(), SIZES, st.booleans())
def test_best_available_never_takes_the_accessible_pool_of_who_did_not_ask(
    hall: Room, size: int, may_split: bool
) -> None:
    seats = best_seats(hall, party(size, may_split=may_split))
    for seat in seats or []:
        assert not hall.floor.flags[seat]
        assert not hall.taken[seat]
        assert hall.floor.category[seat] in A


@given(rooms(), SIZES, st.integers(min_value=1, max_value=3))
def test_who_asks_for_wheelchair_places_gets_so_many_with_companions_beside(
    hall: Room, size: int, accessible: int
) -> None:
    assume(accessible <= size)
    seats = best_seats(hall, party(size, accessible=accessible))
    assume(seats)
    assert seats is not None
    assert len(seats) == size
    assert are_together(hall, seats)
    assert sum(hall.floor.flags[seat] & 1 for seat in seats) >= accessible
    assert not any(hall.taken[seat] for seat in seats)


@given(rooms(), SIZES)
def test_no_adjacent_block_splits_only_if_asked(hall: Room, size: int) -> None:
    assume(not all_blocks(hall, size))
    assert best_seats(hall, party(size)) is None
    apart = best_seats(hall, party(size, may_split=True))
    free = len(all_blocks(hall, 1))
    assert (apart is not None) == (free >= size)
    assert apart is None or len(set(apart)) == size


@given(rooms(), st.lists(SIZES, max_size=8))
def test_a_room_that_has_seated_others_finds_the_same_seats_as_a_fresh_one(
    hall: Room, sizes: list[int]
) -> None:
    for size in sizes:
        fresh = Room(floor=hall.floor, taken=bytearray(hall.taken))
        seats = best_seats(hall, party(size, may_split=True))
        assert seats == best_seats(fresh, party(size, may_split=True))
        hall.take(seats or [])


@given(rooms(), SIZES, st.booleans())
def test_looking_for_seats_takes_none(hall: Room, size: int, may_split: bool) -> None:
    before = bytes(hall.taken)
    best_seats(hall, party(size, may_split=may_split))
    best_seats(hall, party(size, accessible=1, may_split=may_split))
    assert bytes(hall.taken) == before


def test_the_middle_of_the_front_comes_first() -> None:
    hall = room(["........", "........"])
    taken: list[list[str] | None] = []
    for _ in range(4):
        seats = best_seats(hall, party(2))
        taken.append(names(hall, seats))
        hall.take(seats or [])
    assert taken == [["1-4", "1-5"], ["2-4", "2-5"], ["1-2", "1-3"], ["1-6", "1-7"]]


def test_a_block_that_would_leave_one_seat_alone_gives_way() -> None:
    hall = room(["....."])
    assert names(hall, best_seats(hall, party(2))) == ["1-1", "1-2"]
    assert names(hall, best_seats(hall, party(4))) == ["1-1", "1-2", "1-3", "1-4"]


def test_an_aisle_parts_a_row() -> None:
    hall = room(["...  ..."])
    assert best_seats(hall, party(4)) is None
    split = best_seats(hall, party(4, may_split=True))
    assert names(hall, split) == ["1-2", "1-3", "1-6", "1-7"]


def test_a_split_party_sits_in_as_few_blocks_as_possible() -> None:
    hall = room(["...  .  ...."], "000|0|0001")
    split = best_seats(hall, party(6, may_split=True))
    assert names(hall, split) == ["1-1", "1-2", "1-3", "1-9", "1-10", "1-11"]


def test_a_wheelchair_and_a_companion_sit_side_by_side() -> None:
    hall = room([".....", "ac.ca"])
    assert names(hall, best_seats(hall, party(2, accessible=1))) == ["2-1", "2-2"]
    assert names(hall, best_seats(hall, party(3, accessible=1))) == ["2-1", "2-2", "2-3"]
    assert names(hall, best_seats(hall, party(5))) == ["1-1", "1-2", "1-3", "1-4", "1-5"]
    assert best_seats(hall, party(6)) is None


def test_a_large_party_with_a_wheelchair_splits_around_it_if_asked() -> None:
    hall = room([".....", "ac   "])
    assert best_seats(hall, party(5, accessible=1)) is None
    apart = best_seats(hall, party(5, accessible=1, may_split=True))
    assert names(hall, apart) == ["1-1", "1-2", "1-3", "2-1", "2-2"]
