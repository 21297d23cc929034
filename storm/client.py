"""A client that asks again, with the same key, until there is an answer."""

import asyncio
import json
import random
import time
from typing import Any
from uuid import uuid4

import msgspec

from bench.buyers import Buyer
from bench.load import Answer, request
from storm.journal import Journal, Told
from storm.register import Outcome
from storm.wire import Doubt, Line, Unreached

# Being done already, by an earlier try of ours: ask again shortly.
_RUNNING = {"in_progress", "idempotency_key_in_use"}
# So long a client keeps asking for the same thing.
STUBBORN = 120.0
_PAUSE = 0.1


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """Shares of requests that are abandoned half-way and sent again, and of keyed ones that are
    sent once more although they were answered. Who `hurries` never waits before asking again.
    """

    impatient: float = 0.0
    doubtful: float = 0.02
    hurries: bool = False


class Client:
    """One browser or scanner after the other, on one connection."""

    def __init__(
        self, port: int, journal: Journal, dice: random.Random, habits: Habits | None = None
    ) -> None:
        self.journal, self.dice = journal, dice
        self._line, self._habits = Line(port), habits or Habits()

    async def send(
        self, buyer: Buyer, method: str, path: str, body: Any = None, *, key: str | None = None
    ) -> Told:
        """What came of it in the end. `key` is the Idempotency-Key if the route takes one."""
        headers = {"cookie": buyer.cookie, "x-forwarded-for": buyer.address}
        if key is not None:
            headers["idempotency-key"] = key
        said = b"" if method == "GET" else json.dumps(body).encode()
        sent = request(method, path, headers=headers, body=said)
        told = await self.insist(sent, name=key or str(uuid4()))
        if key is not None and told.outcome is Outcome.OK:
            await self._perhaps_again(sent, told)
        return told

    async def insist(self, sent: bytes, *, name: str) -> Told:
        """Ask until there is a definite answer; `INFO` if there is none for too long."""
        begun, unanswered = time.perf_counter(), 0
        if self.dice.random() < self._habits.impatient:
            unanswered += await self._leave(sent)
        while time.perf_counter() - begun < STUBBORN:
            try:
                told = await self._try(sent, name=name, begun=begun)
            except Doubt:
                unanswered += 1
                self.journal.broke(sent=True)
                await self._pause(_PAUSE)
                continue
            if told is not None:
                told.unanswered = unanswered
                return told
        self.journal.offend(f"no answer within {STUBBORN:g} s")
        return Told(key=name, begun=begun, ended=float("inf"), outcome=Outcome.INFO)

    def hang_up(self) -> None:
        self._line.hang_up()

    async def _try(self, sent: bytes, *, name: str, begun: float) -> Told | None:
        """One try; None to ask again. Raises `Doubt`."""
        asked = time.perf_counter()
        try:
            answer = await self._line.ask(sent)
        except Unreached:
            self.journal.broke(sent=False)
            await self._pause(_PAUSE)
            return None
        after = answer.header(b"retry-after")
        seconds = int(after) if after else None
        self.journal.answered(answer.status, retry_after=seconds, body=answer.body)
        body = _decoded(answer)
        if answer.status in (429, 503) or body.get("code") in _RUNNING:
            # A second at the longest, so that a storm stays one.
            await self._pause(min(seconds or 1, 1) * self.dice.uniform(0.2, 1))
            return None
        return Told(
            key=name, begun=begun, asked=asked, ended=time.perf_counter(),
            status=answer.status, body=body,
            replayed=answer.header(b"idempotency-replayed") is not None,
            outcome=Outcome.OK if answer.status < 400 else Outcome.FAIL,
        )  # fmt: skip

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(0 if self._habits.hurries else seconds)

    async def _leave(self, sent: bytes) -> bool:
        """Whether it was sent and abandoned."""
        try:
            await self._line.leave_in_the_middle(sent, after=self.dice.uniform(0, 0.05))
        except Unreached:
            self.journal.broke(sent=False)
            return False
        return True

    async def _perhaps_again(self, sent: bytes, told: Told) -> None:
        """The same key must lead to the same order, today and tomorrow."""
        if self.dice.random() >= self._habits.doubtful:
            return
        again = await self.insist(sent, name=told.key)
        self.journal.repeated += 1
        if again.outcome is not Outcome.OK or _what(again) != _what(told):
            self.journal.offend(f"one key, two answers: {_what(told)}, then {_what(again)}")


def _decoded(answer: Answer) -> dict[str, Any]:
    return json.loads(answer.body) if answer.body[:1] == b"{" else {}


def _what(told: Told) -> tuple[Any, ...]:
    """What an answer is about: an order and its positions, or a payment and its order."""
    order = told.body.get("order", told.body)
    positions = [one["id"] for one in order.get("positions", [])]
    return told.status, order.get("id"), positions, told.body.get("payment", {}).get("id")
