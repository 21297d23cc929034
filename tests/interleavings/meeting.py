"""Parties that meet: each a server process of its own, stopped before every statement.

A party's use case runs as it always does; at the edge of its database, where statements go to the
driver, it waits until it is chosen. Whoever then waits for a lock that another has is told by the
database, and somebody else is chosen.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.util import await_only

from boxoffice.app.services import Services
from boxoffice.kernel.refusals import Refusal
from tests.interleavings.schedules import Chooser, Step, step_of

# Seconds. A statement that takes longer may wait for a lock: ask the database.
_SOON = 0.003
_LONGEST = 60.0
_WAIT = "SELECT pid FROM unnest($1::int[]) AS pid WHERE cardinality(pg_blocking_pids(pid)) > 0"

Work = Callable[[Services], Awaitable[Any]]


class Party:
    """One server process: its services, and where it stands."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.step: Step | None = None
        self.pid = 0
        self.moved = asyncio.Event()
        self.lets_go = False
        self._chosen = asyncio.Event()
        self._touched: frozenset[str] = frozenset()
        self._task: asyncio.Task[str] | None = None
        self._is_free = False
        engine = services.db.engine.sync_engine
        event.listen(engine, "connect", _be_patient)
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "commit", self._before_commit)
        event.listen(engine, "rollback", self._let_go)

    def begin(self, work: Work) -> None:
        self.step, self._touched, self._is_free = None, frozenset(), False
        self.moved.clear()
        self._task = asyncio.create_task(self._do(work))

    @property
    def is_done(self) -> bool:
        return self._task is None or self._task.done()

    @property
    def goes(self) -> bool:
        """It makes a step right now, or waits for a lock."""
        return self.step is None and not self.is_done

    @property
    def _stops(self) -> bool:
        return not self._is_free and not self.is_done

    def outcome(self) -> str:
        assert self._task is not None
        return self._task.result()

    def make_step(self) -> None:
        self.step = None
        self.moved.clear()
        self._chosen.set()

    async def run_free(self) -> None:
        """Go on without stopping, to the end."""
        self._is_free = True
        self.make_step()
        if self._task is not None:
            await self._task
        self._chosen.clear()

    async def _do(self, work: Work) -> str:
        """`ok`, the stable code of the refusal, or what went wrong."""
        try:
            said = await work(self.services)
        except Refusal as refusal:
            return refusal.code
        except Exception as error:  # noqa: BLE001  # the outcome says it, and is not a legal one
            return f"{type(error).__name__}: {error}"
        finally:
            self.moved.set()
        return said if isinstance(said, str) else "ok"

    def _before(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if self._stops:
            step = step_of(statement)
            self._touched |= step.writes
            await_only(self._stop(connection, step))

    def _before_commit(self, connection: Connection) -> None:
        touched, self._touched = self._touched, frozenset[str]()
        if self._stops and touched:
            await_only(self._stop(connection, Step(writes=touched, ends=True)))
        self._let_go(connection)

    def _let_go(self, _: Connection) -> None:
        self.lets_go = True

    async def _stop(self, connection: Connection, step: Step) -> None:
        lent: Any = connection.connection.driver_connection
        self.pid, self.step = lent.get_server_pid(), step
        self.moved.set()
        await self._chosen.wait()
        self._chosen.clear()


def _be_patient(connection: Any, _: Any) -> None:
    """Whoever waits for a lock here waits for as long as the others are made to stand still."""
    connection.run_async(lambda driver: driver.execute("SET lock_timeout = '60s'"))


class Met(NamedTuple):
    """How a schedule went. `choices` play it again."""

    choices: str
    outcomes: tuple[str, ...]
    waits: int


class Meeting:
    """Plays schedules; `watcher` is a connection of nobody's that looks who waits for whom."""

    def __init__(self, parties: list[Party], watcher: "asyncpg.Connection[Any]") -> None:
        self._parties, self._watcher = parties, watcher
        self._waits = 0
        self._waiting: set[Party] = set()

    async def play(self, works: list[Work], chooser: Chooser) -> Met:
        """Let the parties do their works in the order that the chooser decides."""
        parties, choices = self._parties[: len(works)], ""
        self._waits = 0
        self._waiting.clear()
        for party, work in zip(parties, works, strict=True):
            party.begin(work)
        async with asyncio.timeout(_LONGEST):
            while await self._settled(parties):
                enabled = {n: one.step for n, one in enumerate(parties) if one.step is not None}
                chosen = chooser.choose(enabled)
                if chosen is None:
                    await asyncio.gather(*(one.run_free() for one in parties))
                    break
                choices += str(chosen)
                parties[chosen].make_step()
        return Met(choices, tuple(one.outcome() for one in parties), self._waits)

    async def _settled(self, parties: list[Party]) -> bool:
        """Come back once everybody has stopped, is done, or waits for another; whether somebody can
        be chosen.
        """
        while going := self._going(parties):
            await _soon(going)
            going = self._going(parties)
            # If nobody can be chosen they wait for each other: the database will end it, and the
            # outcome say so.
            if going and any(one.step is not None for one in parties):
                await self._look_who_waits(going)
        return any(one.step is not None for one in parties)

    def _going(self, parties: list[Party]) -> list[Party]:
        """Who makes a step; but whoever waits for a lock goes on waiting until one is let go of."""
        if any(one.lets_go for one in parties) or all(one.step is None for one in parties):
            self._waiting.clear()
        for one in parties:
            one.lets_go = False
        return [one for one in parties if one.goes and one not in self._waiting]

    async def _look_who_waits(self, going: list[Party]) -> None:
        if await self._all_wait(going) and all(one.goes for one in going):
            self._waiting.update(going)
            self._waits += 1

    async def _all_wait(self, going: list[Party]) -> bool:
        pids = [one.pid for one in going]
        waiting = await self._watcher.fetch(_WAIT, pids)
        return len(waiting) == len(set(pids))


async def _soon(going: list[Party]) -> None:
    """Give them a moment."""
    waits = [asyncio.ensure_future(one.moved.wait()) for one in going]
    await asyncio.wait(waits, timeout=_SOON)
    for one in waits:
        one.cancel()
