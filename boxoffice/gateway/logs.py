"""Structured logs: JSON lines; colours for a developer at a terminal. Every line knows its request.

Lines carry ids, never addresses, names, mail addresses, tokens or paths (a path may hold a
capability).
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import msgspec
import structlog

from boxoffice.gateway.visit import current_visit

_encoder = msgspec.json.Encoder(enc_hook=str)
_log = structlog.get_logger("boxoffice.request")


def configure_logging(*, environment: str, level: str = "info") -> None:
    """For the whole process, once, at its start. Warnings of libraries join in."""
    number = logging.getLevelNamesMapping()[level.upper()]
    # Making a line for people costs ten times as much, which nobody sees in a file.
    at_terminal = environment == "development" and sys.stderr.isatty()
    structlog.configure(
        processors=[
            add_visit,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(_for_people() if at_terminal else _for_machines()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=_factory(at_terminal),
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
    log = _log.error if status >= 500 else _log.info
    log("request", method=method, route=route, status=status, ms=milliseconds, actor=actor)


def _for_people() -> list[Any]:
    return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]


def _for_machines() -> list[Any]:
    return [structlog.processors.format_exc_info, _render_json]


def _render_json(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> bytes:
    return _encoder.encode(line)


def _factory(at_terminal: bool) -> Any:  # noqa: FBT001  # private, one caller
    if at_terminal:
        return structlog.WriteLoggerFactory(file=sys.stderr)
    return structlog.BytesLoggerFactory(file=sys.stderr.buffer)


class _Relay(logging.Handler):
    """Hands what libraries log to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger(record.name).log(
            record.levelno, record.getMessage(), exc_info=record.exc_info or None
        )
