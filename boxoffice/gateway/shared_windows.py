"""Counting in fixed windows over all processes, through a server that speaks the Redis protocol.

Asking the server at every hit, as `limits` does, costs 43 to 90 µs of our own CPU. So hits are
counted at home, and four times a second what is new goes out in one script call (4 µs a key), which
brings back what all processes counted. Others' hits thus count a quarter of a second late, and
not at all while they are a sixteenth of the limit or fewer: a crowd of buyers who ask once or twice
costs the server nothing, and who is refused by one process has that much left at each other one.
While it is gone each process counts alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from math import ceil
from time import time
from typing import cast

import structlog
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from boxoffice.data.tasks import end
from boxoffice.gateway.windows import MOST_KEYS, Count, Rule

EXCHANGE_SECONDS = 0.25
PAUSE_SECONDS = 2.0
# So much of a limit is counted at home only.
QUIET_SHARE = 1 / 16
_ADD = """
local totals = {}
for i = 1, #KEYS do
    totals[i] = redis.call('INCRBY', KEYS[i], ARGV[i + #KEYS])
    if totals[i] == tonumber(ARGV[i + #KEYS]) then redis.call('EXPIRE', KEYS[i], ARGV[i]) end
end
return totals
"""
_log = structlog.get_logger(__name__)


class Counter:
    """Hits counted here, how many of them the server knows, and the hits it knows from others."""

    __slots__ = ("hits", "name", "others", "seconds", "told")

    def __init__(self, name: str, seconds: int) -> None:
        self.name, self.seconds = name, seconds
        self.hits = self.told = self.others = 0


class SharedWindows:
    """Counters of many processes. The exchange starts with the first hit; `close` ends it."""

    def __init__(self, server: Valkey, clock: Callable[[], float] = time) -> None:
        self._server = server
        self._script = cast("Callable[..., Awaitable[list[int]]]", server.register_script(_ADD))
        self._clock = clock
        self._windows: dict[str, tuple[int, dict[str, Counter]]] = {}
        self._untold: dict[str, Counter] = {}
        self._task: asyncio.Task[None] | None = None

    async def hit(self, rule: Rule, key: str) -> Count:
        """Count one more; the answer includes what is known of other processes."""
        now = self._clock()
        window = int(now // rule.seconds)
        resets_in = ceil((window + 1) * rule.seconds - now)
        counter = self._counter(rule, window, key)
        if counter is None:
            return Count(1, resets_in)
        counter.hits += 1
        if counter.hits > rule.amount * QUIET_SHARE:
            self._untold[counter.name] = counter
        if self._task is None:
            self._task = asyncio.create_task(self._exchange_regularly())
        return Count(counter.hits + counter.others, resets_in)

    async def close(self) -> None:
        """Stop the exchange and leave the server."""
        if self._task is not None:
            await end(self._task)
        await self._server.aclose()

    async def exchange(self) -> None:
        """Tell the server what is new here and learn what others counted."""
        counters = list(self._untold.values())
        self._untold.clear()
        try:
            await self._add(counters)
        except BaseException:
            self._untold = {counter.name: counter for counter in counters} | self._untold
            raise

    def _counter(self, rule: Rule, window: int, key: str) -> Counter | None:
        """None once more keys came in one window than we care to hold."""
        number, counters = self._windows.get(rule.name, (-1, {}))
        if number != window:
            counters = {}
            self._windows[rule.name] = window, counters
        counter = counters.get(key)
        if counter is None and len(counters) < MOST_KEYS:
            name = f"boxoffice:limits:{rule.name}:{window}:{key}"
            counter = counters[key] = Counter(name, rule.seconds)
        return counter

    async def _add(self, counters: Sequence[Counter]) -> None:
        new = [counter.hits - counter.told for counter in counters]
        seconds = [counter.seconds for counter in counters]
        totals = await self._script(
            keys=[counter.name for counter in counters], args=[*seconds, *new]
        )
        for counter, added, total in zip(counters, new, totals, strict=True):
            counter.told += added
            counter.others = max(0, total - counter.told)

    async def _exchange_regularly(self) -> None:
        reachable = True
        while True:
            await asyncio.sleep(EXCHANGE_SECONDS if reachable else PAUSE_SECONDS)
            was_reachable, reachable = reachable, await self._try_exchange()
            if reachable != was_reachable:
                _log.warning("rate limit counters", shared=reachable)

    async def _try_exchange(self) -> bool:
        """Whether the server answered."""
        try:
            if self._untold:
                await self.exchange()
        except (ValkeyError, OSError, TimeoutError):
            return False
        return True
