"""kill -9, or a polite end, at moments that a seed decides. Only descendants of the product that we
started ourselves.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bench.processes import descendants

# What each victim's command line contains; a backend serves one connection of ours.
_VICTIMS = {
    "server": "boxoffice.cli.server",
    "worker": "boxoffice.cli.work",
    "backend": "postgres: boxoffice_app",
    "PostgreSQL": "bin/postgres -D",
}
_PATIENCE = 30.0
Strike = Callable[[], Awaitable[None]]


class Faults:
    """Ends parts of the product whose supervisor is the process `root`."""

    def __init__(self, root: int, dice: random.Random) -> None:
        self._root, self._dice = root, dice
        self.struck: list[str] = []

    def strikes(self, *victims: str) -> list[Strike]:
        """One for each."""
        return [lambda victim=victim: self.kill(victim) for victim in victims]

    def stops(self, *victims: str) -> list[Strike]:
        """One for each, as a new version is rolled out: each is asked to end."""
        return [lambda victim=victim: self.kill(victim, signal.SIGTERM) for victim in victims]

    async def kill(self, victim: str, how: signal.Signals = signal.SIGKILL) -> None:
        """One of its kind, as soon as there is one."""
        deadline = time.monotonic() + _PATIENCE
        while not (alive := self._alive(victim)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"there is no {victim} to kill")
            await asyncio.sleep(0.05)
        os.kill(self._dice.choice(alive), how)
        self.struck.append(victim)

    def _alive(self, victim: str) -> list[int]:
        mark = _VICTIMS[victim]
        return [pid for pid in descendants(self._root) if mark in _command(pid)]


async def strike_at_random(
    strikes: Sequence[Strike], dice: random.Random, *, within: float, apart: float
) -> None:
    """All of them, at random moments of the next `within` seconds, at least `apart`."""
    slack = within - apart * (len(strikes) - 1)
    moments = sorted(dice.uniform(0, slack) for _ in strikes)
    begun = time.monotonic()
    for number, (moment, strike) in enumerate(zip(moments, strikes, strict=True)):
        due = begun + moment + number * apart
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await strike()


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
