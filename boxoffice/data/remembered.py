"""A small memory of answers that are asked for on every request and change rarely."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
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
        self._forgets = 0

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

    def is_current(self, key: K, value: V) -> bool:
        """Whether `get` would give just this value without asking anybody."""
        kept = self._kept.get(key)
        return kept is not None and kept[1] is value and kept[0] > time.monotonic()

    async def get_all(
        self, keys: Collection[K], load_all: Callable[[list[K]], Awaitable[Mapping[K, V]]]
    ) -> dict[K, V]:
        """The answers for `keys` that there are, each at most `seconds` old.

        Those not at hand come from one call of `load_all`, which leaves out what does not exist.
        """
        now = time.monotonic()
        found = {key: kept[1] for key in keys if (kept := self._kept.get(key)) and kept[0] > now}
        missing = [key for key in keys if key not in found]
        if missing:
            forgets = self._forgets
            loaded = await load_all(missing)
            if self._forgets == forgets:
                for key, value in loaded.items():
                    self._keep(key, value, until=now + self._seconds)
            found.update(loaded)
        return found

    def forget(self, key: K) -> None:
        """Ask anew next time, also when a load is under way."""
        self._forgets += 1
        self._kept.pop(key, None)
        self._loading.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._forgets += 1
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
            self._keep(key, value, until=asked_at + self._seconds)
        return value

    def _keep(self, key: K, value: V, *, until: float) -> None:
        self._kept[key] = (until, value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
