"""What the clients of a storm were told, written down as it was told."""

import time
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import msgspec

from storm.register import NOBODY, Act, Kind, Outcome, is_explained

MOST_SHOWN = 5


class Told(msgspec.Struct, kw_only=True):
    """One thing that was asked for under one key, however often it had to be sent.

    `begun` is when it was first sent, `ended` when its answer was there; `INFO` if none ever was.
    `unanswered` tries were sent before and may be carried out yet: the answer is that of the last,
    sent at `asked`; `replayed` if an earlier one was carried out.
    """

    key: str
    begun: float
    ended: float
    outcome: Outcome
    asked: float = 0.0
    unanswered: int = 0
    replayed: bool = False
    status: int = 0
    body: dict[str, Any] = {}

    @property
    def code(self) -> str:
        """The problem's code; empty for a success."""
        return str(self.body.get("code", "")) if self.outcome is Outcome.FAIL else ""


class Promise(msgspec.Struct, kw_only=True):
    """An order that somebody asked for; `stands` is the last that they were told about it:
    `confirmed`, `held`, `paying` or `cancelled`, `refused` if there is to be none.
    """

    told: Told
    stands: str

    @property
    def id(self) -> str:
        return str(self.told.body.get("id", ""))


class Journal(msgspec.Struct, kw_only=True):
    """Of one storm. `outages`: 503 and broken connections are expected, for things get killed.

    `alive` are the times at which something succeeded; `late` counts keys whose last try was
    refused and an earlier one, which had no answer, carried out.
    """

    outages: bool = False
    orders: list["Promise"] = []
    payments: list[Told] = []
    acts: dict[str, list[Act]] = msgspec.field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = msgspec.field(default_factory=Counter[int])
    unreached: int = 0
    doubts: int = 0
    repeated: int = 0
    late: int = 0
    turned_away: int = 0
    alive: list[float] = []
    offenders: list[str] = []

    def offend(self, what: str) -> None:
        self.offenders.append(what)

    def answered(self, status: int, *, retry_after: int | None, body: bytes) -> None:
        """Count an answer. What is an offence by itself is one."""
        self.statuses[status] += 1
        if status < 400:
            self.alive.append(time.perf_counter())
        if status in (429, 503) and retry_after is None:
            self.offend(f"{status} without Retry-After: {body[:200].decode()}")
        if status >= 500 and not (status == 503 and self.outages):
            self.offend(f"{status}: {body[:300].decode()}")

    def broke(self, *, sent: bool) -> None:
        """A connection was refused, or broke after something had been sent."""
        self.doubts += sent
        self.unreached += not sent
        if not self.outages:
            self.offend("a connection broke" if sent else "a connection was refused")

    def note(self, what: str, kind: Kind, who: str, told: Told) -> None:
        """An act upon the register called `what`. Refused is the last try alone."""
        begun = told.asked if told.outcome is Outcome.FAIL else told.begun
        self.acts[what].append(Act(kind, who, begun, told.ended, told.outcome))

    def perhaps(self, what: str, who: str, begun: float) -> None:
        """They may have taken it, and let go of it, at any time since."""
        for kind in (Kind.TAKE, Kind.DROP):
            self.acts[what].append(Act(kind, who, begun, float("inf"), Outcome.INFO))

    def seen(self, what: str, who: str = NOBODY) -> None:
        """The database says now whose it is."""
        now = time.perf_counter()
        self.acts[what].append(Act(Kind.SEEN, who, now, now))

    def judge_histories(self, of: str = "") -> None:
        """The history of every register whose name begins so must be explained."""
        for what, acts in self.acts.items():
            if what.startswith(of) and not is_explained(acts):
                told = ", ".join(
                    f"{act.kind.value} {act.who[-12:] or 'nobody'} {act.outcome.value}"
                    for act in sorted(acts, key=lambda act: act.begun)
                    if act.outcome is not Outcome.FAIL
                )
                self.offend(f"no order of events explains the history of {what}: {told}")

    @property
    def longest_silence(self) -> float:
        """Seconds between two successes: how long everybody was without service at most."""
        times = sorted(self.alive)
        return max((b - a for a, b in pairwise(times)), default=0.0)
