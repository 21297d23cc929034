"""Bring a database to this version's schema; safe to run from several processes at once."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from boxoffice.data.postgres import DatabaseSettings, driver_url

MIGRATIONS = Path(__file__).parent / "migrations"
# Any constant: whoever holds this advisory lock migrates, the others wait and find nothing to do.
_LOCK = 0x626F786F


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for an open connection; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


async def migrate(settings: DatabaseSettings) -> None:
    """Upgrade to the newest revision as the owner and let the application role use the tables."""
    engine = create_async_engine(
        driver_url(settings.owner_url),
        connect_args={"server_settings": {"application_name": "migrate", "lock_timeout": "5s"}},
    )
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql("SELECT pg_advisory_lock($1)", (_LOCK,))
            await connection.commit()
            await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), "head"))
            await connection.commit()
            await connection.exec_driver_sql("SELECT pg_advisory_unlock($1)", (_LOCK,))
    finally:
        await engine.dispose()


def migrate_now(settings: DatabaseSettings) -> None:
    """`migrate`, for callers without an event loop."""
    asyncio.run(migrate(settings))
