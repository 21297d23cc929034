"""The worker lets others go first, and is never kept for ever."""

import asyncio
import time
from collections.abc import Callable
from itertools import count

import pytest

from boxoffice.data import courtesy as module
from boxoffice.data.courtesy import Courtesy, Spent, is_crowded, spent

START = Spent(clock=100.0, everybody=50.0, ours=5.0)


def later(*, others: float, ours: float = 0.0) -> Spent:
    """A second later, in which others and we worked so many seconds."""
    return Spent(clock=101.0, everybody=50.0 + others + ours, ours=5.0 + ours)


@pytest.mark.parametrize(
    ("processors", "others", "ours", "crowded"),
    [
        (2, 1.3, 0.5, True),
        (2, 0.9, 1.0, False),
        (2, 0.0, 2.0, False),
        (8, 6.9, 1.0, False),
        (8, 7.1, 0.0, True),
        (1, 0.4, 0.6, False),
        (1, 0.6, 0.0, True),
    ],
)
def test_it_is_crowded_when_others_leave_no_processor_free(
    processors: int, others: float, ours: float, *, crowded: bool
) -> None:
    assert is_crowded(START, later(others=others, ours=ours), processors=processors) is crowded


def busy() -> Callable[[], Spent]:
    """Others take all that there is."""
    work = count(step=10.0)
    return lambda: Spent(clock=time.monotonic(), everybody=next(work), ours=0.0)


async def test_a_job_waits_for_a_rush_to_pass_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(module, "MOST_SECONDS", 600)
    courtesy = Courtesy(busy(), processors=2)
    await asyncio.sleep(0.002)
    waited = asyncio.create_task(courtesy.turn())
    await asyncio.sleep(0.01)
    assert not waited.done()
    monkeypatch.setattr(module, "MOST_SECONDS", 0.05)
    await waited
    calm = Courtesy(lambda: Spent(clock=time.monotonic(), everybody=0.0, ours=0.0), processors=2)
    await calm.turn()


async def test_in_a_rush_jobs_begin_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(module, "MOST_SECONDS", 0.05)
    courtesy = Courtesy(busy(), processors=2)
    await asyncio.sleep(0.002)
    began = time.monotonic()
    await asyncio.gather(*(courtesy.turn() for _ in range(4)))
    assert time.monotonic() - began >= 4 * 0.05 - 0.01


async def test_where_the_system_does_not_tell_nobody_waits() -> None:
    await Courtesy(lambda: None).turn()


def test_the_system_tells_here() -> None:
    before = spent()
    assert before is not None
    sum(range(2_000_000))
    after = spent()
    assert after is not None
    assert after.ours > before.ours
    assert after.everybody >= before.everybody
