"""What the company does by itself: slow charges settle, webhooks go out until they are received."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable

from boxoffice.practice import charges, events
from boxoffice.practice.book import Book
from boxoffice.practice.line import Line

_LINES, _PER_LINE = 4, 8


class Alarm:
    """Sleeps until a time or until somebody rings."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def sleep_until(self, moment: float | None) -> None:
        """`moment` None: only a ring wakes."""
        pause = None if moment is None else max(0.0, moment - time.time())
        try:
            await asyncio.wait_for(self._rung.wait(), pause)
        except TimeoutError:
            return
        self._rung.clear()


async def run(alarm: Alarm, turn: Callable[[], Awaitable[float | None]]) -> None:
    """Take turns for ever; each says when the next one is worth it."""
    while True:
        await alarm.sleep_until(await turn())


class Settler:
    """Settles slow charges when their time comes."""

    def __init__(self, book: Book, *, courier_alarm: Alarm) -> None:
        self._book, self._courier_alarm = book, courier_alarm

    async def turn(self) -> float | None:
        following = await self._book.do(charges.settle_due)
        self._courier_alarm.ring()
        return following


class Courier:
    """Delivers webhooks, a few receivers' worth at a time, until each is received."""

    def __init__(self, book: Book, *, url: str, secrets: list[bytes]) -> None:
        self._book = book
        self._lines = [Line(url, secrets) for _ in range(_LINES)]

    async def turn(self) -> float | None:
        due = await self._book.do(
            lambda book: events.due_deliveries(book, limit=_LINES * _PER_LINE)
        )
        shares = [due[number::_LINES] for number in range(_LINES)]
        await asyncio.gather(*map(self._deliver, self._lines, shares))
        return await self._book.do(events.next_due)

    async def _deliver(self, line: Line, share: list[sqlite3.Row]) -> None:
        if not share:
            return
        received = await asyncio.to_thread(line.deliver, share)
        await self._book.do(lambda book: _note(book, share, received))


def _note(book: sqlite3.Connection, share: list[sqlite3.Row], received: list[bool]) -> None:
    for delivery, arrived in zip(share, received, strict=True):
        (events.delivered if arrived else events.undelivered)(book, delivery)
