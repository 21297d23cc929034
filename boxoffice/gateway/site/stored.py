"""An answer kept in memory, ready in each form a client may want it."""

import gzip
from hashlib import sha256

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.visit import Header

_VARY: Header = (b"vary", b"accept-encoding")
_WORTH_SQUEEZING = 1024


class Stored:
    """Plain, gzipped (made when first wanted) and "you have it already"."""

    __slots__ = ("_etag", "_gzip", "_not_modified", "_plain", "_squeezable")

    def __init__(self, answer: Answer, *, text: str = "text") -> None:
        """`text` files are squeezed; pass `binary` for those that are compressed already."""
        self._etag = b'W/"%b"' % sha256(answer.body).hexdigest()[:24].encode()
        headers = [*answer.headers, (b"etag", self._etag), _VARY]
        self._plain = _with(answer, headers)
        self._not_modified = Answer(kind=answer.kind, status=304, headers=[*headers[1:]], body=b"")
        self._squeezable = text == "text" and len(answer.body) > _WORTH_SQUEEZING
        self._gzip: Answer | None = None

    def answer(self, headers: dict[bytes, bytes]) -> Answer:
        """The form that suits the request with these headers."""
        known = headers.get(b"if-none-match")
        if known is not None and self._etag in known and self._plain.status == 200:
            return self._not_modified
        if self._squeezable and b"gzip" in headers.get(b"accept-encoding", b""):
            return self._squeezed()
        return self._plain

    def __len__(self) -> int:
        return len(self._plain.body)

    def _squeezed(self) -> Answer:
        if self._gzip is None:
            body = gzip.compress(self._plain.body, compresslevel=6, mtime=0)
            headers = [*self._plain.headers, (b"content-encoding", b"gzip")]
            plain = self._plain
            self._gzip = Answer(kind=plain.kind, status=plain.status, headers=headers, body=body)
        return self._gzip


def _with(answer: Answer, headers: list[Header]) -> Answer:
    return Answer(kind=answer.kind, status=answer.status, headers=headers, body=answer.body)
