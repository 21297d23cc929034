"""Which other origins' scripts may read our answers: those configured, compared letter by letter.

Litestar's own middleware tells every caller the allowed methods, overwrites `Vary`, and answers a
disallowed preflight with a bare string; so these few lines are ours.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from boxoffice.gateway.visit import Header

_METHODS = b"GET, HEAD, POST, PUT, PATCH, DELETE"
_HEADERS = b"Authorization, Content-Type, Idempotency-Key, Order-Token, X-CSRF-Token, X-Request-Id"
_EXPOSED = (
    b"ETag, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
)
_VARY: Header = (b"vary", b"Origin")


class BadOrigin(ValueError):
    """A configured origin is no exact origin; `*` cannot be allowed because answers carry
    credentials.
    """


class Cors:
    """The allowed origins and the headers they get."""

    def __init__(self, origins: Sequence[str]) -> None:
        self._origins = {_exact(origin).encode("ascii") for origin in origins}

    def headers(self, origin: bytes | None) -> list[Header]:
        """For an ordinary answer; none for an origin that is not allowed."""
        if not self._origins:
            return []
        if origin is None or origin not in self._origins:
            return [_VARY]
        return [*_allowed(origin), (b"access-control-expose-headers", _EXPOSED)]

    def preflight(self, origin: bytes | None) -> list[Header]:
        """For the answer to a preflight; without them the browser stops there."""
        if origin is None or origin not in self._origins:
            return [_VARY]
        return [
            *_allowed(origin),
            (b"access-control-allow-methods", _METHODS),
            (b"access-control-allow-headers", _HEADERS),
            (b"access-control-max-age", b"7200"),
        ]


def _allowed(origin: bytes) -> list[Header]:
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-credentials", b"true"),
        _VARY,
    ]


def _exact(origin: str) -> str:
    parts = urlsplit(origin)
    exact = f"{parts.scheme}://{parts.netloc}".lower()
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or "@" in origin
        or "*" in origin
    ):
        raise BadOrigin(
            f"BOXOFFICE_CORS_ORIGINS: {origin!r} is no origin; write https://host[:port]."
        )
    if origin != exact:
        raise BadOrigin(f"BOXOFFICE_CORS_ORIGINS: write {exact} instead of {origin!r}.")
    return exact
