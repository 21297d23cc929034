"""The invariants, looked at every few seconds while the product is under load."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import msgspec

from boxoffice.app.invariants import INVARIANTS
from boxoffice.data.invariants import sweep
from boxoffice.data.postgres import Database, DatabaseSettings

EVERY_SECONDS = 5.0
# Until somebody looks whether the database is back.
_SOON_SECONDS = 0.2
# Of orders only the newest, so that the looking costs next to nothing; stock as a whole.
_NEWEST = timedelta(seconds=30)


class Watched(msgspec.Struct, kw_only=True):
    """What was seen; `broken` are sentences."""

    sweeps: int = 0
    seconds: float = 0.0
    broken: list[str] = []

    async def look(self, db: Database, within: timedelta | None) -> None:
        found = await sweep(db, INVARIANTS, within=within)
        self.sweeps += 1
        self.seconds += found.seconds
        self.broken += [f"{one.name}: {one.offenders[0].found}" for one in found.violations]

    @property
    def told(self) -> str:
        """In a line."""
        seen = f"{self.sweeps} sweeps in {self.seconds:.1f} s, {len(self.broken)} violations"
        return f"{seen}, first: {self.broken[0]}" if self.broken else seen


@asynccontextmanager
async def watched(
    folder: Path,
    *,
    meanwhile: bool = True,
    every: float = EVERY_SECONDS,
    gone: tuple[type[Exception], ...] = (),
) -> AsyncIterator[Watched]:
    """Watch the product that keeps its data in `folder` until the block ends; then look at all.

    Not `meanwhile`: only at the end, where looking at the stock every few seconds would cost more
    than what is measured. `every` is in seconds; `gone` are errors that say that the database is
    being killed.
    """
    running = json.loads((folder / "running.json").read_text())
    url = running["BOXOFFICE_DATABASE_URL"]
    settings = DatabaseSettings(url=url, owner_url=url, pool_size=1)
    db, seen = Database(settings, application_name="watcher"), Watched(broken=[])
    watcher = asyncio.create_task(_keep_looking(db, seen, every, gone)) if meanwhile else None
    try:
        yield seen
        await _end(watcher)
        await seen.look(db, None)
    finally:
        if watcher is not None:
            watcher.cancel()
        await db.close()


async def _end(watcher: "asyncio.Task[None] | None") -> None:
    """Stop it; if it had already failed, so does the run."""
    if watcher is not None:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher


async def _keep_looking(
    db: Database, seen: Watched, every: float, gone: tuple[type[Exception], ...]
) -> None:
    while True:
        try:
            await seen.look(db, _NEWEST)
        except gone:
            await asyncio.sleep(_SOON_SECONDS)
        else:
            await asyncio.sleep(every)
