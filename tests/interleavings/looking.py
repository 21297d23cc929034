"""Looking through schedules of some moves: systematically first, then by lot."""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.interleavings.hall import End, Hall, Illegal, Names, check
from tests.interleavings.schedules import Chooser, Drawn, Search
from tests.interleavings.traces import Trace

# So many tries by lot in a row that bring nothing new are enough.
_NOTHING_NEW = 5


class Looked(NamedTuple):
    """How many schedules were played; `is_whole`: all that differ. `waits`: for locks."""

    names: Names
    searched: int
    drawn: int
    waits: int
    is_whole: bool
    seconds: float

    @property
    def played(self) -> int:
        return self.searched + self.drawn

    def __str__(self) -> str:
        whole = "all that differ" if self.is_whole else "searched"
        return (
            f"{' x '.join(self.names)}: {self.searched} {whole}, {self.drawn} by lot, "
            f"{self.waits} waits, {self.seconds:.1f} s"
        )


class _Look:
    """One look through the schedules of some moves: what was seen so far."""

    def __init__(self, hall: Hall, names: Names, serial: set[End], most: int) -> None:
        self._hall, self._names, self._serial, self._most = hall, names, serial, most
        self._search, self._seen = Search(), set[int]()
        self.searched = self.drawn = self.waits = 0
        self.is_whole = False

    @property
    def played(self) -> int:
        return len(self._seen)

    async def search(self, until: int) -> None:
        """Systematically, until so many are seen; each counts once, equal ones as one."""
        runs = 0
        while self.played < until and runs < 2 * self._most and not self.is_whole:
            trace = await self._play(self._search)
            self.searched += not self._search.is_equal and self._see(trace)
            self.is_whole = not self._search.go_on(trace)
            runs += 1

    async def draw(self, seed: str) -> None:
        """By lot: a search that is not over has only turned the ends over."""
        tries, stale = 0, 0
        while self.played < self._most and stale < _NOTHING_NEW and not self.is_whole:
            trace = await self._play(Drawn(f"{seed}/{self._names}/{tries}"))
            is_new = self._see(trace)
            self.drawn += is_new
            tries, stale = tries + 1, 0 if is_new else stale + 1

    async def _play(self, chooser: Chooser) -> Trace:
        met, end = await self._hall.play(self._names, chooser)
        check(self._names, met, end, self._serial)
        self.waits += met.waits
        return Trace(met.trace)

    def _see(self, trace: Trace) -> bool:
        before = len(self._seen)
        self._seen.add(trace.key())
        return len(self._seen) > before


async def look_through(hall: Hall, names: Names, *, most: int, seed: str) -> Looked:
    """Up to `most` schedules; raises `Illegal` at the first that ends as none may."""
    begun = time.monotonic()
    look = _Look(hall, names, await hall.serial_ends(names), most)
    await look.search(most // 2)
    await look.draw(seed)
    await look.search(most)
    await hall.look()
    seconds = time.monotonic() - begun
    return Looked(names, look.searched, look.drawn, look.waits, look.is_whole, seconds)


async def look_through_all(
    hall: Hall, many: Iterable[Names], *, most: int, seed: str, tell: Callable[[int], None]
) -> tuple[list[Looked], list[str]]:
    """Each of them; what was looked through, and what went wrong. `tell` hears how many it was."""
    looked: list[Looked] = []
    wrong: list[str] = []
    for names in many:
        try:
            looked.append(await look_through(hall, names, most=most, seed=seed))
            tell(looked[-1].played)
            print(looked[-1], flush=True)
        except (Illegal, TimeoutError) as error:
            wrong.append(f"{' x '.join(names)}: {error!r}" if not str(error) else str(error))
            print(f"ILLEGAL {wrong[-1]}", flush=True)
    return looked, wrong
