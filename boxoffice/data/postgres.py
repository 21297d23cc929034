"""PostgreSQL: one engine per process and the only way to open a transaction."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from boxoffice.data.gathering import begin_gathering, end_gathering, gather_on
from boxoffice.data.transaction import Transaction

# The role that every statement of the application runs as: it owns nothing and is no superuser.
APP_ROLE = "boxoffice_app"


# Whatever waits longer is refused with a time to come back; nobody holds up a whole sale.
_PATIENCE = {"lock_timeout": "5s", "statement_timeout": "30s"}

# Connections for glances, each lent for a few milliseconds.
GLANCES = 2
# Prepared statements that a connection remembers; the product has some three hundred.
_STATEMENTS = 500
_PLATFORM = "boxoffice.platform"


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
        self.engine = _engine(settings, settings.pool_size, application_name)
        self._for_glances = _engine(settings, GLANCES, application_name)
        # Shares the connections; the options are those of its transactions.
        self._snapshots = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @asynccontextmanager
    async def begin(self, organizer_id: UUID) -> AsyncIterator[Transaction]:
        """On behalf of one organizer."""
        async with _alone(), _serving(self.engine, organizer_id) as tx:
            yield tx

    @asynccontextmanager
    async def begin_for_buyer(self, buyer_id: UUID) -> AsyncIterator[Transaction]:
        """On behalf of one visitor or account, for rows that no organizer owns."""
        async with _alone(), _opened(self.engine, "boxoffice.buyer", str(buyer_id), None) as tx:
            yield tx

    @asynccontextmanager
    async def begin_as_platform(self, reason: str) -> AsyncIterator[Transaction]:
        """Across organizers, by name: `reason` says what for and is a setting of the session."""
        async with _alone(), _opened(self.engine, _PLATFORM, reason, None) as tx:
            yield tx

    @asynccontextmanager
    async def glance(self, organizer_id: UUID) -> AsyncIterator[Transaction]:
        """To read what many ask for and remember: no locks, and no waiting for anybody's.

        It has connections of its own, so whoever is in a transaction may wait for it.
        """
        async with _serving(self._for_glances, organizer_id) as tx:
            yield tx

    @asynccontextmanager
    async def glance_as_platform(self, reason: str) -> AsyncIterator[Transaction]:
        """`glance`, across organizers."""
        async with _opened(self._for_glances, _PLATFORM, reason, None) as tx:
            yield tx

    @asynccontextmanager
    async def snapshot_as_platform(self, reason: str) -> AsyncIterator[Transaction]:
        """To read across organizers as of one moment, however many statements it takes; whatever
        would write is refused. No locks.
        """
        async with _alone(), _opened(self._snapshots, _PLATFORM, reason, None) as tx:
            yield tx

    def connections_in_use(self) -> int:
        """How many connections of the pool are lent out right now."""
        pool: Any = self.engine.pool
        return int(pool.checkedout())

    async def close(self) -> None:
        await self.engine.dispose()
        await self._for_glances.dispose()


class _Connection(asyncpg.Connection):
    """Says `opening` in one breath with BEGIN: a round trip less."""

    opening = ""

    async def execute(self, query: str, *args: Any, **options: Any) -> str:
        if query.startswith("BEGIN"):
            query += self.opening
        return await super().execute(query, *args, **options)


def _engine(settings: DatabaseSettings, size: int, application_name: str) -> AsyncEngine:
    engine = create_async_engine(
        driver_url(settings.url),
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_use_lifo=True,
        connect_args={
            "connection_class": _Connection,
            "prepared_statement_cache_size": _STATEMENTS,
            "timeout": 5,
            "server_settings": {
                "role": APP_ROLE,
                "application_name": application_name,
                **_PATIENCE,
            },
        },
    )
    gather_on(engine)
    return engine


def _serving(engine: AsyncEngine, organizer_id: UUID) -> AbstractAsyncContextManager[Transaction]:
    return _opened(engine, "boxoffice.organizer", str(organizer_id), organizer_id)


@asynccontextmanager
async def _opened(
    engine: AsyncEngine, setting: str, value: str, organizer_id: UUID | None
) -> AsyncIterator[Transaction]:
    async with engine.connect() as connection, connection.begin():
        driver = _driver_of(connection)
        driver.opening = f"SELECT set_config('{setting}', {_quoted(value)}, true);"
        gathered = begin_gathering(connection)
        try:
            async with AsyncSession(connection, expire_on_commit=False, autoflush=False) as session:
                tx = Transaction(session, connection, organizer_id, gathered)
                yield tx
                await tx.finish()
        finally:
            driver.opening = ""
            end_gathering(connection)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _driver_of(connection: AsyncConnection) -> _Connection:
    lent: Any = connection.sync_connection
    driver: _Connection = lent.connection.driver_connection
    return driver


_inside: ContextVar[bool] = ContextVar("inside_a_transaction", default=False)


class NestedTransaction(RuntimeError):
    """A second transaction was opened within one.

    It would need a second connection while the first may hold what everybody waits for: once the
    pool is empty both wait for each other. Read beforehand, `glance`, or pass the transaction on.
    """


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    if _inside.get():
        raise NestedTransaction
    _inside.set(True)
    try:
        yield
    finally:
        _inside.set(False)
