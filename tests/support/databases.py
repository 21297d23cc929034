"""Databases of one's own, cloned from the migrated template in a fraction of a second."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg

from boxoffice.data.postgres import DatabaseSettings
from tests.support.servers import Servers


@asynccontextmanager
async def cloned_database(servers: Servers, name: str) -> AsyncIterator[DatabaseSettings]:
    """The database `name` with the product's schema and no rows; dropped at the end."""
    # Nobody may be connected to the template while it is copied.
    admin = await asyncpg.connect(_renamed(servers.superuser_url, "postgres"))
    try:
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{servers.template}"')
        await admin.execute(f'ALTER DATABASE "{name}" OWNER TO boxoffice_owner')
        yield DatabaseSettings(
            url=_renamed(servers.url, name), owner_url=_renamed(servers.owner_url, name)
        )
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await admin.close()


@asynccontextmanager
async def empty_database(servers: Servers, name: str) -> AsyncIterator[DatabaseSettings]:
    """The database `name` without even a schema, for tests of the migrations themselves."""
    async with cloned_database(_from_scratch(servers), name) as settings:
        yield settings


def _from_scratch(servers: Servers) -> Servers:
    return Servers(
        url=servers.url, owner_url=servers.owner_url, superuser_url=servers.superuser_url,
        redis_url=servers.redis_url, template="template0",
    )  # fmt: skip


def _renamed(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
