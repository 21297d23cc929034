"""A closed loop over HTTP/1.1 keep-alive: every client sends its next request when the last is
answered.

Written on bare sockets because the generator shares the cores with what it measures.
"""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

Request = bytes
# Gives a client's next request, or None to stop it.
Next = Callable[[int], Request | None]
# Looks at an answer: client, status, body.
Seen = Callable[[int, int, bytes], None]
# Looks at an answer's status line and headers.
SeenHead = Callable[[bytes], None]


class Answer(NamedTuple):
    """A complete HTTP answer; `head` is its status line and headers."""

    status: int
    head: bytes
    body: bytes


_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Load(msgspec.Struct, kw_only=True):
    """What came back: seconds it took, latencies in seconds, answers by status."""

    seconds: float
    latencies: list[float]
    statuses: dict[int, int]

    @property
    def answered(self) -> int:
        return len(self.latencies)

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        """The latency that `share` of the answers did not exceed, in milliseconds."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, run: "_Run", number: int) -> None:
        self._run = run
        self._number = number
        self._buffer = bytearray()
        self._begun = 0.0
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def begin(self) -> None:
        """Send the next request, if there is one."""
        request = self._run.next_for(self._number)
        if request is None:
            self._run.ended(self._number)
            return
        self._begun = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        answer = _whole_answer(self._buffer)
        if answer is not None:
            self._buffer.clear()
            self._run.seen(self._number, time.perf_counter() - self._begun, answer)
            self.begin()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's name
        self._run.ended(self._number, failed=True)

    def close(self) -> None:
        self._transport.abort()


class _Run:
    """The state that all clients of one measurement share."""

    def __init__(
        self,
        *,
        clients: int,
        seconds: float | None,
        make: Next,
        look: Seen | None,
        look_at_head: SeenHead | None,
    ) -> None:
        self._make = make
        self._look = look
        self._look_at_head = look_at_head
        self._until = time.perf_counter() + seconds if seconds else None
        self._running = set(range(clients))
        self.done = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.statuses: dict[int, int] = {}
        self.broken = 0

    def next_for(self, number: int) -> Request | None:
        if self._until and time.perf_counter() >= self._until:
            return None
        return self._make(number)

    def seen(self, number: int, latency: float, answer: Answer) -> None:
        self.latencies.append(latency)
        status = answer.status
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if self._look:
            self._look(number, status, answer.body)
        if self._look_at_head:
            self._look_at_head(answer.head)

    def ended(self, number: int, *, failed: bool = False) -> None:
        if number not in self._running:
            return
        self.broken += failed
        self._running.discard(number)
        if not self._running and not self.done.done():
            self.done.set_result(None)


async def run_load(
    port: int,
    *,
    clients: int,
    seconds: float | None,
    make: Next,
    look: Seen | None = None,
    look_at_head: SeenHead | None = None,
) -> Load:
    """Drive `clients` closed loops until `make` gives None or `seconds` are over."""
    run = _Run(clients=clients, seconds=seconds, make=make, look=look, look_at_head=look_at_head)
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(lambda n=n: Client(run, n), "127.0.0.1", port))[1]
        for n in range(clients)
    ]
    begun = time.perf_counter()
    for connection in connections:
        connection.begin()
    await run.done
    took = time.perf_counter() - begun
    for connection in connections:
        connection.close()
    if run.broken:
        raise ConnectionError(f"{run.broken} of {clients} connections broke")
    return Load(seconds=took, latencies=run.latencies, statuses=run.statuses)


def _whole_answer(buffer: bytearray) -> Answer | None:
    """The answer once it is complete; answers here always have a Content-Length."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[:end])
    found = _LENGTH.search(head)
    total = end + 4 + (int(found[1]) if found else 0)
    if len(buffer) < total:
        return None
    return Answer(int(head[9:12]), head, bytes(buffer[end + 4 : total]))


def request(
    method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b""
) -> Request:
    """A whole HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", "host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
