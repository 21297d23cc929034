"""Was there any order in which all this can have happened?

A seat, a ticket at the door, or the last ticket of a sale is a *register* that one may take: it is
nobody's until somebody takes it, and nobody's again once they let it go. Its history is what the
clients saw: when each request began, when its answer was there, and what it said. The history is
explained if all definite acts can be put into one order that respects real time (what had ended
before another began comes first) and in which every answer is right. An act whose answer never came
may have happened at any time after it began, or not at all.

The search is exact. Answers that change nothing are placed as soon as they are right, which costs
no explanation; only between acts that change something is there anything to try.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

NOBODY = ""


class Outcome(Enum):
    """`OK` it was done, `FAIL` it was not, `INFO` nobody knows."""

    OK = "ok"
    FAIL = "fail"
    INFO = "info"


class Kind(Enum):
    """`SEEN` is a look that found it in the hands of `who`."""

    TAKE = "take"
    DROP = "drop"
    SEEN = "seen"


class Act(NamedTuple):
    """`begun` and `ended` are of one clock. A `TAKE` fails because somebody has it already, a
    `DROP` because `who` does not have it.
    """

    kind: Kind
    who: str
    begun: float
    ended: float
    outcome: Outcome = Outcome.OK


def is_explained(history: Sequence[Act]) -> bool:
    """Whether some order of the acts explains every answer."""
    acts = sorted(history, key=lambda act: act.begun)
    definite = sum(1 << n for n, act in enumerate(acts) if act.outcome is not Outcome.INFO)
    waiting, tried = [(0, NOBODY)], set[tuple[int, str]]()
    while waiting:
        node = _with_what_changes_nothing(acts, *waiting.pop())
        done, owner = node
        if done & definite == definite:
            return True
        if node in tried:
            continue
        tried.add(node)
        for number in _possible_next(acts, done):
            after = _changed(acts[number], owner)
            if after is not None:
                waiting.append((done | 1 << number, after))
    return False


def _with_what_changes_nothing(acts: Sequence[Act], done: int, owner: str) -> tuple[int, str]:
    """The node once every possible answer that only looks, and is right now, has its place."""
    while True:
        right = [n for n in _possible_next(acts, done) if _is_right(acts[n], owner)]
        if not right:
            return done, owner
        for number in right:
            done |= 1 << number


def _possible_next(acts: Sequence[Act], done: int) -> Iterator[int]:
    """Acts that began before any other that is definite and still to be placed had ended."""
    first = (~done & (done + 1)).bit_length() - 1
    horizon = float("inf")
    for number in range(first, len(acts)):
        act = acts[number]
        if act.begun > horizon:
            break
        if not done >> number & 1 and act.outcome is not Outcome.INFO:
            horizon = min(horizon, act.ended)
    for number in range(first, len(acts)):
        if acts[number].begun > horizon:
            return
        if not done >> number & 1:
            yield number


def _is_right(act: Act, owner: str) -> bool:
    """Whether the act changes nothing and says the truth about this owner."""
    if act.outcome is Outcome.FAIL:
        return owner != NOBODY if act.kind is Kind.TAKE else owner != act.who
    return act.outcome is Outcome.OK and act.kind is Kind.SEEN and owner == act.who


def _changed(act: Act, owner: str) -> str | None:
    """Whose it is after the act; None if it cannot have happened now, or changes nothing."""
    if act.outcome is Outcome.FAIL:
        return None
    if act.kind is Kind.TAKE and owner == NOBODY:
        return act.who
    if act.kind is Kind.DROP and owner == act.who:
        return NOBODY
    return None
