"""Who gets early access: pure, decided by the seed and the registrations alone."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.bookings.rules.presales import Entrant, draw, window_state

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
SEED = "5eed"
MODES: list[Literal["first_come", "draw"]] = ["first_come", "draw"]

crowds = st.lists(
    st.tuples(st.uuids(version=4), st.integers(1, 6), st.integers(0, 50)),
    max_size=40,
    unique_by=lambda one: one[0],
)
modes = st.sampled_from(MODES)
totals = st.none() | st.integers(1, 60)


def entrants(crowd: list[tuple[UUID, int, int]]) -> list[Entrant]:
    return [
        Entrant(id=own, units=units, at=NOW + timedelta(minutes=minutes))
        for own, units, minutes in crowd
    ]


@given(crowds, modes, totals, st.text(max_size=8))
def test_a_draw_gives_at_most_the_total_to_each_at_most_once_and_in_full(
    crowd: list[tuple[UUID, int, int]], mode: Literal["first_come", "draw"], total: int | None,
    seed: str,
) -> None:  # fmt: skip
    people = entrants(crowd)
    won = draw(people, mode=mode, seed=seed, total=total)
    assert len({one.id for one in won}) == len(won)
    assert set(won) <= set(people)
    given_units = sum(one.units for one in won)
    if total is None:
        assert set(won) == set(people)
    else:
        assert given_units <= total
        assert all(one.units > total - given_units for one in people if one not in won)


@given(crowds, modes, totals)
def test_the_same_seed_gives_the_same_result_in_whatever_order_they_are_read(
    crowd: list[tuple[UUID, int, int]], mode: Literal["first_come", "draw"], total: int | None
) -> None:  # fmt: skip
    people = entrants(crowd)
    first = draw(people, mode=mode, seed=SEED, total=total)
    assert draw(people[::-1], mode=mode, seed=SEED, total=total) == first


def test_another_seed_draws_others_and_whoever_came_first_does_not_matter() -> None:
    people = entrants([(UUID(int=number), 1, number) for number in range(100)])
    results = {tuple(draw(people, mode="draw", seed=str(seed), total=10)) for seed in range(20)}
    assert len(results) == 20
    assert tuple(draw(people, mode="first_come", seed=SEED, total=10)) == tuple(people[:10])


def test_who_does_not_fit_any_more_is_passed_over() -> None:
    people = entrants([(UUID(int=number), units, number) for number, units in enumerate((2, 3, 1))])
    won = draw(people, mode="first_come", seed=SEED, total=3)
    assert [one.units for one in won] == [2, 1]


def test_a_window_is_to_come_open_used_up_or_over() -> None:
    hour = timedelta(hours=1)
    states = [
        window_state(NOW, NOW + hour, left=left, now=now)
        for left, now in ((1, NOW - hour), (1, NOW), (0, NOW), (1, NOW + hour))
    ]
    assert states == ["to_come", "open", "used_up", "over"]
