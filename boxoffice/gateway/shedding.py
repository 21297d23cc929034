"""Load shedding: who would have to wait too long for a place in the shop is told so at once.

Only entrances are closed: operations that say `opt={"entrance": True}`, because they begin
something. Whoever is inside pays, confirms and walks in as ever, so the work done for them is not
lost to newcomers; and a refusal costs next to nothing, so that it can be given quickly to many.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from random import SystemRandom
from time import perf_counter

import msgspec

from boxoffice.gateway.operations import Operation
from boxoffice.kernel.refusals import Busy

# Those refused come back at different times.
_BACK_AFTER = range(1, 4)
_PARAMETER = re.compile(r"\{[^}]*\}")
_chance = SystemRandom()


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """`wait`: seconds that somebody admitted may be expected to take. `few`: so many never crowd;
    they fill a flush (`data/coalescing.py`), and fewer at once are served slower, not quicker.

    `rate` is how many a second are served, as long as nothing is known; it is measured over
    `window` seconds in which there were never fewer than `few`.
    """

    wait: float = 0.5
    few: int = 256
    rate: float = 2000.0
    window: float = 0.25


class Shedding:
    """The entrances of one process. By Little's law the wait is those inside over the rate."""

    def __init__(
        self,
        operations: Iterable[Operation],
        patience: Patience | None = None,
        *,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._entrances: dict[str, list[tuple[re.Pattern[str], Operation]]] = {}
        for one in operations:
            if one.is_entrance:
                if "{" in _last(one.route):
                    raise ValueError(f"{one.route}: an entrance ends in a word of its own")
                here = self._entrances.setdefault(_last(one.route), [])
                here.append((_paths_of(one.route), one))
        self._patience = patience or Patience()
        self._clock = clock
        self._rate = self._patience.rate
        self._inside = self._served = 0
        self._since: float | None = None
        self.refused = 0

    def entrance_at(self, method: str, path: str) -> Operation | None:
        """The entrance that is asked for, if it is one."""
        if method != "POST":
            return None
        here = self._entrances.get(_last(path), ())
        return next((one for paths, one in here if paths.fullmatch(path)), None)

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Inside while the block lasts; `Busy` instead if it would last too long."""
        self._refuse_if_crowded()
        self._inside += 1
        if self._inside == self._patience.few:
            self._since, self._served = self._clock(), 0
        try:
            yield
        finally:
            self._served += 1
            self._measure()
            self._inside -= 1
            if self._inside < self._patience.few:
                self._since = None

    def _refuse_if_crowded(self) -> None:
        crowd = self._inside + 1
        if crowd > self._patience.few and crowd / self._rate > self._patience.wait:
            self.refused += 1
            raise Busy(retry_after=_chance.choice(_BACK_AFTER))

    def _measure(self) -> None:
        if self._since is None or self._clock() - self._since < self._patience.window:
            return
        now = self._clock()
        self._rate = (self._rate + self._served / (now - self._since)) / 2
        self._since, self._served = now, 0


def _last(path: str) -> str:
    """The last word of a path, by which nearly all that are no entrance are told at once."""
    return path.rpartition("/")[2]


def _paths_of(route: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in _PARAMETER.split(route)))
