"""The cache, with the server there, gone in the middle, and back."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from bench.folders import open_folder
from boxoffice.data import cache as module
from boxoffice.data.cache import Cache, LocalCache
from boxoffice.data.embedded.valkey import EmbeddedValkey
from boxoffice.data.embedded.vault import Vault
from boxoffice.kernel.ids import new_id

PATIENT = 2.0  # seconds; a busy machine must not look like an outage


@pytest.fixture
async def cache(redis_url: str) -> AsyncIterator[Cache]:
    opened = Cache(redis_url, budget=PATIENT)
    yield opened
    await opened.close()


@pytest.fixture
def server() -> Iterator[EmbeddedValkey]:
    """A server of our own, to be killed."""
    with open_folder() as folder:
        valkey = EmbeddedValkey(
            folder / "valkey", vault=Vault(folder / "secrets.json"), log=folder / "log"
        )
        valkey.start()
        yield valkey
        valkey.stop()


async def eventually(is_so: Callable[[], Awaitable[bool]], *, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not await is_so():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.05)


async def test_bytes_are_kept_for_their_time(cache: Cache) -> None:
    long, short = str(new_id()), str(new_id())
    assert await cache.get(long) is None
    await cache.set(long, b"\x00\xffbytes", seconds=60)
    await cache.set(short, b"gone", seconds=0.1)
    await asyncio.sleep(0.15)
    assert await cache.get(long) == b"\x00\xffbytes"
    assert await cache.get(short) is None


async def test_another_process_sees_it(cache: Cache, redis_url: str) -> None:
    other, key = Cache(redis_url, budget=PATIENT), str(new_id())
    await cache.set(key, b"1", seconds=10)
    assert await other.get(key) == b"1"
    await other.delete(key)
    assert await cache.get(key) is None
    await other.close()


async def test_a_message_reaches_every_listener_of_its_channel(
    cache: Cache, redis_url: str
) -> None:
    other, channel = Cache(redis_url, budget=PATIENT), str(new_id())
    async with (
        cache.subscribe(channel) as here,
        other.subscribe(channel) as there,
        other.subscribe("elsewhere") as elsewhere,
    ):
        await cache.publish(channel, b"look")
        assert await asyncio.wait_for(anext(here), 5) == b"look"
        assert await asyncio.wait_for(anext(there), 5) == b"look"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(elsewhere), 0.1)
    await other.close()


async def test_a_slow_listener_loses_the_oldest(cache: Cache) -> None:
    channel = str(new_id())
    async with cache.subscribe(channel) as messages, cache.subscribe(channel) as beside:
        for number in range(150):
            await cache.publish(channel, str(number).encode())
        # Whoever keeps up has the last one: so has the other.
        while await asyncio.wait_for(anext(beside), 15) != b"149":
            pass
        assert await anext(messages) == b"50"


async def test_without_a_server_nothing_fails_and_little_is_lost(
    server: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.2)
    cache = Cache(server.url, budget=PATIENT)
    await cache.set("stays", b"old", seconds=60)
    await cache.set("goes", b"old", seconds=60)
    async with cache.subscribe("news") as news:
        await cache.publish("news", b"1")
        assert await asyncio.wait_for(anext(news), 5) == b"1"
        assert server.process is not None
        server.process.kill()
        server.process.wait()
        await cache.set("mine", b"local", seconds=60)
        assert await cache.get("mine") == b"local"
        assert not cache.is_reachable
        await cache.delete("goes")
        await cache.publish("news", b"2")
        assert await asyncio.wait_for(anext(news), 5) == b"2"
    await cache.close()


async def test_a_server_that_hangs_costs_no_more_than_the_budget(server: EmbeddedValkey) -> None:
    cache = Cache(server.url, budget=0.05)
    await eventually(lambda: is_up(cache))
    assert server.process is not None
    pid = server.process.pid
    os.kill(pid, signal.SIGSTOP)
    begun = time.monotonic()
    await cache.set("key", b"value", seconds=60)
    assert time.monotonic() - begun < 1.0
    begun = time.monotonic()
    for _ in range(100):
        assert await cache.get("key") == b"value"
    # A hundred budgets would be five seconds.
    assert time.monotonic() - begun < 2.5
    os.kill(pid, signal.SIGCONT)
    await cache.close()


async def is_up(cache: Cache) -> bool:
    await cache.get("anything")
    return cache.is_reachable


async def test_once_it_is_back_it_is_used_and_not_stale(
    server: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server kept running; only we could not reach it."""
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.2)
    cache, other = Cache(server.url, budget=0.5), Cache(server.url, budget=PATIENT)
    await cache.set("price", b"old", seconds=60)
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGSTOP)
    await cache.set("price", b"new", seconds=60)
    assert await cache.get("price") == b"new"
    os.kill(server.process.pid, signal.SIGCONT)
    await eventually(lambda: is_up(cache))
    assert await cache.get("price") is None
    assert await other.get("price") is None
    async with other.subscribe("news") as news:
        await cache.publish("news", b"hello again")
        assert await asyncio.wait_for(anext(news), 5) == b"hello again"
    await cache.close()
    await other.close()


def test_the_local_stand_in_is_bounded() -> None:
    local = LocalCache(most=2)
    for key in ("a", "b", "c"):
        local.set(key, key.encode(), seconds=60)
    assert [local.get(key) for key in ("a", "b", "c")] == [None, b"b", b"c"]
    local.delete("b")
    assert local.get("b") is None
