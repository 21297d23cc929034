"""A small memory of answers that are asked for on every request and change rarely."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Answers of `load`, each kept for `seconds`; the `most` recently loaded ones.

    Many askers of one unknown key wait for one load, and an asker that goes away does not cancel
    it. A failed load is not kept.
    """

    def __init__(
        self, load: Callable[[K], Awaitable[V]], *, seconds: float, most: int = 10_000
    ) -> None:
        self._load = load
        self._seconds = seconds
        self._most = most
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._loading: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K) -> V:
        """The answer for `key`, at most `seconds` old."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        task = self._loading.get(key)
        if task is None:
            task = self._loading[key] = asyncio.ensure_future(self._fetch(key))
            task.add_done_callback(lambda done: self._loaded(key, done))
        return await asyncio.shield(task)

    def forget(self, key: K) -> None:
        """Ask anew next time, also when a load is under way."""
        self._kept.pop(key, None)
        self._loading.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._loading.clear()

    def _loaded(self, key: K, done: "asyncio.Task[V]") -> None:
        if self._loading.get(key) is done:
            del self._loading[key]
        if not done.cancelled():
            done.exception()  # whoever asked has been told; nobody else needs to hear of it

    async def _fetch(self, key: K) -> V:
        asked_at, this = time.monotonic(), asyncio.current_task()
        value = await self._load(key)
        if self._loading.get(key) is this:
            self._kept[key] = (asked_at + self._seconds, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value
