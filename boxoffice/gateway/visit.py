"""One request on its way through the gateway, and what its answer must carry."""

from contextvars import ContextVar
from time import perf_counter
from typing import Any
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.gateway.operations import Operation
from boxoffice.gateway.windows import Count, Rule
from boxoffice.kernel.actors import SYSTEM, Actor

Header = tuple[bytes, bytes]

# Lists of values may be joined by these (RFC 9110, 9113); of any other repeated header the first
# counts.
_JOINED = {b"cookie": b"; ", b"x-forwarded-for": b", "}


class Visit:
    """What the gateway has learned so far. `headers` are the request's, by lower-case name; `added`
    go onto the answer, and so does the `standing` against a rate limit.

    `token` is the account's; `session` is the session cookie, if that is where it came from.
    `visitor_id` is the visitor's who showed a cookie of ours; the actor may have been given a fresh
    one.
    """

    __slots__ = (
        "actor",
        "added",
        "address",
        "cookies",
        "headers",
        "method",
        "once",
        "operation",
        "organizer_id",
        "session",
        "standing",
        "started",
        "status",
        "token",
        "trace_id",
        "visitor_id",
    )

    def __init__(
        self, method: str, headers: dict[bytes, bytes], *, trace_id: str, address: str
    ) -> None:
        self.method = method
        self.headers = headers
        self.trace_id = trace_id
        self.address = address
        self.started = perf_counter()
        self.actor: Actor = SYSTEM
        self.added: list[Header] = []
        self.cookies: dict[str, str] = {}
        self.once: IdempotencyKey | None = None
        self.operation: Operation | None = None
        self.organizer_id: UUID | None = None
        self.session: str | None = None
        self.standing: tuple[Rule, Count] | None = None
        self.status = 0
        self.token: str | None = None
        self.visitor_id: UUID | None = None

    @property
    def unsafe(self) -> bool:
        """Whether the method is one that changes something."""
        return self.method not in {"GET", "HEAD", "OPTIONS"}

    @property
    def milliseconds(self) -> float:
        return round((perf_counter() - self.started) * 1000, 2)


current_visit: ContextVar[Visit | None] = ContextVar("current_visit", default=None)


def visit_of(scope: Any) -> Visit:
    """The visit of an ASGI scope that came through the front."""
    return scope["state"]["visit"]


def read_headers(raw: list[Header]) -> dict[bytes, bytes]:
    """The request's headers by lower-case name."""
    headers = dict(raw)
    return headers if len(headers) == len(raw) else _joined(raw)


def _joined(raw: list[Header]) -> dict[bytes, bytes]:
    headers: dict[bytes, bytes] = {}
    for name, value in raw:
        if name not in headers:
            headers[name] = value
        elif name in _JOINED:
            headers[name] += _JOINED[name] + value
    return headers
