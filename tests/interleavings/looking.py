"""Looking through schedules of some moves: systematically first, then by lot."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from tests.interleavings.hall import Hall, Illegal, Names, check
from tests.interleavings.schedules import Drawn, Search

# So many tries by lot in a row that bring nothing new are enough.
_NOTHING_NEW = 25


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


async def look_through(hall: Hall, names: Names, *, most: int, seed: str) -> Looked:
    """Up to `most` schedules; raises `Illegal` at the first that ends as none may."""
    begun, serial = time.monotonic(), await hall.serial_ends(names)
    seen: set[str] = set()
    search, waits, runs, is_whole = Search(), 0, 0, False
    while len(seen) < most and runs < 2 * most and not is_whole:
        met, end = await hall.play(names, search)
        runs += 1
        check(names, met, end, serial)
        if not search.is_equal:
            seen.add(met.choices)
            waits += met.waits
        is_whole = not search.go_on()
    searched, tries, stale = len(seen), 0, 0
    while len(seen) < most and stale < _NOTHING_NEW:
        met, end = await hall.play(names, Drawn(f"{seed}/{names}/{tries}"))
        check(names, met, end, serial)
        stale = stale + 1 if met.choices in seen else 0
        tries, waits = tries + 1, waits + met.waits
        seen.add(met.choices)
    await hall.look()
    seconds = time.monotonic() - begun
    return Looked(names, searched, len(seen) - searched, waits, is_whole, seconds)


async def look_through_all(
    hall: Hall, many: Sequence[Names], *, most: int, seed: str
) -> tuple[list[Looked], list[str]]:
    """Each of them; what was looked through, and what went wrong."""
    looked: list[Looked] = []
    wrong: list[str] = []
    for names in many:
        try:
            looked.append(await look_through(hall, names, most=most, seed=seed))
            print(looked[-1], flush=True)
        except (Illegal, TimeoutError) as error:
            wrong.append(f"{' x '.join(names)}: {error!r}" if not str(error) else str(error))
            print(f"ILLEGAL {wrong[-1]}", flush=True)
    return looked, wrong
