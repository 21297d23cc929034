"""Rendered pages, remembered for a second and made once however many ask at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.site.renderer import Rendered
from boxoffice.gateway.site.stored import Stored

FRESH_SECONDS = 1.0
MOST_PAGES = 512


class Remembered:
    """A page, and its answer to the plain URL, made when first wanted."""

    __slots__ = ("_stored", "fresh_until", "rendered")

    def __init__(self, rendered: Rendered) -> None:
        self.rendered = rendered
        self.fresh_until = monotonic() + FRESH_SECONDS
        self._stored: Stored | None = None

    def stored(self, key: str) -> Stored:
        if self._stored is None:
            self._stored = Stored(self.rendered.answer(key))
        return self._stored


class PageMemory:
    """By key: the path, with the part of the query that changes the page."""

    def __init__(self) -> None:
        self._pages: dict[str, Remembered] = {}
        self._making: dict[str, asyncio.Task[Rendered]] = {}

    def at_hand(self, key: str, headers: dict[bytes, bytes]) -> Answer | None:
        """The answer for exactly this URL while it is fresh."""
        page = self._pages.get(key)
        if page is None or page.fresh_until < monotonic():
            return None
        return page.stored(key).answer(headers)

    def fresh(self, key: str) -> Rendered | None:
        """The page while it is fresh."""
        page = self._pages.get(key)
        return None if page is None or page.fresh_until < monotonic() else page.rendered

    async def make(self, key: str, render: Callable[[], Awaitable[Rendered]]) -> Rendered:
        """Make the page, or wait for who is making it; what `render` raises, all of them get."""
        task = self._making.get(key)
        if task is None:
            task = asyncio.ensure_future(self._make(key, render))
            self._making[key] = task
        return await asyncio.shield(task)

    async def _make(self, key: str, render: Callable[[], Awaitable[Rendered]]) -> Rendered:
        try:
            rendered = await render()
        finally:
            del self._making[key]
        self._pages.pop(key, None)
        if len(self._pages) >= MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[key] = Remembered(rendered)
        return rendered
