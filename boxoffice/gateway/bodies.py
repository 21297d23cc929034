"""Request bodies: decoded strictly and straight into the operation's struct.

Litestar would decode JSON loosely first and then accept `"2"` for 2, the last of two equal keys,
and text that PostgreSQL cannot store. Here none of that passes.
"""

import json
from functools import cache
from typing import Any, NoReturn, cast

import msgspec
from litestar import Request

from boxoffice.gateway.field_errors import field_error
from boxoffice.gateway.refusals import MalformedBody, UnsupportedMediaType
from boxoffice.kernel.refusals import FieldError, Invalid

_NUL_ESCAPE = b"\\u0000"
_MOST_DIGITS = 18  # every whole number that fits is safely inside 64 bits


class StrictRequest(Request[Any, Any, Any]):
    """Litestar's request with our reading of JSON."""

    async def json(self) -> Any:
        """The body as the handler's `data` type."""
        _demand_json(self.headers.get("content-type", ""))
        body = await self.body()
        screen(body)
        field = self.route_handler.parsed_data_field
        return decode(body, Any if field is None else field.annotation)


def decode(body: bytes, kind: Any) -> Any:
    """The body as `kind`; MalformedBody if it is no JSON, Invalid naming the field if it does not
    fit.
    """
    try:
        return _decoder(kind).decode(body)
    except msgspec.ValidationError as error:
        raise Invalid(errors=[field_error(str(error))]) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBody(f"The body is not valid JSON: {_reason(error)}.") from error


def screen(body: bytes) -> None:
    """Refuse what JSON allows but nobody means: equal keys, endless numbers, the NUL character."""
    try:
        value = _SCREEN.decode(body.decode())
        if _NUL_ESCAPE in body:
            _refuse_nul(value, "")
    except (ValueError, RecursionError) as error:
        raise MalformedBody(f"The body is not valid JSON: {_reason(error)}.") from error


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedBody("An object of the body names one member twice.")
    return members


def _bounded(digits: str) -> int:
    if len(digits.lstrip("-")) > _MOST_DIGITS:
        raise Invalid(errors=[FieldError("", "out_of_range", "A number has more than 18 digits.")])
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise MalformedBody(f"The body is not valid JSON: {name} is no number.")


_SCREEN = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_bounded, parse_constant=_no_constant
)


def _refuse_nul(value: Any, pointer: str) -> None:
    if isinstance(value, str) and "\x00" in value:
        raise Invalid(errors=[FieldError(pointer, "bad_character", "Remove the NUL character.")])
    if isinstance(value, dict):
        for name, member in cast("dict[str, Any]", value).items():
            _refuse_nul(name, pointer)
            _refuse_nul(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(cast("list[Any]", value)):
            _refuse_nul(item, f"{pointer}/{index}")


def _demand_json(content_type: str) -> None:
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    if kind != "application/json" and not (
        kind.startswith("application/") and kind.endswith("+json")
    ):
        raise UnsupportedMediaType("Send the body as `Content-Type: application/json`.")
    charset = parameters.lower().replace(" ", "").replace('"', "").partition("charset=")[2]
    if charset.partition(";")[0] not in {"", "utf-8", "utf8"}:
        raise UnsupportedMediaType("JSON is sent in UTF-8.")


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return str(error).removeprefix("JSON is malformed: ").rstrip(".")
