"""A small memory of answers."""

import asyncio

import pytest

from boxoffice.data.remembered import Remembered


class Source:
    """Counts how often it is asked; answers when told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def load(self, key: str) -> str:
        self.asked.append(key)
        number = len(self.asked)
        await self.open.wait()
        if self.broken:
            raise LookupError(key)
        return f"{key} {number}"


async def test_an_answer_is_kept_for_its_time() -> None:
    source = Source()
    memory = Remembered(source.load, seconds=0.1)
    assert await memory.get("a") == await memory.get("a") == "a 1"
    await asyncio.sleep(0.15)
    assert await memory.get("a") == "a 2"


async def test_many_askers_wait_for_one_load() -> None:
    source = Source()
    memory = Remembered(source.load, seconds=10)
    source.open.clear()
    askers = [asyncio.create_task(memory.get("a")) for _ in range(5)]
    await asyncio.sleep(0)
    askers[0].cancel()
    await asyncio.sleep(0)
    source.open.set()
    assert await asyncio.gather(*askers[1:]) == ["a 1"] * 4
    assert source.asked == ["a"]


async def test_what_is_forgotten_is_asked_anew_also_while_it_is_loading() -> None:
    source = Source()
    memory = Remembered(source.load, seconds=10)
    source.open.clear()
    early = asyncio.create_task(memory.get("a"))
    await asyncio.sleep(0)
    memory.forget("a")
    late = asyncio.create_task(memory.get("a"))
    await asyncio.sleep(0)
    source.open.set()
    assert await early == "a 1"
    assert await late == await memory.get("a") == "a 2"
    memory.clear()
    assert await memory.get("a") == "a 3"


async def test_a_failure_is_told_to_all_and_not_kept() -> None:
    source = Source()
    source.broken = True
    memory = Remembered(source.load, seconds=10)
    for _ in range(2):
        with pytest.raises(LookupError):
            await memory.get("a")
    source.broken = False
    assert await memory.get("a") == "a 3"


async def test_it_forgets_the_oldest_when_there_are_too_many() -> None:
    source = Source()
    memory = Remembered(source.load, seconds=10, most=2)
    for key in ("a", "b", "c", "b", "a"):
        await memory.get(key)
    assert source.asked == ["a", "b", "c", "a"]
