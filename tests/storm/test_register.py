"""The checker of histories: it explains whatever can have happened, and nothing else."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storm.register import NOBODY, Act, Kind, Outcome, is_explained

OK, FAIL, INFO = Outcome.OK, Outcome.FAIL, Outcome.INFO
TAKE, DROP, SEEN = Kind.TAKE, Kind.DROP, Kind.SEEN


def explained_by_trying_all(history: list[Act]) -> bool:
    """The definition, word by word: every subset of the doubtful acts, every order."""
    doubtful = [act for act in history if act.outcome is INFO]
    definite = [act for act in history if act.outcome is not INFO]
    for chosen in range(1 << len(doubtful)):
        happened = [act for n, act in enumerate(doubtful) if chosen >> n & 1]
        if any(_holds(order) for order in permutations(definite + happened)):
            return True
    return False


def _holds(order: tuple[Act, ...]) -> bool:
    owner = NOBODY
    for place, act in enumerate(order):
        if any(later.ended < act.begun for later in order[place:] if later.outcome is not INFO):
            return False
        fits = {TAKE: owner == NOBODY, DROP: owner == act.who, SEEN: owner == act.who}[act.kind]
        if fits is (act.outcome is FAIL):
            return False
        if act.outcome is not FAIL and act.kind is not SEEN:
            owner = act.who if act.kind is TAKE else NOBODY
    return True


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """Anything, mostly nonsense."""
    acts: list[Act] = []
    for _ in range(draw(st.integers(0, 5))):
        begun = draw(st.integers(0, 8))
        kind = draw(st.sampled_from([TAKE, TAKE, DROP, SEEN]))
        who = draw(st.sampled_from(["ada", "bob", NOBODY] if kind is SEEN else ["ada", "bob"]))
        outcome = OK if kind is SEEN else draw(st.sampled_from([OK, FAIL, INFO]))
        ended = float("inf") if outcome is INFO else begun + draw(st.integers(0, 6))
        acts.append(Act(kind, who, begun, ended, outcome))
    return acts


@given(histories())
def test_it_says_what_trying_every_order_says(history: list[Act]) -> None:
    assert is_explained(history) is explained_by_trying_all(history)


def sold_rightly(seed: int, *, buyers: int) -> list[Act]:
    """What clients of a right register see: each acts at one instant within their request."""
    dice, owner, acts = random.Random(seed), NOBODY, list[Act]()  # noqa: S311  # no secret
    for instant in range(buyers):
        who = f"buyer {dice.randrange(buyers)}"
        begun, ended = instant - dice.random() * 9, instant + dice.random() * 9
        kind = DROP if owner == who or dice.random() < 0.2 else TAKE
        done = owner == (who if kind is DROP else NOBODY)
        lost = dice.random() < 0.1
        outcome = INFO if lost else OK if done else FAIL
        acts.append(Act(kind, who, begun, float("inf") if lost else ended, outcome))
        if done:
            owner = who if kind is TAKE else NOBODY
    acts.append(Act(SEEN, owner, buyers + 20, buyers + 21))
    return acts


@given(st.integers(0, 10**9), st.integers(0, 120))
def test_whatever_a_right_register_answers_is_explained(seed: int, buyers: int) -> None:
    assert is_explained(sold_rightly(seed, buyers=buyers))


def taken(who: str, begun: float, outcome: Outcome = OK) -> Act:
    return Act(TAKE, who, begun, begun + 1, outcome)


LOSERS = [taken(f"loser {n}", 2 + n / 100, FAIL) for n in range(60)]
LOST_SALE = [taken("ada", 0), *LOSERS, taken("bob", 9), Act(SEEN, "bob", 20, 21)]


@pytest.mark.parametrize(
    ("history", "what"),
    [
        ([taken("ada", 0), *LOSERS, taken("bob", 0.5)], "two sales of one seat"),
        ([taken("ada", 0), *LOSERS, Act(SEEN, NOBODY, 20, 21)], "an acknowledged sale is gone"),
        (LOST_SALE, "an acknowledged sale went to somebody else"),
        ([*LOSERS, Act(SEEN, NOBODY, 20, 21)], "refused to all, sold to nobody"),
        ([taken("ada", 0, FAIL), Act(SEEN, "ada", 20, 21)], "sold to whom it was refused"),
        ([taken("ada", 5), taken("bob", 0, FAIL)], "taken before anybody took it"),
        (
            [taken("ada", 0), Act(DROP, "ada", 2, 3), taken("bob", 4, FAIL)],
            "what was let go stays taken",
        ),
        (
            [taken("ada", 0), Act(TAKE, "eve", 1, float("inf"), INFO), Act(SEEN, "eve", 20, 21)],
            "whose answer never came has what was sold before",
        ),
    ],
)
def test_planted_offences_are_seen(history: list[Act], what: str) -> None:
    assert not is_explained(history), what


def test_an_answer_that_never_came_may_have_meant_either() -> None:
    asked = Act(TAKE, "eve", 1, float("inf"), INFO)
    assert is_explained([asked, Act(SEEN, "eve", 20, 21)])
    assert is_explained([asked, Act(SEEN, NOBODY, 20, 21)])
    assert is_explained([asked, *LOSERS, Act(SEEN, "eve", 20, 21)])
    assert not is_explained([asked, *LOSERS, Act(SEEN, NOBODY, 20, 21)])


def test_a_seat_that_thousands_want_is_judged_at_once() -> None:
    crowd = [taken(f"loser {n}", n / 50, FAIL) for n in range(6_000)]
    assert is_explained([taken("ada", -0.5), *crowd, Act(SEEN, "ada", 200, 201)])
    assert not is_explained([*crowd, taken("ada", 100)])
