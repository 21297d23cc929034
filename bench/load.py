"""HTTP/1.1 requests and answers, and what a load saw of them.

Written on bare sockets because the generator shares the cores with what it measures.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

Request = bytes
# The status of an answer that never came, because the connection broke.
LOST = 0


class Answer(NamedTuple):
    """A complete HTTP answer; `head` is its status line and headers."""

    status: int
    head: bytes
    body: bytes

    @property
    def outcome(self) -> str:
        """Its status; `busy` for the 429 that tells of overload; `lost`."""
        if self.status == LOST:
            return "lost"
        return "busy" if self.status == 429 and b'"busy"' in self.body else str(self.status)

    def header(self, name: bytes) -> bytes | None:
        """The value of the header called `name` (lower case), if it is there."""
        found = re.search(rb"\r\n" + name + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found[1] if found else None


class Load(msgspec.Struct, kw_only=True):
    """What came back: the seconds it took, and latencies in seconds by what was asked and how it
    was answered. `unserved` never got a connection to ask anything.
    """

    seconds: float = 0.0
    unserved: int = 0
    answers: dict[tuple[str, str], list[float]] = {}

    def note(self, label: str, outcome: str, latency: float) -> None:
        """One more answer."""
        self.answers.setdefault((label, outcome), []).append(latency)

    def latencies(self, label: str | None = None, outcomes: Iterable[str] = ()) -> list[float]:
        """Of answers to `label` with one of the outcomes; None, none: whatever it was."""
        wanted = set(outcomes)
        return [
            latency
            for (asked, outcome), seen in self.answers.items()
            if (label is None or asked == label) and (not wanted or outcome in wanted)
            for latency in seen
        ]

    def count(self, label: str | None = None, *outcomes: str) -> int:
        return len(self.latencies(label, outcomes))

    def percentile_ms(
        self, share: float, label: str | None = None, outcomes: Iterable[str] = ()
    ) -> float:
        """The latency that `share` of the answers did not exceed, in milliseconds."""
        return 1000 * percentile(self.latencies(label, outcomes), share)

    @property
    def per_second(self) -> float:
        return self.count() / self.seconds if self.seconds else 0.0

    def outcomes_of(self, label: str | None = None) -> dict[str, int]:
        """How many answers of each outcome."""
        found: dict[str, int] = {}
        for (asked, outcome), seen in self.answers.items():
            if label is None or asked == label:
                found[outcome] = found.get(outcome, 0) + len(seen)
        return found

    @property
    def busy(self) -> int:
        """How many were told to come back later because of overload."""
        return self.outcomes_of().get("busy", 0)

    @property
    def faults(self) -> int:
        """Answers that mean a fault of ours: 5xx, or none at all."""
        return sum(
            count
            for outcome, count in self.outcomes_of().items()
            if outcome.startswith("5") or outcome in {"lost", "unanswered"}
        )


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` of them do not exceed (nearest rank); 0 if there are none."""
    ordered = sorted(values)
    rank = max(0, -int(-share * len(ordered) // 1) - 1)
    return ordered[min(rank, len(ordered) - 1)] if ordered else 0.0


_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def whole_answer(buffer: bytearray) -> Answer | None:
    """The answer once it is complete; answers here have a Content-Length, or no body."""
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
