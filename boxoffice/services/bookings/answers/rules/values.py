"""Values of answers: cleaned, or refused with a code and a sentence that says what would do."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.bookings.answers.rules.countries import COUNTRIES
from boxoffice.services.bookings.people import checked_address
from boxoffice.services.events.api import Question, is_web_address

MAX_SHORT, MAX_LONG = 200, 5_000
_PHONE = re.compile(r"\+?[0-9]{5,15}")
_BETWEEN_DIGITS = re.compile(r"[\s().\-/\u00a0]")


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value that will do, and how people read it."""

    value: Any
    shown: str
    file_id: UUID | None = None


class BadValue(Exception):
    """Why it will not do."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


# The names of the order's uploaded files.
Files = Mapping[UUID, str]


def is_empty(value: object) -> bool:
    """Whether nothing was answered."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def clean(question: Question, value: object, files: Files) -> Value:
    """The value of an answer that is not empty; `BadValue` if it will not do."""
    if question.kind == "file":
        return _file(value, files)
    return _CHECKS[question.kind](question, value)


def _text(value: object, *, most: float, lines: bool = False) -> str:
    if not isinstance(value, str):
        raise BadValue("wrong_type", "Answer this with a text.")
    spaced = value.replace("\r\n", "\n").strip()
    if any(not (char.isprintable() or (lines and char in "\n\t")) for char in spaced):
        raise BadValue("unprintable", "Leave out characters that cannot be printed.")
    if len(spaced) > most:
        raise BadValue("too_long", f"Write at most {int(most)} characters.")
    return spaced


def _written(question: Question, value: object) -> Value:
    long = question.kind == "long_text"
    most = question.maximum if question.maximum is not None else MAX_LONG if long else MAX_SHORT
    text = _text(value, most=most, lines=long)
    if question.minimum is not None and len(text) < question.minimum:
        raise BadValue("too_short", f"Write at least {int(question.minimum)} characters.")
    return Value(value=text, shown=text)


def _number(question: Question, value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue("wrong_type", "Answer this with a number.")
    least, most = question.minimum, question.maximum
    if (least is not None and value < least) or (most is not None and value > most):
        raise BadValue("out_of_range", f"Give a number {_range(least, most)}.")
    return Value(value=value, shown=f"{value:.15g}")


def _range(least: float | None, most: float | None) -> str:
    if most is None:
        return f"of at least {least:g}"
    return f"of at most {most:g}" if least is None else f"from {least:g} to {most:g}"


def _yes_no(_: Question, value: object) -> Value:
    if not isinstance(value, bool):
        raise BadValue("wrong_type", "Answer this with yes or no.")
    return Value(value=value, shown="Yes" if value else "No")


def _consent(question: Question, value: object) -> Value:
    given = _yes_no(question, value)
    if question.required and not value:
        raise BadValue("consent_needed", "Agree to this to go on.")
    return given


def _one_of(question: Question, value: object) -> Value:
    if value not in question.options:
        raise BadValue("not_an_option", "Choose one of the options.")
    return Value(value=value, shown=str(value))


def _several_of(question: Question, value: object) -> Value:
    chosen = cast("list[object]", value) if isinstance(value, list) else []
    if not chosen or any(one not in question.options for one in chosen):
        raise BadValue("not_an_option", "Choose from the options.")
    ordered = [one for one in question.options if one in chosen]
    if len(ordered) < len(chosen):
        raise BadValue("twice", "Choose each option once.")
    if question.minimum is not None and len(ordered) < question.minimum:
        raise BadValue("too_few", f"Choose at least {int(question.minimum)}.")
    if question.maximum is not None and len(ordered) > question.maximum:
        raise BadValue("too_many", f"Choose at most {int(question.maximum)}.")
    return Value(value=ordered, shown=", ".join(ordered))


def _date(_: Question, value: object) -> Value:
    return _moment(value, date.fromisoformat, "%Y-%m-%d", "a date like 2027-03-14")


def _time(_: Question, value: object) -> Value:
    return _moment(value, time.fromisoformat, "%H:%M", "a time like 19:30")


def _datetime(_: Question, value: object) -> Value:
    return _moment(
        value, datetime.fromisoformat, "%Y-%m-%dT%H:%M", "a moment like 2027-03-14T19:30"
    )


def _moment(value: object, read: Callable[[str], date | time], pattern: str, example: str) -> Value:
    refusal = BadValue("bad_date", f"Give {example}.")
    if not isinstance(value, str):
        raise refusal
    try:
        found = read(value)
    except ValueError as error:
        raise refusal from error
    text = f"{found:{pattern}}"
    # Years are written with four digits, and nothing more exact than a minute is asked.
    if text != value or (isinstance(found, date) and found.year < 1000):
        raise refusal
    return Value(value=text, shown=text.replace("T", " "))


def _email(_: Question, value: object) -> Value:
    text = _text(value, most=MAX_LONG)
    try:
        address = checked_address(text, pointer="")
    except Invalid as error:
        raise BadValue("bad_email", "Write an e-mail address like name@example.org.") from error
    return Value(value=address, shown=address)


def _phone(_: Question, value: object) -> Value:
    digits = _BETWEEN_DIGITS.sub("", _text(value, most=MAX_SHORT))
    if not digits.isascii() or not _PHONE.fullmatch(digits):
        raise BadValue("bad_phone", "Write a telephone number like +49 30 1234567.")
    return Value(value=digits, shown=digits)


def _country(_: Question, value: object) -> Value:
    if not isinstance(value, str) or value not in COUNTRIES:
        raise BadValue("unknown_country", "Give a country by its ISO 3166 code, like DE.")
    return Value(value=value, shown=value)


def _url(_: Question, value: object) -> Value:
    address = _text(value, most=MAX_LONG)
    if not is_web_address(address):
        raise BadValue("bad_url", "Give an address that begins with https://.")
    return Value(value=address, shown=address)


def _file(value: object, files: Files) -> Value:
    try:
        file_id = UUID(value) if isinstance(value, str) else None
    except ValueError:
        file_id = None
    if file_id is None or file_id not in files:
        raise BadValue("unknown_file", "Upload the file to this order first.")
    return Value(value=str(file_id), shown=files[file_id], file_id=file_id)


_CHECKS: dict[str, Callable[[Question, object], Value]] = {
    "short_text": _written,
    "long_text": _written,
    "number": _number,
    "yes_no": _yes_no,
    "one_of": _one_of,
    "several_of": _several_of,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "email": _email,
    "phone": _phone,
    "country": _country,
    "url": _url,
    "consent": _consent,
}
