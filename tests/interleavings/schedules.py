"""Which schedules there are, and which is played next: pure.

A schedule is a list of choices: which party makes its next step. Of schedules that differ only in
the order of steps that commute one is enough. So the search looks at what it has played for steps
that raced, and only there goes another way (dynamic partial order reduction); what was tried from
some place stays asleep behind it until a step is made that it depends on (sleep sets).
"""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tests.interleavings.traces import Step, Trace

Enabled = Mapping[int, Step]
_NOBODY: frozenset[int] = frozenset()


class Chooser(Protocol):
    """Decides who makes the next step, one choice after the other from the beginning; `waiting`
    are those who wait for a lock. None: the rest does not matter.
    """

    def choose(self, enabled: Enabled, waiting: Collection[int] = _NOBODY) -> int | None: ...


@dataclass
class _Fork:
    """A place where somebody had to be chosen. `wanted`: who is to be tried there; `waiters`: who
    had to wait for a lock then.
    """

    enabled: dict[int, Step]
    asleep: dict[int, Step]
    chosen: int
    wanted: set[int]
    done: dict[int, Step] = field(default_factory=dict[int, Step])
    waiters: set[int] = field(default_factory=set[int])

    def next(self) -> int | None:
        left = self.wanted - self.asleep.keys() - self.done.keys()
        return min(left, default=None)

    def want_one_of(self, parties: Collection[int]) -> None:
        """One of them is enough to see the two that raced the other way round."""
        may = [one for one in parties if one in self.enabled]
        if may and not self.wanted.intersection(may):
            self.wanted.add(may[0])
        elif not may:
            self.wanted.update(self.enabled)


class Search:
    """All schedules, each once but for equal ones, in order: play one, then `go_on`."""

    def __init__(self) -> None:
        self._forks: list[_Fork] = []
        self._at = 0
        self.is_equal = False

    def choose(self, enabled: Enabled, waiting: Collection[int] = _NOBODY) -> int | None:
        """As planned; where nothing is planned yet, the first who is not asleep."""
        if self._at == len(self._forks):
            self._forks.append(self._fork(dict(enabled), waiting))
        fork = self._forks[self._at]
        self._at += 1
        if self.is_equal:
            return None
        # The stage may have changed a little under our feet; then any choice will do.
        return fork.chosen if fork.chosen in enabled else min(enabled)

    def _fork(self, enabled: dict[int, Step], waiting: Collection[int]) -> _Fork:
        fork = _Fork(enabled, {}, min(enabled), set())
        if self._forks:
            self._lay_asleep(fork, waiting)
        awake = [one for one in enabled if one not in fork.asleep]
        self.is_equal = not awake
        if awake:
            fork.chosen = awake[0]
            fork.wanted.add(fork.chosen)
        return fork

    def _lay_asleep(self, fork: _Fork, waiting: Collection[int]) -> None:
        """Who was asleep before the last step, or tried in its place, and does not depend on it:
        whoever waits for a lock does as long as nobody lets go of any.
        """
        last = self._forks[-1]
        made = last.enabled[last.chosen]
        if last.chosen in waiting:
            last.waiters.add(last.chosen)
        for who, step in {**last.asleep, **last.done}.items():
            waits = who in last.waiters and not made.ends and last.chosen not in waiting
            # Or the last waits for it, and would as well if it had gone on before.
            is_alone = last.chosen in waiting and len(fork.enabled) == 1 and not step.ends
            if who != last.chosen and (waits or is_alone or step.commutes_with(made)):
                fork.asleep[who] = step
                fork.waiters.update({who} & last.waiters)

    def go_on(self, trace: Trace) -> bool:
        """Plan the next schedule after this one was played; whether there is one."""
        for place, parties in trace.reversals():
            self._forks[place].want_one_of(parties)
        self._at, self.is_equal = 0, False
        while self._forks:
            fork = self._forks[-1]
            fork.done[fork.chosen] = fork.enabled[fork.chosen]
            following = fork.next()
            if following is not None:
                fork.chosen = following
                return True
            self._forks.pop()
        return False


class Drawn:
    """A schedule drawn by lot; the same for the same seed. Some change hands often, some seldom."""

    def __init__(self, seed: str) -> None:
        self._lot = random.Random(seed)  # noqa: S311  # no secret
        self._stays = self._lot.choice((0.0, 0.5, 0.8, 0.9))
        self._last = -1

    def choose(self, enabled: Enabled, waiting: Collection[int] = _NOBODY) -> int:
        stays = self._last in enabled and self._lot.random() < self._stays
        self._last = self._last if stays else self._lot.choice(sorted(enabled))
        return self._last


class Serial:
    """One after the other, in this order."""

    def __init__(self, *order: int) -> None:
        self._order = order

    def choose(self, enabled: Enabled, waiting: Collection[int] = _NOBODY) -> int:
        return min(enabled, key=self._order.index)


class Replayed:
    """These choices, then whoever is first."""

    def __init__(self, choices: str) -> None:
        self._left = list(choices)

    def choose(self, enabled: Enabled, waiting: Collection[int] = _NOBODY) -> int:
        wanted = int(self._left.pop(0)) if self._left else -1
        return wanted if wanted in enabled else min(enabled)
