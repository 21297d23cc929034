"""A small memory of answers."""

import asyncio
from collections.abc import Callable

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
    long, short = Source(), Source()
    memory = Remembered(long.load, seconds=600)
    assert await memory.get("a") == await memory.get("a") == "a 1"
    memory = Remembered(short.load, seconds=0.01)
    assert await memory.get("a") == "a 1"
    await asyncio.sleep(0.02)
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


class Shelf:
    """Answers many questions at once; knows nothing of `?`."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.meanwhile: Callable[[], None] = lambda: None

    async def load_all(self, keys: list[str]) -> dict[str, str]:
        self.asked.append(keys)
        self.meanwhile()
        return {key: f"{key} {len(self.asked)}" for key in keys if key != "?"}


async def test_many_answers_that_are_not_at_hand_come_from_one_load() -> None:
    memory, shelf = Remembered(Source().load, seconds=10), Shelf()
    assert await memory.get("a") == "a 1"
    told = {"a": "a 1", "b": "b 1", "c": "c 1"}
    assert await memory.get_all(["a", "b", "c", "?"], shelf.load_all) == told
    assert await memory.get_all(["c", "b", "a"], shelf.load_all) == told
    assert shelf.asked == [["b", "c", "?"]]
    assert await memory.get("b") == "b 1"


async def test_what_is_forgotten_while_many_are_loaded_is_asked_anew() -> None:
    memory, shelf = Remembered(Source().load, seconds=10), Shelf()
    shelf.meanwhile = lambda: memory.forget("b")
    assert await memory.get_all(["a", "b"], shelf.load_all) == {"a": "a 1", "b": "b 1"}
    shelf.meanwhile = lambda: None
    assert await memory.get_all(["b"], shelf.load_all) == {"b": "b 2"}
