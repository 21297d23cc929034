"""Structured logs: JSON lines; colours for a developer at a terminal. Every line knows its request.

Lines carry ids, never addresses, names, mail addresses, tokens or paths (a path may hold a
capability).
"""

import asyncio
import logging
import sys
from collections import deque
from collections.abc import MutableMapping
from datetime import UTC, datetime
from threading import Lock
from typing import Any, BinaryIO

import msgspec
import structlog

from boxoffice.gateway.visit import current_visit

_encoder = msgspec.json.Encoder(enc_hook=str)
_log = structlog.get_logger("boxoffice.request")


class Lines:
    """Where lines for machines go. As structlog's logger it writes each at once; those that may
    wait go out together, once in a turn of the event loop: under load dozens share one write.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: deque[bytes] = deque()
        self._writing = Lock()
        self._is_due = False

    def msg(self, line: bytes) -> None:
        self._waiting.append(line)
        self._write()

    critical = debug = error = fatal = info = log = warning = msg

    def soon(self, line: bytes) -> None:
        """Write the line before the event loop's next turn."""
        self._waiting.append(line)
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._write_due)

    def _write_due(self) -> None:
        self._is_due = False
        self._write()

    def _write(self) -> None:
        with self._writing:
            lines = [self._waiting.popleft() for _ in range(len(self._waiting))]
            self._file.write(b"\n".join([*lines, b""]))
            self._file.flush()


_quick: Lines | None = None


def configure_logging(*, environment: str, level: str = "info") -> None:
    """For the whole process, once, at its start. Warnings of libraries join in."""
    global _quick  # noqa: PLW0603  # like structlog's own configuration
    number = logging.getLevelNamesMapping()[level.upper()]
    # Making a line for people costs ten times as much, which nobody sees in a file.
    at_terminal = environment == "development" and sys.stderr.isatty()
    lines = None if at_terminal else Lines(sys.stderr.buffer)
    _quick = lines if number <= logging.INFO else None
    structlog.configure(
        processors=[
            add_visit,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(_for_people() if at_terminal else _for_machines()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=_factory(lines),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Relay()], force=True)


def add_visit(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Add the request's trace id and operation."""
    visit = current_visit.get()
    if visit is not None:
        line.setdefault("trace_id", visit.trace_id)
        if visit.operation is not None:
            line.setdefault("operation", visit.operation.name)
    return line


def log_answer(*, method: str, route: str, status: int, milliseconds: float, actor: str) -> None:
    """One line per request of the API."""
    told = {"method": method, "route": route, "status": status, "ms": milliseconds, "actor": actor}
    if status >= 500:
        _log.error("request", **told)
    elif _quick is None:
        _log.info("request", **told)
    else:  # the same line in a third of the time
        line = {**told, "event": "request", "level": "info", "timestamp": datetime.now(UTC)}
        _quick.soon(_encoder.encode(add_visit(None, "info", line)))


def _for_people() -> list[Any]:
    return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]


def _for_machines() -> list[Any]:
    return [structlog.processors.format_exc_info, _render_json]


def _render_json(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> bytes:
    return _encoder.encode(line)


def _factory(lines: Lines | None) -> Any:
    if lines is None:
        return structlog.WriteLoggerFactory(file=sys.stderr)

    def factory(*_: Any) -> Lines:
        return lines

    return factory


class _Relay(logging.Handler):
    """Hands what libraries log to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger(record.name).log(
            record.levelno, record.getMessage(), exc_info=record.exc_info or None
        )
