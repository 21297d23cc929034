"""The cache and live channels, on the Redis protocol, with a local stand-in for outages.

Nothing in here must survive: what is cached can be computed again, what is published is a hint to
look. So a call never waits longer than the budget, never fails, and an outage only costs speed.
"""

import asyncio
import contextlib
import time
from collections import OrderedDict, defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import structlog
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from boxoffice.data.tasks import end

T = TypeVar("T")

log = structlog.get_logger(__name__)

BUDGET_SECONDS = 0.05
RETRY_SECONDS = 1.0
_KEY, _CHANNEL = "cache:", "live:"
_MOST_LOCAL = 10_000
_MOST_WAITING = 100


class Cache:
    """Bytes under keys for some seconds, and channels that reach every process.

    While the server is gone this process caches for itself and its channels reach only itself. Once
    the server is back, what was changed meanwhile is deleted there before anything is read.
    """

    def __init__(self, url: str, *, budget: float = BUDGET_SECONDS) -> None:
        # The client types its answers loosely; ours are typed where they enter.
        self._server: Any = Valkey.from_url(url, socket_timeout=1.0, socket_connect_timeout=1.0)
        self._live = LiveChannels(Valkey.from_url(url, socket_connect_timeout=1.0))
        self._budget = budget
        self._local = LocalCache()
        self._changed: OrderedDict[str, None] = OrderedDict()
        self._gone_until: float | None = None

    @property
    def is_reachable(self) -> bool:
        """Whether the server answered the last time it was asked."""
        return self._gone_until is None

    async def get(self, key: str) -> bytes | None:
        """What is cached under `key`."""
        try:
            found: bytes | None = await self._ask(lambda: self._server.get(_KEY + key))
        except ServerGone:
            return self._local.get(key)
        return found

    async def set(self, key: str, value: bytes, *, seconds: float) -> None:
        """Cache `value` for `seconds`."""
        milliseconds = max(1, round(seconds * 1000))
        try:
            await self._ask(lambda: self._server.set(_KEY + key, value, px=milliseconds))
        except ServerGone:
            self._remember_change(key)
            self._local.set(key, value, seconds=seconds)

    async def count(self, key: str, *, seconds: float) -> int:
        """One more under `key`; how many there have been within `seconds` of the first."""
        milliseconds = max(1, round(seconds * 1000))
        try:
            return await self._ask(lambda: self._count(_KEY + key, milliseconds))
        except ServerGone:
            number = int(self._local.get(key) or b"0") + 1
            self._remember_change(key)
            self._local.set(key, str(number).encode(), seconds=seconds)
            return number

    async def _count(self, name: str, milliseconds: int) -> int:
        async with self._server.pipeline(transaction=True) as pipe:
            counted = await pipe.incr(name).pexpire(name, milliseconds, nx=True).execute()
        return int(counted[0])

    async def delete(self, key: str) -> None:
        """Forget what is cached under `key`."""
        try:
            await self._ask(lambda: self._server.delete(_KEY + key))
        except ServerGone:
            self._remember_change(key)
            self._local.delete(key)

    async def publish(self, channel: str, message: bytes) -> None:
        """Tell whoever listens to `channel` right now; messages may get lost."""
        try:
            await self._ask(lambda: self._server.publish(_CHANNEL + channel, message))
        except ServerGone:
            self._live.deliver(channel, message)
            return
        if not self._live.is_connected:
            self._live.deliver(channel, message)

    @asynccontextmanager
    async def subscribe(self, channel: str) -> AsyncGenerator[AsyncIterator[bytes]]:
        """The messages published to `channel` while the block runs."""
        async with self._live.subscribe(channel, patience=self._budget) as messages:
            yield messages

    async def close(self) -> None:
        """Let go of every connection."""
        await self._live.close()
        await self._server.aclose()

    async def _ask(self, question: Callable[[], Awaitable[T]]) -> T:
        if self._gone_until is not None:
            await self._try_again(self._gone_until)
        try:
            async with asyncio.timeout(self._budget):
                return await question()
        except (ValkeyError, OSError) as error:  # a timeout is an OSError
            if self._gone_until is None:
                log.warning("cache_gone", error=type(error).__name__)
            self._gone_until = time.monotonic() + RETRY_SECONDS
            raise ServerGone from error

    async def _try_again(self, gone_until: float) -> None:
        """Once a second one caller asks whether the server is back; the others do without it."""
        if time.monotonic() < gone_until:
            raise ServerGone
        self._gone_until = time.monotonic() + RETRY_SECONDS
        changed = [_KEY + key for key in self._changed]
        try:
            async with asyncio.timeout(self._budget):
                await self._server.delete(*changed or [_KEY])
        except (ValkeyError, OSError) as error:
            raise ServerGone from error
        log.info("cache_back", changed=len(changed))
        self._gone_until = None
        self._changed.clear()
        self._local.clear()

    def _remember_change(self, key: str) -> None:
        self._changed[key] = None
        if len(self._changed) > _MOST_LOCAL:
            self._changed.popitem(last=False)


class ServerGone(Exception):
    """The server did not answer within the budget."""


class LocalCache:
    """Keys with an end, in this process; the oldest go when there are too many."""

    def __init__(self, *, most: int = _MOST_LOCAL) -> None:
        self._most = most
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        until, value = self._kept.get(key, (0.0, b""))
        return value if time.monotonic() < until else None

    def set(self, key: str, value: bytes, *, seconds: float) -> None:
        self._kept[key] = (time.monotonic() + seconds, value)
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def delete(self, key: str) -> None:
        self._kept.pop(key, None)

    def clear(self) -> None:
        self._kept.clear()


class LiveChannels:
    """One connection that hears every channel and hands messages to this process's listeners."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._queues: defaultdict[str, set[asyncio.Queue[bytes]]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        # The client may swallow a cancellation that meets it while it connects.

    @property
    def is_connected(self) -> bool:
        """Whether messages published on the server arrive here."""
        return self._connected.is_set()

    def deliver(self, channel: str, message: bytes) -> None:
        """Hand the message to local listeners; a slow one loses its oldest."""
        for queue in self._queues.get(channel, ()):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(message)

    @asynccontextmanager
    async def subscribe(
        self, channel: str, *, patience: float
    ) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Messages of the channel; waits up to `patience` seconds for the connection."""
        queue: asyncio.Queue[bytes] = asyncio.Queue(_MOST_WAITING)
        self._queues[channel].add(queue)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._connected.wait(), patience)
        try:
            yield _messages(queue)
        finally:
            self._queues[channel].discard(queue)
            if not self._queues[channel]:
                del self._queues[channel]

    async def close(self) -> None:
        if self._listening is not None:
            await end(self._listening)
        await self._server.aclose()

    async def _listen(self) -> None:
        while True:
            with contextlib.suppress(ValkeyError, OSError):
                await self._hear()
            self._connected.clear()
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self) -> None:
        async with self._server.pubsub() as ear:
            await ear.psubscribe(f"{_CHANNEL}*")
            async for heard in ear.listen():
                self._heard(heard)

    def _heard(self, heard: dict[str, Any]) -> None:
        if heard["type"] == "psubscribe":
            self._connected.set()
        elif heard["type"] == "pmessage":
            self.deliver(heard["channel"].decode().removeprefix(_CHANNEL), heard["data"])


async def _messages(queue: asyncio.Queue[bytes]) -> AsyncIterator[bytes]:
    while True:
        yield await queue.get()
