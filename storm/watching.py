"""The invariants during a storm, also while the database is being killed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from bench.watching import Watched
from boxoffice.data.postgres import Database, DatabaseSettings

EVERY_SECONDS = 3.0
# Of orders only the newest, so that the looking costs next to nothing; stock as a whole.
_NEWEST = timedelta(seconds=30)
_GONE = (OSError, TimeoutError, SQLAlchemyError, asyncpg.PostgresError)


@asynccontextmanager
async def watched(url: str) -> AsyncIterator[Watched]:
    """Look every few seconds until the block ends, and then at everything."""
    settings = DatabaseSettings(url=url, owner_url=url, pool_size=1)
    db, seen = Database(settings, application_name="storm"), Watched()
    watcher = asyncio.create_task(_keep_looking(db, seen))
    try:
        yield seen
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)
        await seen.look(db, None)
    finally:
        watcher.cancel()
        await db.close()


async def _keep_looking(db: Database, seen: Watched) -> None:
    while True:
        try:
            await seen.look(db, _NEWEST)
        except _GONE:
            await asyncio.sleep(0.2)
        else:
            await asyncio.sleep(EVERY_SECONDS)


def app_url(folder: Path) -> str:
    """How the product itself reaches its database."""
    return str(json.loads((folder / "running.json").read_text())["BOXOFFICE_DATABASE_URL"])
