"""The HTTP side: who may ask, which operation is meant, how it is answered.

POST /v1/charges         create and confirm (Idempotency-Key)    GET /v1/charges/{id}
POST /v1/charges/{id}/capture, /v1/charges/{id}/void             what a card holds (Idempotency-Key)
GET  /v1/charges         a page, newest first                    POST /v1/refunds (Idempotency-Key)
GET  /control/{merchant} how a merchant is treated               PUT  /control/{merchant}
GET  /healthz            whether the book can be written
"""

import asyncio
import hmac
from collections.abc import AsyncIterator
from typing import Any, Protocol
from urllib.parse import parse_qsl

import msgspec

from boxoffice.practice import captures, charges, refunds
from boxoffice.practice.behaviours import behaviour_of, set_behaviour
from boxoffice.practice.book import Book
from boxoffice.practice.cards import CARDS
from boxoffice.practice.clockwork import Alarm
from boxoffice.practice.idempotency import Kept
from boxoffice.practice.wire import ChargeRequest, Problem

_LARGEST_BODY = 64 * 1024
_NO_SUCH_PAGE = Problem(404, "no_such_page", "There is nothing at this address.")


class Scope(Protocol):
    """What RSGI tells about a request, as far as it matters here."""

    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> Any: ...


class Exchange(Protocol):
    """RSGI's way to read the request's body and to answer."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...


class Server:
    """One RSGI application. `alarms` ring whenever there may be something to settle or deliver."""

    def __init__(self, book: Book, *, key: str, alarms: tuple[Alarm, ...]) -> None:
        self._book, self._key, self._alarms = book, key.encode(), alarms

    async def __call__(self, scope: Scope, exchange: Exchange) -> None:
        try:
            answer = await self._answer(scope, exchange)
        except Problem as problem:
            answer = Kept(problem.status, problem.body)
        except msgspec.DecodeError as error:
            answer = Kept(400, Problem(400, "bad_body", str(error)).body)
        headers = [("content-type", "application/json")]
        if answer.replayed:
            headers.append(("idempotent-replayed", "true"))
        exchange.response_bytes(answer.status, headers, answer.body)

    async def _answer(  # noqa: PLR0911  # one a page
        self, scope: Scope, exchange: Exchange
    ) -> Kept:
        if scope.path == "/healthz":
            return _ok(await self._book.do(lambda book: {"charges": _count(book)}))
        self._authenticate(scope)
        match (scope.method, scope.path.strip("/").split("/")):
            case ("POST", ["v1", "charges"]):
                return await self._charge(_key(scope), await _body(exchange))
            case ("POST", ["v1", "charges", charge_id, ("capture" | "void") as verb]):
                return await self._end_hold(verb, charge_id, _key(scope))
            case ("POST", ["v1", "refunds"]):
                return await self._refund(_key(scope), await _body(exchange))
            case ("GET", ["v1", "charges"]):
                query = dict(parse_qsl(scope.query_string))
                return _ok(await self._book.do(lambda book: charges.page(book, query)))
            case ("GET", ["v1", "charges", charge_id]):
                return _ok(await self._book.do(lambda book: charges.read(book, charge_id)))
            case (("GET" | "PUT") as method, ["control", merchant]):
                return await self._control(method, merchant, exchange)
            case _:
                raise _NO_SUCH_PAGE

    async def _charge(self, key: str, body: bytes) -> Kept:
        answer = await self._book.do(lambda book: charges.create(book, key=key, body=body))
        self._ring()
        wanted = msgspec.json.decode(body, type=ChargeRequest)
        await self._dawdle(wanted.source, wanted.merchant, answer)
        return answer

    async def _end_hold(self, verb: str, charge_id: str, key: str) -> Kept:
        end = captures.capture if verb == "capture" else captures.void
        answer = await self._book.do(lambda book: end(book, charge_id, key=key))
        self._ring()
        charge = await self._book.do(lambda book: charges.read(book, charge_id))
        await self._dawdle(charge.source, charge.merchant, answer)
        return answer

    async def _dawdle(self, source: str, merchant: str, answer: Kept) -> None:
        """On some cards the first answer comes late."""
        if CARDS[source].answers_late and not answer.replayed:
            behaviour = await self._book.do(lambda book: behaviour_of(book, merchant))
            await asyncio.sleep(behaviour.late_seconds)

    async def _refund(self, key: str, body: bytes) -> Kept:
        answer = await self._book.do(lambda book: refunds.create(book, key=key, body=body))
        self._ring()
        return answer

    async def _control(self, method: str, merchant: str, exchange: Exchange) -> Kept:
        if method == "GET":
            return _ok(await self._book.do(lambda book: behaviour_of(book, merchant)))
        body = await _body(exchange)
        return _ok(await self._book.do(lambda book: set_behaviour(book, merchant, body)))

    def _authenticate(self, scope: Scope) -> None:
        scheme, _, key = (scope.headers.get("authorization") or "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(key.encode(), self._key):
            raise Problem(401, "bad_api_key", "Send `Authorization: Bearer` with your API key.")

    def _ring(self) -> None:
        for alarm in self._alarms:
            alarm.ring()


def _key(scope: Scope) -> str:
    return scope.headers.get("idempotency-key") or ""


async def _body(exchange: Exchange) -> bytes:
    body = b""
    async for chunk in exchange:
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise Problem(413, "too_large", f"A body has {_LARGEST_BODY} bytes at most.")
    return body


def _ok(answer: Any) -> Kept:
    return Kept(200, msgspec.json.encode(answer))


def _count(book: Any) -> int:
    return book.execute("SELECT count(*) FROM charges").fetchone()[0]
