"""Which schedules there are: pure.

A schedule is a list of choices: which party makes its next step. Two steps commute if they would do
the same the other way round; schedules that differ only in the order of such steps are equal, and
of equal ones the search goes one way only (sleep sets: what was tried from here stays asleep until
a step is made that it depends on).
"""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

_TABLE = re.compile(r"\b(?:events|bookings|payments|users|data)\.\w+")
_WRITTEN = re.compile(r"\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+((?:\w+)\.\w+)")
_LOCKS = re.compile(r"\bFOR\s+(?:NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)\b")
# Rows are only ever added to them, each by its own transaction.
_APART = frozenset({"data.outbox", "data.audit_log"})


class Step(NamedTuple):
    """What a party is about to do: the tables it looks at, and those it locks or writes rows of. A
    commit (`ends`) lets others see what was written, and lets go of what was locked.
    """

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    ends: bool = False

    def commutes_with(self, other: "Step") -> bool:
        """Whether the order of the two makes no difference. What is not committed nobody sees."""
        if self.ends and other.ends:
            return True
        if self.ends or other.ends:
            ending, going_on = (self, other) if self.ends else (other, self)
            return not ending.writes & (going_on.reads | going_on.writes)
        return not self.writes & other.writes


def step_of(statement: str) -> Step:
    """What the statement touches; of one that locks rows all of its tables count as locked."""
    named = frozenset(_TABLE.findall(statement)) - _APART
    written = frozenset(_WRITTEN.findall(statement)) - _APART
    return Step(named, named if _LOCKS.search(statement) else written)


Enabled = Mapping[int, Step]


class Chooser(Protocol):
    """Decides who makes the next step, one choice after the other from the beginning. None: the
    rest does not matter.
    """

    def choose(self, enabled: Enabled) -> int | None: ...


@dataclass
class _Fork:
    """A place where somebody had to be chosen."""

    enabled: dict[int, Step]
    asleep: dict[int, Step]
    chosen: int
    done: dict[int, Step] = field(default_factory=dict[int, Step])

    def others(self) -> list[int]:
        return [one for one in self.enabled if one not in self.asleep and one not in self.done]


class Search:
    """All schedules, each once but for equal ones, in order: play one, then `go_on`."""

    def __init__(self) -> None:
        self._forks: list[_Fork] = []
        self._at = 0
        self.is_equal = False

    def choose(self, enabled: Enabled) -> int | None:
        """As planned; where nothing is planned yet, the first who is not asleep."""
        if self._at == len(self._forks):
            self._forks.append(self._fork(dict(enabled)))
        fork = self._forks[self._at]
        self._at += 1
        if self.is_equal:
            return None
        # The stage may have changed a little under our feet; then any choice will do.
        return fork.chosen if fork.chosen in enabled else min(enabled)

    def _fork(self, enabled: dict[int, Step]) -> _Fork:
        asleep = self._still_asleep() if self._forks else {}
        fork = _Fork(enabled, asleep, chosen=min(enabled))
        awake = fork.others()
        self.is_equal = self.is_equal or not awake
        fork.chosen = awake[0] if awake else fork.chosen
        return fork

    def _still_asleep(self) -> dict[int, Step]:
        last = self._forks[-1]
        made = last.enabled[last.chosen]
        slept = {**last.asleep, **last.done}
        return {
            who: step
            for who, step in slept.items()
            if who != last.chosen and step.commutes_with(made)
        }

    def go_on(self) -> bool:
        """Plan the next schedule; whether there is one."""
        self._at, self.is_equal = 0, False
        while self._forks:
            fork = self._forks[-1]
            fork.done[fork.chosen] = fork.enabled[fork.chosen]
            if left := fork.others():
                fork.chosen = left[0]
                return True
            self._forks.pop()
        return False


class Drawn:
    """A schedule drawn by lot; the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._lot = random.Random(seed)  # noqa: S311  # no secret

    def choose(self, enabled: Enabled) -> int:
        return self._lot.choice(sorted(enabled))


class Serial:
    """One after the other, in this order."""

    def __init__(self, *order: int) -> None:
        self._order = order

    def choose(self, enabled: Enabled) -> int:
        return min(enabled, key=self._order.index)


class Replayed:
    """These choices, then whoever is first."""

    def __init__(self, choices: str) -> None:
        self._left = list(choices)

    def choose(self, enabled: Enabled) -> int:
        wanted = int(self._left.pop(0)) if self._left else -1
        return wanted if wanted in enabled else min(enabled)
