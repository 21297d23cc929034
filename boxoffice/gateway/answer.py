"""A whole answer in memory, sent without a framework."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from boxoffice.gateway.visit import Header

Send = Callable[[Any], Awaitable[None]]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` names it in the metrics: one of few words, never a path."""

    kind: str
    status: int
    headers: list[Header]
    body: bytes

    async def send(self, send: Send, more_headers: list[Header], *, method: str) -> None:
        """Send it; a HEAD request gets the headers alone."""
        length = (b"content-length", str(len(self.body)).encode("ascii"))
        headers = [*self.headers, *more_headers]
        if self.status != 304:
            headers.append(length)
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = b"" if method == "HEAD" else self.body
        await send({"type": "http.response.body", "body": body, "more_body": False})
