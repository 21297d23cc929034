"""Courtesy: on a machine of one's own the worker lets the rest go first.

Priorities are not enough where two processors are shared by server, database and worker: what runs
in the gaps still costs caches and wake-ups, a sixth of a rush's sales. So a job begins only while
others leave a processor free, or when none has begun for long enough.
"""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

LOOK_SECONDS = 0.25
# In the longest rush one job begins this often.
MOST_SECONDS = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")
_STAT = Path("/proc/stat")
# Columns of /proc/stat in which nobody worked: idle and iowait.
_IDLE = slice(3, 5)


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds since some beginning: by the clock, of work by all processes, of work by us."""

    clock: float
    everybody: float
    ours: float


def spent() -> Spent | None:
    """As the system counts it; None where it does not tell."""
    try:
        ticks = [int(column) for column in _STAT.read_text().split("\n", 1)[0].split()[1:9]]
    except (OSError, ValueError):
        return None
    worked = sum(ticks) - sum(ticks[_IDLE])
    return Spent(clock=time.monotonic(), everybody=worked / _TICKS, ours=time.process_time())


def is_crowded(before: Spent, after: Spent, *, processors: int) -> bool:
    """Whether others left less than one processor (of a single one: half) free in between."""
    others = (after.everybody - before.everybody) - (after.ours - before.ours)
    free = processors - others / max(after.clock - before.clock, 1e-6)
    return free < min(1.0, processors / 2)


class Courtesy:
    """`turn` returns when it is ours to work."""

    def __init__(
        self, look: Callable[[], Spent | None] = spent, *, processors: int | None = None
    ) -> None:
        self._look = look
        self._processors = processors or os.cpu_count() or 1
        self._seen = look()
        self._crowded = False
        self._began = time.monotonic()

    async def turn(self) -> None:
        """Wait while the machine is crowded, unless nobody has had a turn for `MOST_SECONDS`."""
        while self._is_crowded() and time.monotonic() < self._began + MOST_SECONDS:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(LOOK_SECONDS)
        self._began = time.monotonic()

    def _is_crowded(self) -> bool:
        """As of the last look, which is never much older than `LOOK_SECONDS`."""
        before, after = self._seen, self._look()
        if before is None or after is None:
            return False
        if after.clock - before.clock >= LOOK_SECONDS * 0.9:
            self._crowded = is_crowded(before, after, processors=self._processors)
            self._seen = after
        return self._crowded
