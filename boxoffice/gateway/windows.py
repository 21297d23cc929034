"""Counting in fixed windows of time, in this process's memory.

`limits`' own memory storage walks all its keys at every hit (10,000 addresses: 800 µs each), so
counting is done here: one dictionary per window, dropped whole when the window is over.
"""

from collections.abc import Callable
from math import ceil
from time import time

import limits
import msgspec

MOST_KEYS = 200_000


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """At most `amount` hits in each window of `seconds`."""

    name: str
    amount: int
    seconds: int

    @classmethod
    def parse(cls, name: str, text: str) -> "Rule":
        """Of `20/minute` and the like; ValueError for anything else."""
        item = limits.parse(text)
        return cls(name=name, amount=item.amount, seconds=item.get_expiry())


class Count(msgspec.Struct, frozen=True):
    """Hits so far, this one included, and the seconds until the window ends."""

    hits: int
    resets_in: int


class Windows:
    """Counters of this process alone."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        self._clock = clock
        self._windows: dict[str, tuple[int, dict[str, int]]] = {}

    async def hit(self, rule: Rule, key: str) -> Count:
        """Count one more."""
        return self.count(rule, key)

    def count(self, rule: Rule, key: str) -> Count:
        now = self._clock()
        window = int(now // rule.seconds)
        number, hits = self._windows.get(rule.name, (-1, {}))
        if number != window:
            hits = {}
            self._windows[rule.name] = window, hits
        if key not in hits and len(hits) >= MOST_KEYS:
            return Count(1, rule.seconds)
        hits[key] = hits.get(key, 0) + 1
        return Count(hits[key], ceil((window + 1) * rule.seconds - now))
