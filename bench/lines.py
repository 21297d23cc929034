"""Connections over which people are served: `people` says how these come."""

import asyncio
import time
from collections.abc import Callable, Generator
from typing import Any, NamedTuple

from bench.load import LOST, Answer, Load, Request, whole_answer

_NOTHING = Answer(LOST, b"", b"")
_AGAIN_SECONDS = 0.05


class Ask(NamedTuple):
    """A request; `label` is what its latency is noted under."""

    label: str
    request: Request


class Wait(NamedTuple):
    """Do nothing for so many seconds."""

    seconds: float


# Is sent the answer to each Ask, and an empty one after each Wait and if the connection broke.
Person = Generator[Ask | Wait, Answer, None]


class Due(NamedTuple):
    """Somebody to serve; their first latency counts from `since`, or else from when they ask."""

    person: Person
    since: float | None = None


class Hall:
    """All connections of one load, and what came back on them."""

    def __init__(self, port: int, next_due: Callable[[], Due | None]) -> None:
        self.port = port
        self.load = Load(answers={})
        self.until: float | None = None
        self.empty = asyncio.Event()
        self._next_due = next_due
        self._lines: list[Line] = []
        self._idle: set[Line] = set()

    async def open(self, count: int) -> None:
        """Connect so many lines, one after the other."""
        for _ in range(count):
            line = Line(self)
            self._lines.append(line)
            await line.connect()

    def call_all(self) -> None:
        """Let every line serve whoever is next."""
        for line in self._lines:
            line.take()

    def wake(self, count: int) -> None:
        """Let so many of the idle lines look who is there."""
        for line in list(self._idle)[:count]:
            line.take()

    def next_due(self) -> Due | None:
        return None if self.is_over else self._next_due()

    @property
    def is_over(self) -> bool:
        return self.until is not None and time.perf_counter() >= self.until

    def serves(self, line: "Line") -> None:
        self._idle.discard(line)
        self.empty.clear()

    def rests(self, line: "Line") -> None:
        self._idle.add(line)
        if len(self._idle) == len(self._lines):
            self.empty.set()

    def close(self) -> None:
        """Hang up; what was not answered by now is noted as `unanswered`."""
        for line in self._lines:
            line.close()


class Line(asyncio.Protocol):
    """One connection, made again when it breaks; it serves one person after the other."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._buffer = bytearray()
        self._person: Person | None = None
        self._asked: Ask | None = None
        self._since: float | None = None
        self._transport: Any = None
        self._closed = False
        self._connecting: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Return once connected, however often that must be tried."""
        loop = asyncio.get_running_loop()
        while not self._closed:
            try:
                await loop.create_connection(lambda: self, "127.0.0.1", self._hall.port)
            except OSError:
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return

    def take(self) -> None:
        """Serve the next person, or rest."""
        due = self._hall.next_due()
        if due is None:
            self._person = None
            self._hall.rests(self)
        else:
            self._hall.serves(self)
            self._person, self._since = due
            self._step(None)

    def close(self) -> None:
        self._closed = True
        if self._asked is not None:
            self._hall.load.note(self._asked.label, "unanswered", self._waited())
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        if self._asked is not None:
            self._transport.write(self._asked.request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        answer = whole_answer(self._buffer)
        if answer is not None:
            self._buffer.clear()
            self._answered(answer)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's name
        self._transport = None
        self._buffer.clear()
        if not self._closed:
            self._connecting = asyncio.get_running_loop().create_task(self.connect())
            self._answered(_NOTHING)

    def _answered(self, answer: Answer) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            self._hall.load.note(asked.label, answer.outcome, self._waited())
            self._since = None
            self._step(answer)

    def _waited(self) -> float:
        return time.perf_counter() - (self._since or 0.0)

    def _step(self, answer: Answer | None) -> None:
        """Tell the person, and do what it wishes next."""
        if self._person is None or (answer is not None and self._hall.is_over):
            self.take()
            return
        try:
            wish = next(self._person) if answer is None else self._person.send(answer)
        except StopIteration:
            self.take()
            return
        if isinstance(wish, Wait):
            asyncio.get_running_loop().call_later(wish.seconds, self._step, _NOTHING)
        else:
            self._ask(wish)

    def _ask(self, wish: Ask) -> None:
        self._asked = wish
        if self._since is None:
            self._since = time.perf_counter()
        if self._transport is not None:
            self._transport.write(wish.request)
