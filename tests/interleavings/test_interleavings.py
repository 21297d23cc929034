"""Some schedules of the pairs that have gone wrong in ticketing before, and of how these are found.

`make interleavings` plays thousands, of every pair.
"""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.data.postgres import DatabaseSettings
from tests.interleavings.hall import Hall, open_hall, pairs
from tests.interleavings.looking import look_through
from tests.interleavings.moves import MOVES
from tests.interleavings.schedules import Search, Step, step_of

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
    assert looked.played >= 5


def test_every_two_critical_transactions_are_a_pair() -> None:
    assert len(pairs()) == len(MOVES) * (len(MOVES) + 1) // 2


steps = st.builds(
    Step,
    reads=st.frozensets(st.sampled_from("abc"), max_size=2),
    writes=st.frozensets(st.sampled_from("abc"), max_size=2),
    ends=st.booleans(),
)


@given(st.lists(steps, max_size=4), st.lists(steps, max_size=4))
def test_the_search_plays_one_of_all_equal_schedules_and_none_twice(
    ada: list[Step], bob: list[Step]
) -> None:
    played = [tuple(one) for one in _searched([ada, bob])]
    classes = {_class_of(one, ada, bob) for one in _all(len(ada), len(bob))}
    assert len(set(played)) == len(played)
    assert sorted(_class_of(one, ada, bob) for one in played) == sorted(classes)


def test_a_statement_is_known_by_the_tables_that_it_locks_and_writes() -> None:
    locks = step_of("SELECT id FROM events.quotas ORDER BY id FOR NO KEY UPDATE")
    looks = step_of("SELECT id FROM events.quotas")
    adds = step_of("WITH a AS (SELECT id FROM events.quotas) INSERT INTO events.claims SELECT id")
    assert not locks.commutes_with(locks)
    assert looks.commutes_with(locks)
    assert adds.writes == {"events.claims"}
    assert not looks.commutes_with(Step(writes=locks.writes, ends=True))


def _searched(programs: list[list[Step]]) -> list[list[int]]:
    """What the search plays of parties that only make these steps."""
    search, found = Search(), list[list[int]]()
    while True:
        at, choices = [0] * len(programs), list[int]()
        while enabled := {n: p[at[n]] for n, p in enumerate(programs) if at[n] < len(p)}:
            chosen = search.choose(enabled)
            if chosen is None:
                break
            at[chosen] += 1
            choices.append(chosen)
        if not search.is_equal:
            found.append(choices)
        if not search.go_on():
            return found


def _all(ada: int, bob: int) -> list[tuple[int, ...]]:
    if not ada or not bob:
        return [(0,) * ada + (1,) * bob]
    firsts = [(0, *rest) for rest in _all(ada - 1, bob)]
    return firsts + [(1, *rest) for rest in _all(ada, bob - 1)]


def _class_of(choices: tuple[int, ...], ada: list[Step], bob: list[Step]) -> str:
    """Which of any two steps that depend on each other was first: equal schedules agree."""
    order = {0: list[int](), 1: list[int]()}
    for place, who in enumerate(choices):
        order[who].append(place)
    return "".join(
        str(int(order[0][a] < order[1][b]))
        for a, one in enumerate(ada)
        for b, other in enumerate(bob)
        if not one.commutes_with(other)
    )
