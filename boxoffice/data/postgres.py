"""PostgreSQL: one engine per process and the only way to open a transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from boxoffice.data.transaction import Transaction

# The role that every statement of the application runs as: it owns nothing and is no superuser.
APP_ROLE = "boxoffice_app"


# Whatever waits longer is refused with a time to come back; nobody holds up a whole sale.
_PATIENCE = {"lock_timeout": "5s", "statement_timeout": "30s"}


class DatabaseSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`owner_url` is who migrates; it defaults to `url`. `pool_size` connections per process."""

    url: str
    owner_url: str
    pool_size: int = 6


def driver_url(url: str) -> URL:
    """The `postgresql://` address in the form that SQLAlchemy wants for asyncpg."""
    return make_url(url).set(drivername="postgresql+asyncpg")


class Database:
    """Opens transactions; each commits when its block ends and rolls back on any exception."""

    def __init__(self, settings: DatabaseSettings, *, application_name: str = "boxoffice") -> None:
        self.settings = settings
        self.engine = create_async_engine(
            driver_url(settings.url),
            pool_size=settings.pool_size,
            max_overflow=0,
            pool_timeout=5,
            pool_use_lifo=True,
            connect_args={
                "timeout": 5,
                "server_settings": {
                    "role": APP_ROLE,
                    "application_name": application_name,
                    **_PATIENCE,
                },
            },
        )

    @asynccontextmanager
    async def begin(self, organizer_id: UUID) -> AsyncIterator[Transaction]:
        """On behalf of one organizer."""
        async with self._begin("boxoffice.organizer", str(organizer_id), organizer_id) as tx:
            yield tx

    @asynccontextmanager
    async def begin_for_buyer(self, buyer_id: UUID) -> AsyncIterator[Transaction]:
        """On behalf of one visitor or account, for rows that no organizer owns."""
        async with self._begin("boxoffice.buyer", str(buyer_id), None) as tx:
            yield tx

    @asynccontextmanager
    async def begin_as_platform(self, reason: str) -> AsyncIterator[Transaction]:
        """Across organizers, by name: `reason` says what for and is a setting of the session."""
        async with self._begin("boxoffice.platform", reason, None) as tx:
            yield tx

    def connections_in_use(self) -> int:
        """How many connections of the pool are lent out right now."""
        pool: Any = self.engine.pool
        return int(pool.checkedout())

    async def close(self) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def _begin(
        self, setting: str, value: str, organizer_id: UUID | None
    ) -> AsyncIterator[Transaction]:
        async with self.engine.connect() as connection, connection.begin():
            await connection.exec_driver_sql("SELECT set_config($1, $2, true)", (setting, value))
            async with AsyncSession(connection, expire_on_commit=False, autoflush=False) as session:
                tx = Transaction(session, connection, organizer_id)
                yield tx
                await tx.finish()
