"""Scanners at the door: online, and those that were offline and tell later whom they let in."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import msgspec

from bench.buyers import ORDERS, Buyer
from bench.lines import Ask, Person
from bench.load import Answer, Request, request
from bench.product import HOUSE
from bench.results import Check


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody shows a ticket's code at a gate; `offline`: nobody could be asked then."""

    code: str
    gate: str
    offline: bool = False


class Doors:
    """The gates of one event: what they ask, and what they heard."""

    def __init__(self, token: str, event_id: str) -> None:
        self._headers = {"authorization": f"Bearer {token}"}
        self._event_id = event_id
        self.admitted: list[str] = []
        self.refused: list[tuple[Attempt, dict[str, object]]] = []

    def people(self, attempts: Iterable[Attempt]) -> Iterator[Person]:
        """One after the other; who was let in offline says when that was."""
        for attempt in attempts:
            yield self._person(attempt)

    def _person(self, attempt: Attempt) -> Person:
        answer = yield Ask("scan", self._request(attempt))
        if answer.status == 200:
            verdict = json.loads(answer.body)
            if verdict["verdict"] == "admitted":
                self.admitted.append(attempt.code)
            else:
                self.refused.append((attempt, verdict))

    def _request(self, attempt: Attempt) -> Request:
        body = {
            "code": attempt.code,
            "event_id": self._event_id,
            "nonce": str(uuid4()),
            "gate": attempt.gate,
        }
        if attempt.offline:
            body["scanned_at"] = datetime.now(UTC).isoformat()
        return request(
            "POST", f"{HOUSE}/scans", headers=self._headers, body=json.dumps(body).encode()
        )


class Rush(msgspec.Struct, frozen=True, kw_only=True):
    """All attempts of an evening."""

    online: list[Attempt]
    offline: list[Attempt]

    @property
    def conflicts(self) -> int:
        """How many people the offline gates let in with a ticket that let in somebody else too."""
        times = Counter(one.code for one in self.offline)
        online = {one.code for one in self.online}
        return sum(count - (code not in online) for code, count in times.items())


def rush(codes: Sequence[str], *, gates: int, offline: int, twice: float, seed: int) -> Rush:
    """Every code once, at gates in proportion; that share of them a second time, at any gate."""
    dice = random.Random(seed)  # noqa: S311  # not a secret
    again = dice.sample(list(codes), round(twice * len(codes)))
    shown = [*codes, *again]
    dice.shuffle(shown)
    attempts: dict[bool, list[Attempt]] = {True: [], False: []}
    seen: set[tuple[str, int]] = set()
    for code in shown:
        gate = dice.choice([gate for gate in range(gates) if (code, gate) not in seen])
        seen.add((code, gate))
        is_offline = gate < offline
        attempts[is_offline].append(Attempt(code=code, gate=f"Gate {gate}", offline=is_offline))
    return Rush(online=attempts[False], offline=attempts[True])


def door_checks(
    name: str, admitted: Iterable[str], conflicts: int, *, codes: int, rush: Rush
) -> list[Check]:
    """Whether each ticket let in one and only one, and each conflict was told."""
    times = Counter(admitted)
    return [
        Check(what=f"{name}: tickets that let somebody in", found=len(times), wanted=codes),
        Check(
            what=f"{name}: tickets that let in two",
            found=sum(count > 1 for count in times.values()),
            wanted=0,
        ),
        Check(what=f"{name}: offline conflicts told", found=conflicts, wanted=rush.conflicts),
    ]


def ticket_buyers(
    buyers: Iterator[Buyer], body: bytes, count: int, codes: list[str]
) -> Iterator[Person]:
    """So many orders; the codes of their tickets."""
    for _ in range(count):
        yield _ticket_buyer(next(buyers), body, codes)


def _ticket_buyer(buyer: Buyer, body: bytes, codes: list[str]) -> Person:
    answer: Answer = yield Ask("purchase", buyer.post(ORDERS, body))
    if answer.status == 201:
        codes += [ticket["code"] for ticket in json.loads(answer.body)["tickets"]]
