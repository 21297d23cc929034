"""The company's book: one SQLite file that survives a kill at any moment.

All work on it runs in one thread. Whatever has queued up while a commit was on its way to the disk
goes into the next one together, so that many clients share the price of a durable write.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]
_MOST_AT_ONCE = 256

_SCHEMA = """
CREATE TABLE IF NOT EXISTS charges (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, merchant TEXT NOT NULL,
    status TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
    amount_refunded INTEGER NOT NULL DEFAULT 0 CHECK (amount_refunded BETWEEN 0 AND amount),
    currency TEXT NOT NULL, source TEXT NOT NULL, reference TEXT NOT NULL, metadata TEXT NOT NULL,
    decline_code TEXT, message TEXT, idempotency_key TEXT NOT NULL,
    created REAL NOT NULL, settles REAL,
    amount_captured INTEGER NOT NULL DEFAULT 0 CHECK (amount_captured IN (0, amount)),
    authorised_until REAL, capture INTEGER NOT NULL DEFAULT 1);
CREATE INDEX IF NOT EXISTS charges_by_merchant ON charges (merchant, seq);
CREATE INDEX IF NOT EXISTS charges_by_key ON charges (idempotency_key);
CREATE INDEX IF NOT EXISTS charges_to_settle ON charges (settles) WHERE settles IS NOT NULL;
CREATE TABLE IF NOT EXISTS refunds (
    id TEXT PRIMARY KEY, charge TEXT NOT NULL REFERENCES charges (id), merchant TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL,
    idempotency_key TEXT NOT NULL, created REAL NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    operation TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL,
    status INTEGER NOT NULL, body BLOB NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (operation, key));
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, merchant TEXT NOT NULL,
    charge TEXT NOT NULL, body BLOB NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due);
CREATE INDEX IF NOT EXISTS deliveries_by_charge ON deliveries (charge);
CREATE TABLE IF NOT EXISTS behaviours (merchant TEXT PRIMARY KEY, behaviour TEXT NOT NULL);
"""


# What books of earlier days lack.
_SINCE = {
    "amount_captured": "INTEGER NOT NULL DEFAULT 0 CHECK (amount_captured IN (0, amount))",
    "authorised_until": "REAL",
    "capture": "INTEGER NOT NULL DEFAULT 1",
}


class _Job(NamedTuple):
    work: Work
    future: asyncio.Future[Any]


class Book:
    """Open on construction; `close` when done. `do` runs a piece of work durably."""

    def __init__(self, path: Path) -> None:
        self._connection = _open(path)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="book", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` returns, once it is on disk; if it raises, nothing of it was written."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, future))
        return await future

    def close(self) -> None:
        """Finish what is queued and close the file."""
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            jobs = [job]
            while len(jobs) < _MOST_AT_ONCE and not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    self._jobs.put(None)
                    break
                jobs.append(following)
            _tell(jobs, self._commit(jobs))

    def _commit(self, jobs: list[_Job]) -> list[Any]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            results = [_attempt(self._connection, job.work) for job in jobs]
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [error] * len(jobs)
        return results


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.executescript(_SCHEMA)
    _bring_up_to_date(connection)
    return connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    has = {row["name"] for row in connection.execute("PRAGMA table_info(charges)")}
    lacks = [column for column in _SINCE if column not in has]
    for column in lacks:
        connection.execute(f"ALTER TABLE charges ADD COLUMN {column} {_SINCE[column]}")
    if "amount_captured" in lacks:
        connection.execute("UPDATE charges SET amount_captured = amount WHERE status = 'succeeded'")


def _attempt(connection: sqlite3.Connection, work: Work) -> Any:
    connection.execute("SAVEPOINT job")
    try:
        result = work(connection)
    except Exception as error:  # noqa: BLE001 - handed to whoever asked, who raises it
        connection.execute("ROLLBACK TO job")
        result = error
    connection.execute("RELEASE job")
    return result


def _tell(jobs: list[_Job], results: list[Any]) -> None:
    for job, result in zip(jobs, results, strict=True):
        job.future.get_loop().call_soon_threadsafe(_settle, job.future, result)


def _settle(future: asyncio.Future[Any], result: Any) -> None:
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
