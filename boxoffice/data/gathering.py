"""Gathered writes: what nobody reads before the next statement goes out with its neighbours.

Each statement costs a round trip in which the event loop serves others first, so under load a
transaction of ten statements waits ten times. Inserts that do not need each other are therefore
noted and become one statement: of `INSERT … ; UPDATE … ; INSERT …` each is a data-modifying `WITH`.
PostgreSQL carries all of them out, whether or not anybody asks for their rows, and checks foreign
keys at the end. None sees the others' rows.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_TABLE = re.compile(r"\s*(?:INSERT INTO|UPDATE)\s+([\w.]+)")
_PARAMETER = re.compile(r"\$(\d+)")
_KEY = "boxoffice.gathered"


class Write(NamedTuple):
    """One statement. With `rows` it is `… RETURNING 1` and touches so many, else `otherwise`."""

    statement: str
    arguments: tuple[Any, ...]
    rows: int | None = None
    otherwise: Exception | None = None


class Gathered:
    """The writes of one transaction that are still to be carried out."""

    __slots__ = ("_writes",)

    def __init__(self) -> None:
        self._writes: list[Write] = []

    def __bool__(self) -> bool:
        return bool(self._writes)

    def add(self, write: Write) -> None:
        self._writes.append(write)

    def carry_out(self, connection: Connection) -> None:
        """In as few statements as they allow: of two changes to one row PostgreSQL would carry out
        one, so those to one table do not go together.
        """
        writes, self._writes = self._writes, []
        while writes:
            together, writes = _apart(writes)
            _carry_out(connection, together)


def gather_on(engine: AsyncEngine) -> None:
    """Let every statement on `engine` find done what was gathered before it."""
    event.listen(engine.sync_engine, "before_cursor_execute", _before_any)


def begin_gathering(connection: AsyncConnection) -> Gathered:
    """The writes of the transaction that begins on this connection."""
    gathered = Gathered()
    connection.info[_KEY] = gathered
    return gathered


def end_gathering(connection: AsyncConnection) -> None:
    """Forget what was not carried out: its transaction is over."""
    if not connection.invalidated:
        connection.info.pop(_KEY, None)


def _before_any(connection: Connection, *_: object) -> None:
    gathered = connection.info.get(_KEY)
    if gathered:
        gathered.carry_out(connection)


def _apart(writes: list[Write]) -> tuple[list[Write], list[Write]]:
    """The first that may go together, and the rest."""
    tables: set[str] = set()
    for index, write in enumerate(writes):
        table = _table_of(write.statement)
        if table in tables:
            return writes[:index], writes[index:]
        tables.add(table)
    return writes, []


def _carry_out(connection: Connection, writes: Sequence[Write]) -> None:
    statement = _joined(tuple((one.statement, one.rows is not None) for one in writes))
    arguments = tuple(argument for one in writes for argument in one.arguments)
    counts = iter(connection.exec_driver_sql(statement, arguments).one())
    for write in writes:
        if write.rows is not None and next(counts) != write.rows and write.otherwise:
            raise write.otherwise


@lru_cache(maxsize=200)
def _table_of(statement: str) -> str:
    """The one that the statement changes."""
    found = _TABLE.match(statement)
    if found is None:
        raise ValueError("only INSERT and UPDATE are gathered")
    return found[1]


@lru_cache(maxsize=200)
def _joined(statements: tuple[tuple[str, bool], ...]) -> str:
    """One statement of all; it answers with the numbers of rows that are asked for."""
    parts: list[str] = []
    before = 0
    for number, (statement, _) in enumerate(statements):
        parts.append(f"w{number} AS ({_renumbered(statement, before)})")
        before += max(map(int, _PARAMETER.findall(statement)), default=0)
    counts = [
        f"(SELECT count(*) FROM w{number})"  # noqa: S608  # our own numbers
        for number, (_, counted) in enumerate(statements)
        if counted
    ]
    return f"WITH {', '.join(parts)} SELECT {', '.join(counts) or '1'}"


def _renumbered(statement: str, before: int) -> str:
    return _PARAMETER.sub(lambda found: f"${int(found[1]) + before}", statement)
