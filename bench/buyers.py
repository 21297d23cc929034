"""The crowd: each buyer has a visitor cookie and an address of their own."""

import itertools
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import msgspec

from bench.lines import Ask, Person
from bench.load import Request, request
from bench.people import play

ORDERS = "/api/v1/organizers/demo/orders"
BUYER = {"email": "buyer@example.org", "name": "Bench Buyer"}


class Buyer(msgspec.Struct, frozen=True):
    """`cookie` as the browser would send it; `address` as a trusted proxy would tell it."""

    cookie: str
    address: str

    def get(self, path: str, *, etag: bytes | None = None) -> Request:
        """Ask for `path`, or only for what is newer than `etag`."""
        headers = self._headers | ({} if etag is None else {"if-none-match": etag.decode()})
        return request("GET", path, headers=headers)

    def post(self, path: str, body: bytes, *, method: str = "POST") -> Request:
        """With an idempotency key of its own."""
        headers = self._headers | {"idempotency-key": str(uuid4())}
        return request(method, path, headers=headers, body=body)

    @property
    def _headers(self) -> dict[str, str]:
        return {"cookie": self.cookie, "x-forwarded-for": self.address}


async def gather_buyers(port: int, *, count: int) -> list[Buyer]:
    """Visitors who have opened the shop once; their cookies come from the product."""
    buyers: list[Buyer] = []
    await play(port, (_newcomer(number, buyers) for number in range(count)), clients=16)
    return buyers


def _newcomer(number: int, buyers: list[Buyer]) -> Person:
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    asked = request("GET", "/api/v1/me/orders", headers={"x-forwarded-for": address})
    answer = yield Ask("newcomer", asked)
    for line in answer.head.split(b"\r\n"):
        if line.lower().startswith(b"set-cookie:") and b"visitor=" in line:
            cookie = line.split(b":", 1)[1].split(b";")[0].strip().decode()
            buyers.append(Buyer(cookie, address))


def in_turn(buyers: list[Buyer]) -> Iterator[Buyer]:
    """All of them again and again."""
    return itertools.cycle(buyers)


def an_order(event: dict[str, Any], *, buyer: bool = True, quantity: int = 1, **line: Any) -> bytes:
    """The body of an order of the event's first ticket type."""
    item = {"ticket_type_id": event["ticket_types"][0]["id"], "quantity": quantity, **line}
    wanted: dict[str, Any] = {"event_id": event["id"], "items": [item]}
    return json.dumps(wanted | ({"buyer": BUYER} if buyer else {})).encode()


def purchases(buyers: Iterator[Buyer], body: bytes, label: str = "purchase") -> Iterator[Person]:
    """Complete free purchases without end: one POST each that holds and confirms."""
    for buyer in buyers:
        yield _purchase(buyer, body, label)


def _purchase(buyer: Buyer, body: bytes, label: str) -> Person:
    yield Ask(label, buyer.post(ORDERS, body))
