"""What was done in which order, and which of it could have been the other way round: pure.

A trace is a list of events. Two of them depend on each other if their order may make a difference;
traces in which all such pairs have one order are one schedule (a Mazurkiewicz trace).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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


@lru_cache(maxsize=2000)
def step_of(statement: str) -> Step:
    """What the statement touches; of one that locks rows all of its tables count as locked."""
    named = frozenset(_TABLE.findall(statement)) - _APART
    written = frozenset(_WRITTEN.findall(statement)) - _APART
    return Step(named, named if _LOCKS.search(statement) else written)


@dataclass(slots=True)
class Event:
    """A step that was made. `until`: where in the trace it was over; just behind itself, unless it
    waited for a lock.
    """

    who: int
    step: Step
    until: int


# Of everybody the place of the last event that something comes after.
_Clock = dict[int, int]


class Trace:
    """Events in their order, and which of them come after which whatever the order."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events
        self._own = list(_own(events))
        self._excused = [self._excuses(place) for place in range(len(events))]
        self._after: list[_Clock] = []
        for place, event in enumerate(events):
            clock = self._known(place)
            for before in reversed(range(place)):
                if not self._is_in(clock, before) and self._depend(before, place):
                    _merge(clock, self._after[before])
            clock[event.who] = place
            self._after.append(clock)

    def key(self) -> int:
        """The same for traces that are one schedule."""
        numbers = self._numbers()
        return hash(
            frozenset(
                (
                    event.who,
                    numbers[place],
                    event.step,
                    frozenset((who, numbers[last]) for who, last in self._after[place].items()),
                )
                for place, event in enumerate(self._events)
            )
        )

    def reversals(self) -> Iterator[tuple[int, list[int]]]:
        """Of any two events that race: the place of the first, and who might have gone on there
        instead, so that the second comes first.
        """
        for second in range(len(self._events)):
            for first in self._racing(second):
                whose = self._events[first].who
                rest = [
                    place
                    for place in range(first + 1, second)
                    if self._after[place].get(whose, -1) < first
                ]
                yield first, self._who_may_begin([*rest, second])

    def _numbers(self) -> list[int]:
        """Of each event how many its party made before."""
        numbers: list[int] = []
        for own in self._own:
            numbers.append(0 if own is None else numbers[own] + 1)
        return numbers

    def _known(self, place: int) -> _Clock:
        """What this event comes after because its party could not have made it sooner: its last,
        and whatever ended its waiting.
        """
        clock: _Clock = {}
        own = self._own[place]
        if own is not None:
            _merge(clock, self._after[own])
            _merge(clock, self._after[self._events[own].until - 1])
        return clock

    def _is_in(self, clock: _Clock, place: int) -> bool:
        return clock.get(self._events[place].who, -1) >= place

    def _depend(self, first: int, second: int) -> bool:
        """Whether the order of these two matters. Whoever waits for a lock waits for it whether it
        was asked for a moment sooner or later, once the other has it.
        """
        one, other = self._events[first], self._events[second]
        goes_on_waiting = one.until > second + 1 == other.until
        if (goes_on_waiting and not other.step.ends) or first in self._excused[second]:
            return False
        return not one.step.commutes_with(other.step)

    def _excuses(self, second: int) -> set[int]:
        """What the other had done, of the transaction that this one then waited for, but for the
        first of it that may have been in its way.
        """
        event = self._events[second]
        if event.until == second + 1:
            return set()
        whose = self._events[event.until - 1].who
        steps = [n for n in range(second) if self._events[n].who == whose]
        begun = max((n for n in steps if self._events[n].step.ends), default=-1)
        in_the_way = [
            n for n in steps if n > begun and not self._events[n].step.commutes_with(event.step)
        ]
        return set(in_the_way[1:])

    def _racing(self, second: int) -> Iterator[int]:
        """Events that this one depends on, with none between, and that it might have preceded."""
        own = self._own[second]
        waited = range(0) if own is None else range(own + 1, self._events[own].until)
        known = self._known(second)
        for first in reversed(range(second)):
            if not self._is_in(known, first) and self._depend(first, second):
                _merge(known, self._after[first])
                if first not in waited:
                    yield first

    def _who_may_begin(self, places: Sequence[int]) -> list[int]:
        found: dict[int, bool] = {}
        for place in places:
            earlier = (n for n in places if n < place)
            may = not any(self._is_in(self._after[place], n) for n in earlier)
            found.setdefault(self._events[place].who, may)
        return [who for who, may in found.items() if may]


def _own(events: Iterable[Event]) -> Iterator[int | None]:
    """The place of each party's event before."""
    lasts: dict[int, int] = {}
    for place, event in enumerate(events):
        yield lasts.get(event.who)
        lasts[event.who] = place


def _merge(clock: _Clock, other: _Clock) -> None:
    for who, place in other.items():
        if clock.get(who, -1) < place:
            clock[who] = place
