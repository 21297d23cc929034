"""The real product for a whole run of browser tests, started the way everybody starts it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import httpx2

from bench.folders import open_folder
from tests.support.house import House, opened
from tests.support.sources import PACKAGE

# A crowd of testers comes from one address.
GENEROUS = {
    f"BOXOFFICE_RATE_LIMITS_{name}": "1000000/minute"
    for name in ("AUTH", "WRITE", "WRITE_ADDRESS", "STAFF", "HOOK", "READ")
}
_PATIENCE = 30.0


class WebAppMissing(Exception):
    """There is nothing to show to a browser."""


class Installation:
    """A running Boxoffice with embedded servers, a worker and a practice card company."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.url = house.url

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx2.AsyncClient]:
        """Somebody who speaks to it without a browser."""
        async with httpx2.AsyncClient(base_url=self.url, timeout=_PATIENCE) as client:
            yield client

    @asynccontextmanager
    async def database(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """Its database as the owner reaches it, to move times that nobody can wait for."""
        connection = await asyncpg.connect(self.house.announced["BOXOFFICE_DATABASE_OWNER_URL"])
        try:
            yield connection
        finally:
            await connection.close()


@contextmanager
def running_installation(*options: str) -> Iterator[Installation]:
    """An installation of one's own until the block ends. Raises `WebAppMissing`."""
    if not (PACKAGE / "web" / "dist" / "index.html").exists():
        raise WebAppMissing(
            "The web app is not built, so there is nothing to test: run `make web`."
        )
    with open_folder() as folder, opened(folder / "data", *options, extra=GENEROUS) as house:
        yield Installation(house)
