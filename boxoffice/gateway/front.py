"""The first and last to touch a request: trace id, address, pages, headers of the answer,
measurements.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any, Protocol

from boxoffice.gateway.addresses import Networks, client_address
from boxoffice.gateway.answer import Answer, Send
from boxoffice.gateway.dressing import Dressing
from boxoffice.gateway.logs import log_answer
from boxoffice.gateway.metrics import Meter
from boxoffice.gateway.operations import API, Operation
from boxoffice.gateway.problems import Problems
from boxoffice.gateway.refusals import MalformedRequest
from boxoffice.gateway.shared_answers import SharedAnswers
from boxoffice.gateway.shedding import Shedding
from boxoffice.gateway.trace import trace_id
from boxoffice.gateway.unread import reading
from boxoffice.gateway.visit import Visit, current_visit, read_headers
from boxoffice.kernel.refusals import Busy, Refusal

_READS = {"GET", "HEAD"}


class Pages(Protocol):
    """Whatever is no operation of the API."""

    def at_hand(self, path: str, headers: dict[bytes, bytes]) -> Answer | None:
        """The answer if it lies in memory; asked first, so it does next to nothing."""
        ...

    async def answer(self, visit: Visit, path: str, query: bytes) -> Answer:
        """The answer, whatever it takes; never raises."""
        ...


class Front:
    """Wraps Litestar. Answers from memory skip everything else."""

    def __init__(  # noqa: PLR0913  # its parts, nearly all by name
        self,
        api: Any,
        pages: Pages,
        *,
        dressing: Dressing,
        problems: Problems,
        shared: SharedAnswers,
        shedding: Shedding,
        meter: Meter,
        trusted_proxies: Sequence[str],
        largest_body: int,
    ) -> None:
        self._api = api
        self._pages = pages
        self._dressing = dressing
        self._problems = problems
        self._shared = shared
        self._shedding = shedding
        self._meter = meter
        self._trusted = Networks(trusted_proxies)
        self._largest_body = largest_body

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        self._meter.in_flight += 1
        try:
            await self._answer(scope, receive, send)
        finally:
            self._meter.in_flight -= 1

    async def _answer(self, scope: Any, receive: Any, send: Send) -> None:
        headers = read_headers(scope["headers"])
        if (answer := self._at_hand(scope, headers)) is not None:
            started = perf_counter()
            await _send_page(answer, scope, send, trace_id(headers.get(b"x-request-id")))
            self._meter.observe("GET", answer.kind, answer.status, perf_counter() - started)
        elif scope["path"].startswith(API):
            await self._operation(scope, receive, send, self._visit(scope, headers))
        else:
            await self._page(scope, send, self._visit(scope, headers))

    def _at_hand(self, scope: Any, headers: dict[bytes, bytes]) -> Answer | None:
        if scope["method"] not in _READS:
            return None
        if scope["path"].startswith(API):
            return self._shared.at_hand(scope, headers)
        return None if scope["query_string"] else self._pages.at_hand(scope["path"], headers)

    async def _page(self, scope: Any, send: Send, visit: Visit) -> None:
        answer = await self._pages.answer(visit, scope["path"], scope["query_string"])
        await _send_page(answer, scope, send, visit.trace_id)
        self._observe(visit, answer.kind, answer.status)

    async def _operation(self, scope: Any, receive: Any, send: Send, visit: Visit) -> None:
        dressed = self._dressed(visit, send)
        if body := reading(visit.headers, receive, most=self._largest_body):
            receive, dressed = body.receive, body.ended_before(dressed)
        if visit.method == "OPTIONS" and b"access-control-request-method" in visit.headers:
            visit.status = 204
            await _send(send, visit.status, self._dressing.of_preflight(visit), b"")
        elif "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            refusal = MalformedRequest("Remove the NUL character from the address.")
            await self._refuse(refusal, visit, dressed)
        elif entrance := self._shedding.entrance_at(visit.method, scope["path"]):
            await self._enter(scope, receive, visit, dressed, entrance)
            return
        else:
            if visit.method in _READS:
                scope["method"] = "GET"
                dressed = self._shared.recorded(scope, dressed)
            await self._api(scope, receive, dressed)
        self._observe(visit, visit.operation.route if visit.operation else "(none)", visit.status)

    async def _enter(
        self, scope: Any, receive: Any, visit: Visit, dressed: Send, entrance: Operation
    ) -> None:
        """Serve it, or turn it away; those turned away are counted and not logged one by one."""
        try:
            with self._shedding.admitted():
                await self._api(scope, receive, dressed)
        except Busy as refusal:
            await self._refuse(refusal, visit, dressed)
            self._meter.observe("POST", entrance.route, visit.status, visit.milliseconds / 1000)
        else:
            self._observe(visit, entrance.route, visit.status)

    async def _refuse(self, refusal: Refusal, visit: Visit, dressed: Send) -> None:
        problem = self._problems.of(refusal, visit.trace_id)
        await _send(dressed, problem.status, problem.headers, problem.body)

    def _dressed(self, visit: Visit, send: Send) -> Send:
        """`send`, with our headers on the answer and no body for HEAD."""

        async def dressed(message: Any) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                message["headers"] = self._dressing.of_answer(visit, list(message["headers"]))
            elif visit.method == "HEAD":
                message["body"] = b""
            await send(message)

        return dressed

    def _visit(self, scope: Any, headers: dict[bytes, bytes]) -> Visit:
        peer = scope.get("client")
        forwarded = headers.get(b"x-forwarded-for")
        visit = Visit(
            scope["method"],
            headers,
            trace_id=trace_id(headers.get(b"x-request-id")),
            address=client_address(peer[0] if peer else "", forwarded, self._trusted),
        )
        scope.setdefault("state", {})["visit"] = visit
        current_visit.set(visit)
        return visit

    def _observe(self, visit: Visit, route: str, status: int) -> None:
        milliseconds = visit.milliseconds
        self._meter.observe(visit.method, route, status, milliseconds / 1000)
        if visit.operation is not None or status >= 400:
            log_answer(
                method=visit.method,
                route=route,
                status=status,
                milliseconds=milliseconds,
                actor=visit.actor.label,
            )


async def _send_page(answer: Answer, scope: Any, send: Send, trace: str) -> None:
    more_headers = [(b"x-request-id", trace.encode("ascii"))]
    await answer.send(send, more_headers, method=scope["method"])


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
