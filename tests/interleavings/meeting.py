"""Parties that meet: each a server process of its own, stopped before every statement.

A party's use case runs as it always does; at the edge of its database, where statements go to the
driver, it waits until it is chosen. Whoever then waits for a lock that another has is told by the
database, and somebody else is chosen.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NamedTuple

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.util import await_only

from boxoffice.app.services import Services
from boxoffice.kernel.refusals import Refusal
from tests.interleavings.schedules import Chooser
from tests.interleavings.traces import Event, Step, step_of

# Seconds. A statement that takes longer may wait for a lock, whatever it says: ask the database.
_SOON = 0.02
_LONGEST = 60.0
_WAIT = "SELECT pid FROM unnest($1::int[]) AS pid WHERE cardinality(pg_blocking_pids(pid)) > 0"

Work = Callable[[Services], Awaitable[Any]]


class Party:
    """One server process: its services, and where it stands; `news` is set when that changes."""

    def __init__(self, services: Services, news: asyncio.Event) -> None:
        self.services = services
        self.step: Step | None = None
        self.makes = Step()
        self.pid = 0
        self.lets_go = False
        # What it wrote or locked rows of, and has not let go of.
        self.touched: frozenset[str] = frozenset()
        self._news = news
        self._chosen = asyncio.Event()
        self._task: asyncio.Task[str] | None = None
        self._is_free = False
        engine = services.db.engine.sync_engine
        event.listen(engine, "connect", _be_patient)
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "commit", self._before_commit)
        event.listen(engine, "rollback", self._let_go)

    def begin(self, work: Work) -> None:
        self.step, self.touched, self._is_free = None, frozenset(), False
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
        self.makes, self.step = self.step or Step(), None
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
            asyncio.get_running_loop().call_soon(self._news.set)
        return said if isinstance(said, str) else "ok"

    def _before(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if self._stops:
            step = step_of(statement)
            self.touched |= step.writes
            await_only(self._stop(connection, step))

    def _before_commit(self, connection: Connection) -> None:
        touched, self.touched = self.touched, frozenset[str]()
        if self._stops and touched:
            await_only(self._stop(connection, Step(writes=touched, ends=True)))
        self._let_go(connection)

    def _let_go(self, _: Connection) -> None:
        self.touched, self.lets_go = frozenset(), True

    async def _stop(self, connection: Connection, step: Step) -> None:
        lent: Any = connection.connection.driver_connection
        self.pid, self.step = lent.get_server_pid(), step
        self._news.set()
        await self._chosen.wait()
        self._chosen.clear()


def _be_patient(connection: Any, _: Any) -> None:
    """Whoever waits for a lock here waits for as long as the others are made to stand still."""
    connection.run_async(lambda driver: driver.execute("SET lock_timeout = '60s'"))


class Met(NamedTuple):
    """How a schedule went. `choices` play it again."""

    choices: str
    outcomes: tuple[str, ...]
    trace: list[Event]

    @property
    def waits(self) -> int:
        return sum(one.until > place + 1 for place, one in enumerate(self.trace))


class Meeting:
    """Plays schedules; `watcher` is a connection of nobody's that looks who waits for whom."""

    def __init__(
        self, parties: list[Party], watcher: "asyncpg.Connection[Any]", news: asyncio.Event
    ) -> None:
        self._parties, self._watcher, self._news = parties, watcher, news
        self._waiting: set[Party] = set()

    async def play(self, works: list[Work], chooser: Chooser) -> Met:
        """Let the parties do their works in the order that the chooser decides."""
        parties, trace = self._parties[: len(works)], list[Event]()
        self._waiting.clear()
        for party, work in zip(parties, works, strict=True):
            party.begin(work)
        async with asyncio.timeout(_LONGEST):
            while await self._settled(parties):
                waiting = [n for n, one in enumerate(parties) if one in self._waiting]
                _note(trace, waiting)
                enabled = {n: one.step for n, one in enumerate(parties) if one.step is not None}
                chosen = chooser.choose(enabled, waiting)
                if chosen is None:
                    await asyncio.gather(*(one.run_free() for one in parties))
                    break
                trace.append(Event(chosen, enabled[chosen], len(trace) + 1))
                parties[chosen].make_step()
        for one in trace:
            # Who still waited when the rest did not matter any more.
            one.until = min(one.until, len(trace))
        choices = "".join(str(one.who) for one in trace)
        return Met(choices, tuple(one.outcome() for one in parties), trace)

    async def _settled(self, parties: list[Party]) -> bool:
        """Come back once everybody has stopped, is done, or waits for another; whether somebody can
        be chosen.
        """
        self._news.clear()
        while going := self._going(parties):
            # If nobody can be chosen they wait for each other: the database will end it, and the
            # outcome say so.
            is_alone = not any(one.step is not None for one in parties)
            if is_alone or not _may_wait(going, parties):
                await self._hear(is_alone=is_alone)
            if not is_alone and going == self._going(parties):
                await self._look_who_waits(going)
        return any(one.step is not None for one in parties)

    async def _hear(self, *, is_alone: bool) -> None:
        """Wait until somebody's standing changes, but not for ever."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), None if is_alone else _SOON)
        self._news.clear()

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

    async def _all_wait(self, going: list[Party]) -> bool:
        pids = [one.pid for one in going]
        waiting = await self._watcher.fetch(_WAIT, pids)
        return len(waiting) == len(set(pids))


def _may_wait(going: list[Party], parties: list[Party]) -> bool:
    """Whether one of them asks for rows of a table in which another has locked some."""
    return any(
        one.makes.writes & other.touched for one in going for other in parties if other is not one
    )


def _note(trace: list[Event], waiting: list[int]) -> None:
    """Who still waits has not made its last step yet."""
    for who in waiting:
        last = next(one for one in reversed(trace) if one.who == who)
        last.until = len(trace) + 1
