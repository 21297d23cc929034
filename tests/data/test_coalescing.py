"""Each sentence of the coalescer's promise."""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest

from boxoffice.data.coalescing import Coalescer, CoalescerLimits
from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Busy, Conflict, Refusal, Unavailable


class Recorder:
    """A settle function that remembers its batches and doubles every number."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        self.batches: list[tuple[UUID, list[int]]] = []
        self.running = 0
        self.most_running = 0
        self.seconds = seconds
        self.gate: asyncio.Event | None = None

    async def __call__(self, organizer_id: UUID, commands: list[int]) -> Sequence[int | Refusal]:
        self.batches.append((organizer_id, list(commands)))
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        await (self.gate.wait() if self.gate else asyncio.sleep(self.seconds))
        self.running -= 1
        return [command * 2 for command in commands]


async def turns_until(condition: Callable[[], bool]) -> None:
    """Let everybody else go on until it is so, however long that takes here."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  # the coalescer tells nobody
            await asyncio.sleep(0)


async def test_a_lone_caller_is_flushed_at_once() -> None:
    recorder = Recorder()
    coalescer = Coalescer(recorder)
    assert await coalescer.submit(new_id(), 21) == 42
    assert [commands for _, commands in recorder.batches] == [[21]]


async def test_commands_gather_while_a_flush_is_in_the_database() -> None:
    recorder, organizer = Recorder(), new_id()
    recorder.gate = asyncio.Event()
    coalescer = Coalescer(recorder)
    first = asyncio.create_task(coalescer.submit(organizer, 1))
    await turns_until(lambda: recorder.running == 1)
    rest = [asyncio.create_task(coalescer.submit(organizer, n)) for n in range(2, 52)]
    await turns_until(lambda: coalescer.waiting >= 50)
    recorder.gate.set()
    assert await asyncio.gather(first, *rest) == [n * 2 for n in range(1, 52)]
    assert [len(commands) for _, commands in recorder.batches] == [1, 50]


async def test_a_flush_serves_one_organizer_and_at_most_four_run() -> None:
    recorder = Recorder(seconds=0.005)
    coalescer = Coalescer(recorder)
    organizers = [new_id() for _ in range(12)]
    await asyncio.gather(*(coalescer.submit(o, n) for o in organizers for n in range(5)))
    assert recorder.most_running == 4
    assert sorted(organizer for organizer, _ in recorder.batches) == sorted(organizers)


async def test_lanes_take_turns_and_a_batch_is_bounded() -> None:
    recorder, crowd, lone = Recorder(seconds=0.001), new_id(), new_id()
    coalescer = Coalescer(recorder, limits=CoalescerLimits(batch=10, flushes=1))
    tasks = [asyncio.create_task(coalescer.submit(crowd, n)) for n in range(50)]
    tasks.append(asyncio.create_task(coalescer.submit(lone, 1)))
    await asyncio.gather(*tasks)
    assert max(len(commands) for _, commands in recorder.batches) == 10
    assert [organizer for organizer, _ in recorder.batches][:3] == [crowd, lone, crowd]


async def test_lanes_vanish_when_idle() -> None:
    coalescer = Coalescer(Recorder())
    await asyncio.gather(*(coalescer.submit(new_id(), n) for n in range(20)))
    await coalescer.close()
    assert coalescer.waiting == 0
    assert not coalescer._lanes


async def test_each_caller_gets_its_own_result_or_refusal() -> None:
    async def settle(_: UUID, commands: list[int]) -> Sequence[int | Refusal]:
        return [n if n % 2 else Conflict(f"{n} is even") for n in commands]

    coalescer = Coalescer(settle)
    organizer = new_id()
    answers = await asyncio.gather(
        *(coalescer.submit(organizer, n) for n in range(6)), return_exceptions=True
    )
    assert [a if isinstance(a, int) else str(a) for a in answers] == [
        "0 is even", 1, "2 is even", 3, "4 is even", 5,
    ]  # fmt: skip


async def test_callers_hear_of_it_if_there_is_not_an_answer_for_each() -> None:
    async def settle(_: UUID, commands: list[int]) -> Sequence[int]:
        return [0] * (len(commands) - 1)

    coalescer = Coalescer(settle)
    answers = (coalescer.submit(new_id(), n) for n in range(3))
    async with asyncio.timeout(2):
        heard = await asyncio.gather(*answers, return_exceptions=True)
    assert [type(one) for one in heard] == [ValueError] * 3


async def test_a_caller_that_goes_away_does_not_cancel_the_flush() -> None:
    recorder, organizer = Recorder(), new_id()
    recorder.gate = asyncio.Event()
    coalescer = Coalescer(recorder)
    leaver = asyncio.create_task(coalescer.submit(organizer, 1))
    stayer = asyncio.create_task(coalescer.submit(organizer, 2))
    await asyncio.sleep(0.01)
    leaver.cancel()
    recorder.gate.set()
    assert await stayer == 4
    assert recorder.batches[0][1] == [1, 2]


async def test_a_broken_command_stands_alone_and_does_not_hurt_its_neighbours() -> None:
    seen: list[list[int]] = []

    async def settle(_: UUID, commands: list[int]) -> Sequence[int | Refusal]:
        seen.append(list(commands))
        if 13 in commands:
            raise ValueError("thirteen")
        return commands

    coalescer, organizer = Coalescer(settle), new_id()
    answers = await asyncio.gather(
        *(coalescer.submit(organizer, n) for n in range(32)), return_exceptions=True
    )
    broken = answers.pop(13)
    assert isinstance(broken, ValueError)
    assert answers == [n for n in range(32) if n != 13]
    assert len(seen) <= 2 * 6


async def test_a_deadlocked_batch_runs_once_more_whole_under_the_same_ids() -> None:
    seen: list[list[int]] = []

    async def settle(_: UUID, commands: list[int]) -> Sequence[int | Refusal]:
        seen.append(list(commands))
        if len(seen) == 1:
            raise RetryBatch("deadlock")
        return commands

    coalescer, organizer = Coalescer(settle), new_id()
    assert await asyncio.gather(*(coalescer.submit(organizer, n) for n in range(8))) == [*range(8)]
    assert seen == [[*range(8)], [*range(8)]]


async def test_a_database_that_stays_away_is_unavailable_with_a_time_to_come_back() -> None:
    async def settle(_: UUID, commands: list[int]) -> Sequence[int | Refusal]:
        raise ConnectionRefusedError

    with pytest.raises(Unavailable) as refused:
        await Coalescer(settle).submit(new_id(), 1)
    assert refused.value.retry_after >= 1


async def test_the_queue_is_bounded_by_waiting_time() -> None:
    recorder, organizer = Recorder(seconds=0.2), new_id()
    coalescer = Coalescer(recorder, limits=CoalescerLimits(batch=4, flushes=1, wait=0.5))
    await coalescer.submit(organizer, 0)
    tasks = [asyncio.create_task(coalescer.submit(organizer, n)) for n in range(64)]
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Busy)]
    assert refused
    assert all(answer.retry_after >= 1 for answer in refused)
    assert len(refused) + sum(isinstance(answer, int) for answer in answers) == 64
