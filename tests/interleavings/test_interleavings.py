"""Some schedules of the pairs that have gone wrong in ticketing before, and of how these are found.

`make interleavings` plays thousands, of every pair.
"""

from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.data.postgres import DatabaseSettings
from tests.interleavings.hall import Hall, open_hall, pairs
from tests.interleavings.looking import look_through
from tests.interleavings.moves import MOVES
from tests.interleavings.schedules import Search
from tests.interleavings.traces import Event, Step, Trace, step_of

PAIRS = [
    ("take", "take"),
    ("hold", "redeem"),
    ("gift card", "gift card"),
    ("expire", "money"),
    ("cancel", "scan"),
    ("cancel", "refund"),
]
# So many until the money is decided on before the other gives some of it back.
MOST = {("cancel", "refund"): 16}


@pytest.fixture(scope="module")
async def hall(
    database_urls: DatabaseSettings, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Hall]:
    async with open_hall(database_urls, redis_url, tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.mark.parametrize("names", PAIRS, ids=" x ".join)
async def test_two_that_meet_end_as_if_one_had_been_first(
    hall: Hall, names: tuple[str, str]
) -> None:
    looked = await look_through(hall, names, most=MOST.get(names, 8), seed="make test")
    assert looked.played >= 4


def test_every_two_critical_transactions_are_a_pair() -> None:
    assert len(pairs()) == len(MOVES) * (len(MOVES) + 1) // 2


steps = st.builds(
    Step,
    reads=st.frozensets(st.sampled_from("abc"), max_size=2),
    writes=st.frozensets(st.sampled_from("abc"), max_size=2),
    ends=st.booleans(),
)


@given(st.lists(st.lists(steps, max_size=4), min_size=2, max_size=3))
def test_the_search_plays_one_of_all_equal_schedules_and_none_twice(
    programs: list[list[Step]],
) -> None:
    programs = [one[: 4 if len(programs) == 2 else 2] for one in programs]
    played = [_key(one, programs) for one in _searched(programs)]
    assert len(set(played)) == len(played)
    assert set(played) == {_key(one, programs) for one in _all([len(one) for one in programs])}


def test_schedules_are_equal_if_whatever_depends_on_each_other_has_one_order() -> None:
    writes, looks = Step(writes=frozenset("a")), Step(reads=frozenset("a"))
    ends = Step(writes=frozenset("a"), ends=True)
    programs = [[writes, ends], [looks]]
    before, amid, after = (_key(one, programs) for one in [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
    assert before == amid != after


def test_whoever_waits_for_a_lock_waits_whether_it_was_asked_for_sooner_or_later() -> None:
    writes, ends = Step(writes=frozenset("a")), Step(writes=frozenset("a"), ends=True)

    def key(asks_at: int) -> int:
        mine = [Event(0, one, n + 1) for n, one in enumerate([writes, writes, writes, ends])]
        trace = [*mine[:asks_at], Event(1, writes, 5), *mine[asks_at:]]
        for place, event in enumerate(trace):
            event.until = max(event.until if event.who else 0, place + 1)
        return Trace(trace).key()

    assert key(2) == key(3) != key(4)


def test_a_statement_is_known_by_the_tables_that_it_locks_and_writes() -> None:
    locks = step_of("SELECT id FROM events.quotas ORDER BY id FOR NO KEY UPDATE")
    looks = step_of("SELECT id FROM events.quotas")
    adds = step_of("WITH a AS (SELECT id FROM events.quotas) INSERT INTO events.claims SELECT id")
    assert not locks.commutes_with(locks)
    assert looks.commutes_with(locks)
    assert adds.writes == {"events.claims"}
    assert not looks.commutes_with(Step(writes=locks.writes, ends=True))


def _searched(programs: list[list[Step]]) -> list[tuple[int, ...]]:
    """What the search plays of parties that only make these steps."""
    search, found = Search(), list[tuple[int, ...]]()
    while True:
        choices = tuple(_choices(search, programs))
        if not search.is_equal:
            found.append(choices)
        if not search.go_on(_trace(choices, programs)):
            return found


def _choices(search: Search, programs: list[list[Step]]) -> Iterator[int]:
    at = [0] * len(programs)
    while enabled := {n: p[at[n]] for n, p in enumerate(programs) if at[n] < len(p)}:
        chosen = search.choose(enabled)
        if chosen is None:
            return
        at[chosen] += 1
        yield chosen


def _all(left: list[int]) -> Iterator[tuple[int, ...]]:
    """All orders of so many steps of each."""
    if not any(left):
        yield ()
    for who, steps_left in enumerate(left):
        if steps_left:
            rest = [n - 1 if one == who else n for one, n in enumerate(left)]
            yield from ((who, *one) for one in _all(rest))


def _trace(choices: tuple[int, ...], programs: list[list[Step]]) -> Trace:
    steps_of = [iter(one) for one in programs]
    return Trace([Event(who, next(steps_of[who]), n + 1) for n, who in enumerate(choices)])


def _key(choices: tuple[int, ...], programs: list[list[Step]]) -> int:
    return _trace(choices, programs).key()
