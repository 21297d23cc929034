"""Coalescing: many concurrent commands, one transaction.

While one flush is in the database the next commands gather, so under load the cost of a commit and
of a hot row's lock is shared by everybody who waited for it, and a lone caller waits for nobody.
docs/decisions/0003-coalescing.md has the measurements.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar
from uuid import UUID

import msgspec
import structlog

from boxoffice.data.transience import is_transient
from boxoffice.kernel.refusals import Busy, Refusal, Unavailable

C = TypeVar("C")
R = TypeVar("R")

# So many of a batch are dealt with before the event loop may look after others.
_TURN = 32

log = structlog.get_logger(__name__)


class CoalescerLimits(msgspec.Struct, frozen=True, kw_only=True):
    """`batch`: commands a flush settles at most. `flushes`: at once per process. `wait`: seconds
    that a new command may be expected to queue before it is refused.
    """

    batch: int = 256
    flushes: int = 4
    wait: float = 2.0


class _Waiting(Generic[C, R]):
    """One command and the caller who waits for its result."""

    __slots__ = ("command", "future")

    def __init__(self, command: C, future: "asyncio.Future[R]") -> None:
        self.command = command
        self.future = future


Settle = Callable[[UUID, list[C]], Awaitable[Sequence[R | Refusal]]]


class Coalescer(Generic[C, R]):
    """Settles commands in batches, one organizer a batch.

    `settle(organizer_id, commands)` opens one transaction, decides all commands, commits, and gives
    one result or refusal per command, in order. It must be safe to run again with the same
    commands: each carries an id that the transaction claims.
    """

    def __init__(self, settle: Settle[C, R], *, limits: CoalescerLimits | None = None) -> None:
        self._settle = settle
        self._limits = limits or CoalescerLimits()
        self._lanes: dict[UUID, deque[_Waiting[C, R]]] = {}
        self._ready: deque[UUID] = deque()
        self._flushes: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._rate = 0.0
        self.flushed = 0
        self.settled = 0
        self.halved = 0

    async def submit(self, organizer_id: UUID, command: C) -> R:
        """The command's own result after its commit, or its own refusal; `Busy` if the queue is too
        long.

        A caller that goes away does not cancel a flush that has begun.
        """
        self._refuse_if_too_long()
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        lane = self._lanes.get(organizer_id)
        if lane is None:
            lane = self._lanes[organizer_id] = deque()
            self._ready.append(organizer_id)
        lane.append(_Waiting(command, future))
        self._waiting += 1
        self._start_flushes()
        return await future

    @property
    def waiting(self) -> int:
        """Commands not yet taken by a flush."""
        return self._waiting

    async def close(self) -> None:
        """Wait until everything submitted is settled."""
        while self._flushes:
            await asyncio.wait(self._flushes)

    def _refuse_if_too_long(self) -> None:
        expected = self._waiting / self._rate if self._rate else 0.0
        if self._waiting >= self._limits.batch and expected > self._limits.wait:
            raise Busy(retry_after=max(1, round(expected)))

    def _start_flushes(self) -> None:
        while self._ready and len(self._flushes) < self._limits.flushes:
            task = asyncio.create_task(self._flush(self._ready.popleft()))
            self._flushes.add(task)
            task.add_done_callback(self._flush_ended)

    def _flush_ended(self, task: "asyncio.Task[None]") -> None:
        self._flushes.discard(task)
        self._start_flushes()

    async def _flush(self, organizer_id: UUID) -> None:
        lane = self._lanes[organizer_id]
        batch = [lane.popleft() for _ in range(min(len(lane), self._limits.batch))]
        self._waiting -= len(batch)
        batch = [one for one in batch if not one.future.done()]
        answers: Sequence[R | Exception] = ()
        try:
            answers = await self._settle_timed(organizer_id, batch)
        except BaseException:
            answers = [Unavailable()] * len(batch)
            raise
        finally:
            self._hand_on(organizer_id)
            _answer_in_turns(zip(batch, answers, strict=True))

    def _hand_on(self, organizer_id: UUID) -> None:
        """Those who came meanwhile go next, and before the answers: the database shall not wait
        while those are written.
        """
        if self._lanes[organizer_id]:
            self._ready.append(organizer_id)
        else:
            del self._lanes[organizer_id]
        if task := asyncio.current_task():
            self._flushes.discard(task)
        self._start_flushes()

    async def _settle_timed(
        self, organizer_id: UUID, batch: list[_Waiting[C, R]]
    ) -> Sequence[R | Exception]:
        if not batch:
            return ()
        loop = asyncio.get_running_loop()
        begun = loop.time()
        answers = await self._settle_safely(organizer_id, [one.command for one in batch])
        rate = len(batch) / max(loop.time() - begun, 1e-6)
        self._rate = rate if not self._rate else 0.8 * self._rate + 0.2 * rate
        self.flushed += 1
        self.settled += len(batch)
        return answers

    async def _settle_safely(
        self, organizer_id: UUID, commands: list[C]
    ) -> Sequence[R | Exception]:
        """Every command gets an answer, whatever happens to the others."""
        try:
            return await self._settle_with_one_retry(organizer_id, commands)
        except Exception as error:  # noqa: BLE001  # the culprit's own caller gets it
            if is_transient(error):
                return [Unavailable(retry_after=1)] * len(commands)
            if len(commands) == 1:
                return [error]
        self.halved += 1
        middle = len(commands) // 2
        return [
            *await self._settle_safely(organizer_id, commands[:middle]),
            *await self._settle_safely(organizer_id, commands[middle:]),
        ]

    async def _settle_with_one_retry(
        self, organizer_id: UUID, commands: list[C]
    ) -> Sequence[R | Refusal]:
        try:
            return await self._settle_once(organizer_id, commands)
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("flush_retried", size=len(commands), error=type(error).__name__)
        return await self._settle_once(organizer_id, commands)

    async def _settle_once(self, organizer_id: UUID, commands: list[C]) -> Sequence[R | Refusal]:
        outcomes = await self._settle(organizer_id, commands)
        if len(outcomes) != len(commands):
            raise ValueError("not one outcome for each command")
        return outcomes


def _answer_in_turns(answered: Iterator[tuple[_Waiting[C, R], R | Exception]]) -> None:
    """Some now and the rest soon: each wakes a caller who has work to do, and whoever else asks
    something of this process shall not wait for hundreds of them.
    """
    some = list(islice(answered, _TURN))
    for one, answer in some:
        _answer(one, answer)
    if len(some) == _TURN:
        asyncio.get_running_loop().call_soon(_answer_in_turns, answered)


def _answer(one: _Waiting[C, R], answer: R | Exception) -> None:
    if one.future.done():
        return
    if isinstance(answer, Exception):
        one.future.set_exception(answer)
    else:
        one.future.set_result(answer)
