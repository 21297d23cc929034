"""Answers of the API that are the same for everybody, given from memory while they are current.

A route says so of its answer with `keep_while` (`kernel/freshness.py`). Thousands poll what can be
bought while a sale runs; what one of them was told costs the next ones nothing.
"""

from collections import OrderedDict
from typing import Any

import msgspec

from boxoffice.gateway.answer import Answer, Send
from boxoffice.gateway.dressing import Dressing
from boxoffice.gateway.visit import Header, visit_of
from boxoffice.kernel.freshness import IsCurrent, kept_while

MOST_ANSWERS = 1_000
# Who shows a token wants it checked; who comes from another site is told whether it may read.
_PERSONAL = (b"authorization", b"origin")

Key = tuple[str, bytes]


class _Kept(msgspec.Struct, frozen=True):
    is_current: IsCurrent
    etag: bytes | None
    whole: Answer
    unchanged: Answer


class SharedAnswers:
    """By path and query, the `most` recently made ones."""

    def __init__(self, dressing: Dressing, *, most: int = MOST_ANSWERS) -> None:
        self._dressing = dressing
        self._most = most
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def at_hand(self, scope: Any, headers: dict[bytes, bytes]) -> Answer | None:
        """The answer to reading exactly this, while it is current; 304 to whoever has it."""
        key = (scope["path"], scope["query_string"])
        kept = self._kept.get(key)
        if kept is None:
            return None
        if not kept.is_current():
            del self._kept[key]
            return None
        if any(name in headers for name in _PERSONAL):
            return None
        if kept.etag is not None and headers.get(b"if-none-match") == kept.etag:
            return kept.unchanged
        return kept.whole

    def recorded(self, scope: Any, send: Send) -> Send:
        """`send`, remembering an answer that may be shared; what is sent stays as it is."""
        headers: list[Header] = []

        async def recorded(message: Any) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == 200:
                    headers.extend(message["headers"])
            elif message.get("more_body"):
                headers.clear()
            elif headers and (told := kept_while(scope)):
                self._keep(scope, told, headers, message["body"])
            await send(message)

        return recorded

    def _keep(self, scope: Any, told: IsCurrent, headers: list[Header], body: bytes) -> None:
        if any(name == b"set-cookie" for name, _ in headers):
            return
        operation = visit_of(scope).operation
        kind = operation.route if operation else "(none)"
        own = [one for one in headers if one[0] != b"content-length"]
        shared = self._dressing.for_everybody(own)
        unchanged = [one for one in shared if one[0] != b"content-type"]
        key = (scope["path"], scope["query_string"])
        self._kept[key] = _Kept(
            told,
            next((value for name, value in headers if name == b"etag"), None),
            Answer(kind=kind, status=200, headers=shared, body=body),
            Answer(kind=kind, status=304, headers=unchanged, body=b""),
        )
        self._kept.move_to_end(key)
        self._let_go()

    def _let_go(self) -> None:
        """Of the oldest what nobody would be given: it holds on to what it was made of."""
        while len(self._kept) > self._most or not next(iter(self._kept.values())).is_current():
            self._kept.popitem(last=False)
            if not self._kept:
                return
