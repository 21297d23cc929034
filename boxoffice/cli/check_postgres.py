"""Is PostgreSQL there, new enough, and are we a guest in it rather than its master?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from boxoffice.cli.findings import Ailment
from boxoffice.data.postgres import APP_ROLE
from boxoffice.settings import Settings

_OLDEST = 150000
_RIGHTS = """
SELECT rolsuper OR rolbypassrls AS almighty,
       (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
         WHERE relowner = r.oid AND nspname !~ '^pg_') AS owned
  FROM pg_roles r WHERE rolname = current_user
"""


async def postgres(settings: Settings) -> str:
    """The version of a server that the application can work with."""
    async with _connection(settings.database.url) as connection:
        number = int(await connection.fetchval("SHOW server_version_num"))
        if number < _OLDEST:
            raise Ailment(
                f"version {number // 10000}",
                "Use PostgreSQL 15 or newer at BOXOFFICE_DATABASE_URL.",
            )
        await _demand_humble_role(connection)
        return str(await connection.fetchval("SHOW server_version"))


async def schema(settings: Settings) -> str:
    """The revision of a schema that has been migrated."""
    async with _connection(settings.database.owner_url) as connection:
        known = await connection.fetchval("SELECT to_regclass('schema_version') IS NOT NULL")
        revision = known and await connection.fetchval("SELECT version_num FROM schema_version")
    if not revision:
        raise Ailment("the database is empty", "Run: boxoffice migrate")
    return str(revision)


async def _demand_humble_role(connection: Any) -> None:
    try:
        await connection.execute(f"SET ROLE {APP_ROLE}")
    except asyncpg.PostgresError as error:
        raise Ailment(
            f"the role {APP_ROLE} cannot be taken on: {error}",
            "Run `boxoffice migrate` once with BOXOFFICE_DATABASE_OWNER_URL of a role that may "
            f"create roles, or: CREATE ROLE {APP_ROLE}; GRANT {APP_ROLE} TO <your user>.",
        ) from error
    rights = await connection.fetchrow(_RIGHTS)
    if rights["almighty"] or rights["owned"]:
        raise Ailment(
            f"the role {APP_ROLE} is a superuser or owns {rights['owned']} tables",
            f"ALTER ROLE {APP_ROLE} NOSUPERUSER NOBYPASSRLS; "
            f"REASSIGN OWNED BY {APP_ROLE} TO <the owner>;",
        )


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[Any]:
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError, ValueError) as error:
        raise Ailment(
            str(error) or type(error).__name__,
            "Check BOXOFFICE_DATABASE_URL: host, port, user, password, database.",
        ) from error
    try:
        yield connection
    finally:
        await connection.close()
