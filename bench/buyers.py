"""The crowd: each buyer has a visitor cookie and an address of their own."""

import json
from uuid import uuid4

import msgspec

from bench.load import Load, request, run_load


class Buyer(msgspec.Struct, frozen=True):
    """`cookie` as the browser would send it; `address` as a trusted proxy would tell it."""

    cookie: str
    address: str


async def gather_buyers(port: int, *, count: int) -> list[Buyer]:
    """Visitors who have opened the shop once; their cookies come from the product."""
    cookies: list[str] = []
    waiting = iter(range(count))

    def make(_: int) -> bytes | None:
        number = next(waiting, None)
        if number is None:
            return None
        return request("GET", "/api/v1/me/orders", headers={"x-forwarded-for": _address(number)})

    await run_load(
        port, clients=8, seconds=None, make=make, look_at_head=lambda head: _note(head, cookies)
    )
    return [Buyer(cookie, _address(number)) for number, cookie in enumerate(cookies)]


def _note(head: bytes, cookies: list[str]) -> None:
    cookies.extend(
        line.split(b":", 1)[1].split(b";")[0].strip().decode()
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"set-cookie:") and b"visitor=" in line
    )


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


class Crowd:
    """Makes the requests of many buyers, in turn, each with a fresh idempotency key."""

    def __init__(self, buyers: list[Buyer]) -> None:
        self._buyers = buyers
        self._turn = 0

    def next_buyer(self) -> Buyer:
        self._turn += 1
        return self._buyers[self._turn % len(self._buyers)]

    def post(self, buyer: Buyer, path: str, body: object) -> bytes:
        headers = {
            "cookie": buyer.cookie,
            "x-forwarded-for": buyer.address,
            "idempotency-key": str(uuid4()),
        }
        return request("POST", path, headers=headers, body=json.dumps(body).encode())


def refused(load: Load) -> dict[int, int]:
    """Answers that were not a success, by status."""
    return {status: count for status, count in load.statuses.items() if status >= 400}
