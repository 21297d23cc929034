"""Is the process alive (/healthz), and can it serve (/readyz)?"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic

import msgspec
import structlog

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.visit import Header

Checks = Mapping[str, Callable[[], Awaitable[object]]]
PATIENCE_SECONDS = 2.0
REMEMBERED_SECONDS = 1.0
_HEADERS: list[Header] = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_log = structlog.get_logger(__name__)


class Health:
    """`checks` names each part and a call that raises when it does not work."""

    def __init__(self, checks: Checks, headers: list[Header]) -> None:
        self._headers = [*_HEADERS, *headers]
        self._checks = checks
        self._parts: dict[str, str] = {}
        self._until = 0.0
        self._asking = asyncio.Lock()

    def alive(self) -> Answer:
        """200 as long as the process answers at all."""
        return Answer(kind="healthz", status=200, headers=self._headers, body=b'{"status":"ok"}')

    async def ready(self) -> Answer:
        """200 when every part works, else 503; the body names the parts. Asked at most once a
        second.
        """
        async with self._asking:
            if self._until <= monotonic():
                states = await asyncio.gather(*map(self._state, self._checks))
                self._parts = dict(zip(self._checks, states, strict=True))
                self._until = monotonic() + REMEMBERED_SECONDS
        ready = all(state == "ok" for state in self._parts.values())
        body = {"status": "ready" if ready else "unready", "parts": self._parts}
        return Answer(
            kind="readyz",
            status=200 if ready else 503,
            headers=self._headers,
            body=msgspec.json.encode(body),
        )

    async def _state(self, part: str) -> str:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._checks[part]()
        except TimeoutError:
            return f"no answer within {PATIENCE_SECONDS:g} s"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a part, the answer names it
            _log.warning("part is not ready", part=part, error=repr(error))
            return "does not work"
        return "ok"
