"""A purchase step by step, as a browser makes it: hold, say who buys, confirm or pay."""

import json
from collections.abc import Iterator

from bench.buyers import BUYER, ORDERS, Buyer
from bench.lines import Ask, Person, Wait
from bench.load import Answer

_BUYER = json.dumps(BUYER).encode()


def in_steps(buyers: Iterator[Buyer], body: bytes) -> Iterator[Person]:
    """Free purchases without end, each in three requests: `hold`, `buyer`, `confirm`."""
    for buyer in buyers:
        yield _in_steps(buyer, body)


def _in_steps(buyer: Buyer, body: bytes) -> Person:
    held = yield Ask("hold", buyer.post(ORDERS, body))
    if held.status != 201:
        return
    order = f"{ORDERS}/{json.loads(held.body)['id']}"
    yield Ask("buyer", buyer.post(f"{order}/buyer", _BUYER, method="PUT"))
    yield Ask("confirm", buyer.post(f"{order}/confirm", b"{}"))


def by_card(buyers: Iterator[Buyer], body: bytes) -> Iterator[Person]:
    """Paid purchases without end: `hold`, then `pay` with the practice card company."""
    for buyer in buyers:
        yield _by_card(buyer, body)


def _by_card(buyer: Buyer, body: bytes) -> Person:
    held = yield Ask("hold", buyer.post(ORDERS, body))
    if held.status != 201:
        return
    path = f"{ORDERS}/{json.loads(held.body)['id']}/payments"
    pay = Ask("pay", buyer.post(path, b'{"source":"practice_ok"}'))
    while (answer := (yield pay)).outcome == "busy":
        yield patient(answer)


def patient(answer: Answer) -> Wait:
    """As long as a refusal says that one should wait."""
    return Wait(float(answer.header(b"retry-after") or 1))
