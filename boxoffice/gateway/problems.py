"""Refusals, and whatever else goes wrong, as `application/problem+json` (RFC 9457).

The only place that turns an exception into a status. A refusal's facts become members of the
document; `type` is a page that explains the code.
"""

from typing import Any

import msgspec
import structlog
from litestar import Request, Response

from boxoffice.gateway.refusals import (
    InternalError,
    MalformedRequest,
    MethodNotAllowed,
    UnsupportedMediaType,
)
from boxoffice.gateway.translation import refusal_of
from boxoffice.gateway.visit import Header, visit_of
from boxoffice.kernel import refusals
from boxoffice.kernel.refusals import FieldError, Refusal

MEDIA_TYPE = "application/problem+json"
_STATUS: dict[type[Refusal], int] = {
    refusals.Invalid: 422,
    refusals.NotAuthenticated: 401,
    refusals.Forbidden: 403,
    refusals.NotFound: 404,
    refusals.Gone: 410,
    refusals.Conflict: 409,
    refusals.PaymentRefused: 402,
    refusals.TooLarge: 413,
    refusals.Busy: 429,
    refusals.InProgress: 409,
    refusals.Unavailable: 503,
    MalformedRequest: 400,
    MethodNotAllowed: 405,
    UnsupportedMediaType: 415,
    InternalError: 500,
    Refusal: 400,
}
# Characters of an error in a line of the log.
_MOST_TOLD = 300
_log = structlog.get_logger(__name__)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that says what went wrong."""

    status: int
    headers: list[Header]
    body: bytes


class Problems:
    """`docs_url` is where the codes are explained; the code is appended to it."""

    def __init__(self, docs_url: str) -> None:
        self._docs_url = docs_url

    def of(self, error: Exception, trace_id: str) -> Problem:
        """The answer to `error`."""
        refusal = judged(error, trace_id)
        status = status_of(type(refusal))
        document = self._document(refusal, status, trace_id)
        return Problem(
            status=status,
            headers=[(b"content-type", MEDIA_TYPE.encode()), *headers_of(refusal)],
            body=msgspec.json.encode(document, enc_hook=str),
        )

    def handler(self, request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        """Litestar's exception handler."""
        problem = self.of(error, visit_of(request.scope).trace_id)
        headers = {name.decode(): value.decode("latin-1") for name, value in problem.headers[1:]}
        return Response(
            problem.body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers
        )

    def _document(self, refusal: Refusal, status: int, trace_id: str) -> dict[str, Any]:
        errors = refusal.errors if isinstance(refusal, refusals.Invalid) else []
        return {
            **refusal.facts,
            "type": f"{self._docs_url}/{refusal.code}",
            "title": title_of(refusal.code),
            "status": status,
            "detail": refusal.text,
            "code": refusal.code,
            "trace_id": trace_id,
            "errors": [_member(error) for error in errors],
        }


def judged(error: Exception, trace_id: str) -> Refusal:
    """The refusal that says the same; a fault of ours is logged with its traceback, a part that is
    down in a line: every request meets it, and a thousand tracebacks fill the disk.
    """
    refusal = refusal_of(error)
    if isinstance(refusal, refusals.Unavailable):
        told = f"{type(error).__name__}: {error}"[:_MOST_TOLD]
        _log.error("request failed", code=refusal.code, trace_id=trace_id, error=told)
    elif status_of(type(refusal)) >= 500:
        _log.error("request failed", code=refusal.code, trace_id=trace_id, exc_info=error)
    return refusal


def status_of(kind: type[Refusal]) -> int:
    """The HTTP status of a kind of refusal: its own, or its closest ancestor's."""
    return next(_STATUS[ancestor] for ancestor in kind.__mro__ if ancestor in _STATUS)


def title_of(code: str) -> str:
    """`sold_out` → `Sold out`."""
    return code.replace("_", " ").capitalize()


def headers_of(refusal: Refusal) -> list[Header]:
    """The headers that go with a kind of refusal."""
    if isinstance(refusal, refusals.Busy):
        return [(b"retry-after", str(refusal.retry_after).encode())]
    if isinstance(refusal, refusals.NotAuthenticated):
        return [(b"www-authenticate", b"Bearer")]
    if isinstance(refusal, MethodNotAllowed):
        return [(b"allow", refusal.allow.encode("ascii"))]
    return []


def _member(error: FieldError) -> dict[str, str]:
    return {"pointer": error.pointer, "code": error.code, "message": error.message}
