"""Validation messages of msgspec and Litestar as field errors: pointer, stable code, sentence."""

import re
from typing import Any

from boxoffice.kernel.refusals import FieldError

_PATH = re.compile(r" - at `(?:key in )?\$(.*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_NAMED = re.compile(r"(?:required|unknown) field `([^`]*)`")
# What Litestar makes of a KeyError for the handler's `data`.
_NO_BODY = "'data'"
_CODES = (
    ("missing required field", "missing"),
    ("unknown field", "unknown_field"),
    ("Invalid enum value", "not_an_option"),
    ("of length", "wrong_length"),
    ("matching regex", "wrong_format"),
    (" >", "out_of_range"),
    (" <", "out_of_range"),
    ("out of range", "out_of_range"),
    ("multiple of", "out_of_range"),
    ("Expected `", "wrong_type"),
)


def field_error(message: str) -> FieldError:
    """Of msgspec's sentence for a body, like ``Expected `int`, got `str` - at
    `$.items[0].quantity```.
    """
    path = _PATH.search(message)
    sentence = message[: path.start()] if path else message
    pointer = _pointer(path[1]) if path else ""
    named = _NAMED.search(sentence)
    if named:
        pointer = f"{pointer}/{_escape(named[1])}"
    return FieldError(pointer, code_of(sentence), f"{sentence.replace('`', '')}.")


def parameter_errors(extra: list[dict[str, Any]]) -> list[FieldError]:
    """Of the list that Litestar's ValidationException carries; parameters point like `?limit`."""
    if any(item.get("message") == _NO_BODY for item in extra):
        return [FieldError("", "missing", "A body is required.")]
    return [_parameter_error(item) for item in extra]


def code_of(sentence: str) -> str:
    """The stable code of a validation sentence."""
    return next((code for mark, code in _CODES if mark in sentence), "malformed")


def _parameter_error(item: dict[str, Any]) -> FieldError:
    sentence = str(item.get("message", ""))
    name = str(item.get("key", ""))
    if item.get("source") == "body":
        return FieldError("/" + name.replace(".", "/"), code_of(sentence), f"{sentence}.")
    return FieldError(f"?{name}", code_of(sentence), f"{sentence.replace('`', '')}.")


def _pointer(path: str) -> str:
    steps = (name or index for name, index in _STEP.findall(path))
    return "".join(f"/{_escape(step)}" for step in steps)


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
