"""The invariants are looked at while the house is open; whoever runs it hears of what is broken.

A worker looks, logs, and leaves what it has seen in the cache; the servers read it there for their
measurements. Nobody is refused anything because of it.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import msgspec
import structlog

from boxoffice.app.invariants import INVARIANTS
from boxoffice.data.cache import Cache
from boxoffice.data.deliveries import Periodic
from boxoffice.data.invariants import Invariant, Sweep, sweep
from boxoffice.data.postgres import Database
from boxoffice.data.tasks import end

# What is older is looked at by night; stock always is.
RECENT = timedelta(days=2)
LEARN_SECONDS = 15.0
_SHOWN_IN_LOG = 5
# By the scope of a sweep: for how long it says something.
_KEPT_SECONDS = {"recent": 15 * 60.0, "all": 26 * 3600.0}

log = structlog.get_logger(__name__)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """How many invariants a sweep found broken."""

    broken: int


class Watch:
    """Looks, and knows what was seen last, by whichever process."""

    def __init__(
        self, db: Database, cache: Cache, invariants: Sequence[Invariant] = INVARIANTS
    ) -> None:
        self._db = db
        self._cache = cache
        self._invariants = invariants
        self._broken: dict[str, float] = dict.fromkeys(_KEPT_SECONDS, math.nan)

    async def look_at_recent(self) -> None:
        """Stock as a whole, and what was sold, paid and scanned in the last two days."""
        await self._look("recent", RECENT)

    async def look_at_all(self) -> None:
        """Everything, however old."""
        await self._look("all", None)

    async def learn(self) -> None:
        """Read what was seen last; while the cache is gone, what is known stays known."""
        for scope in _KEPT_SECONDS:
            found = await self._cache.get(_key(scope))
            if found is not None:
                self._broken[scope] = msgspec.json.decode(found, type=Seen).broken
            elif self._cache.is_reachable:
                self._broken[scope] = math.nan

    @asynccontextmanager
    async def learning(self) -> AsyncIterator[None]:
        """Reads it every few seconds while the block runs."""
        learner = asyncio.create_task(self._keep_learning())
        try:
            yield
        finally:
            await end(learner)

    def gauges(self) -> dict[str, Callable[[], float]]:
        """Invariants that are broken; not a number if nobody has looked for too long."""
        return {
            "boxoffice_invariants_broken": lambda: self._broken["recent"],
            "boxoffice_invariants_broken_of_all": lambda: self._broken["all"],
        }

    def periodic(self) -> list[Periodic]:
        """Each in one worker at a time."""
        return [
            Periodic(
                name="data.look_at_invariants", schedule="*/5 * * * *", run=self.look_at_recent
            ),
            Periodic(
                name="data.look_at_all_invariants", schedule="41 3 * * *", run=self.look_at_all
            ),
        ]

    async def _look(self, scope: str, within: timedelta | None) -> None:
        found = await sweep(self._db, self._invariants, within=within)
        _tell(scope, found)
        await self._cache.set(
            _key(scope),
            msgspec.json.encode(Seen(broken=len(found.violations))),
            seconds=_KEPT_SECONDS[scope],
        )

    async def _keep_learning(self) -> None:
        while True:
            await self.learn()
            await asyncio.sleep(LEARN_SECONDS)


def _key(scope: str) -> str:
    return f"invariants:{scope}"


def _tell(scope: str, found: Sweep) -> None:
    for one in found.violations:
        log.error(
            "invariant_broken",
            invariant=one.name,
            promise=one.promise,
            rows=[
                f"{row.id} of {row.organizer_id}: {row.found}"
                for row in one.offenders[:_SHOWN_IN_LOG]
            ],
            more=one.more or len(one.offenders) > _SHOWN_IN_LOG,
        )
    if not found.violations:
        log.info("invariants_hold", scope=scope, seconds=round(found.seconds, 2))
