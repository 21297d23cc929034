"""Conference data: a JSON list of `{name, url, startDate, endDate, city, country, online, …}`.

Objects are decoded one by one, so that each has its line and a broken one spoils no other.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from boxoffice.services.events.importing.dates import parse_moment
from boxoffice.services.events.importing.records import Finding, Trouble

_NEXT_OBJECT = re.compile(r"\}\s*,?\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,]*")


class Conference(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One entry; what it does not name here is not read."""

    name: str
    start_date: str
    end_date: str | None = None
    url: str | None = None
    city: str | None = None
    country: str | None = None
    online: bool = False
    locales: str | None = None
    coc_url: str | None = None
    cfp_url: str | None = None
    cfp_end_date: str | None = None


def read(stem: str, text: str) -> Iterator[Finding | Trouble]:
    """The conferences of a file; its name is their topic."""
    for line, value in _values(text):
        if isinstance(value, Trouble):
            yield value
        else:
            yield _finding(line, value, topic=stem)


def _values(text: str) -> Iterator[tuple[int, Any]]:
    """The objects of the list with the line each begins in."""
    decoder, lines = json.JSONDecoder(), _Lines(text)
    position = _skip(text, 0)
    if text[position : position + 1] == "[":
        position = _skip(text, position + 1)
    elif text[position : position + 1] != "{":
        sentence = "A list of conferences is expected: [{…}, …]."
        yield 1, Trouble(line=1, code="bad_json", text=sentence)
        return
    while position < len(text) and text[position] != "]":
        line = lines.number(position)
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield line, Trouble(line=_line_of(error, line), code="bad_json", text=_reason(error))
            position = _resume(text, max(position + 1, getattr(error, "pos", 0)))
        else:
            yield line, value
        position = _skip(text, position)


def _finding(line: int, value: Any, *, topic: str) -> Finding | Trouble:
    try:
        entry = msgspec.convert(value, Conference)
    except msgspec.ValidationError as error:
        return Trouble(line=line, code="bad_field", text=f"{error}.".replace("`", ""))
    start, end = parse_moment(entry.start_date), parse_moment(entry.end_date or entry.start_date)
    if start is None or end is None:
        wrong = entry.start_date if start is None else entry.end_date
        sentence = f"{wrong!r:.40} is no date; write it like 2027-03-14."
        return Trouble(line=line, code="bad_date", text=sentence)
    return _conference(line, entry, start, end, topic)


def _conference(
    line: int, entry: Conference, start: date | datetime, end: date | datetime, topic: str
) -> Finding:
    return Finding(
        line=line,
        title=entry.name,
        start=start,
        end=end,
        city=entry.city,
        country=entry.country,
        online=entry.online,
        website=entry.url,
        category="conference",
        description=_description(entry),
        topics=(topic,),
    )


def _description(entry: Conference) -> str:
    parts = (
        ("Languages", entry.locales),
        ("Call for papers", _call_for_papers(entry)),
        ("Code of conduct", entry.coc_url),
    )
    return "\n".join(f"{name}: {value}" for name, value in parts if value)


def _call_for_papers(entry: Conference) -> str:
    until = f"until {entry.cfp_end_date}" if entry.cfp_end_date else ""
    return " ".join(part for part in (entry.cfp_url, until) if part) if entry.cfp_url else ""


class _Lines:
    """Line numbers of growing positions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._number = 1

    def number(self, position: int) -> int:
        self._number += self._text.count("\n", self._position, position)
        self._position = position
        return self._number


def _skip(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position


def _resume(text: str, position: int) -> int:
    """Where the next object begins after a broken one."""
    found = _NEXT_OBJECT.search(text, position)
    return found.end() if found else len(text)


def _line_of(error: Exception, line: int) -> int:
    return error.lineno if isinstance(error, json.JSONDecodeError) else line


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"This is not JSON: {error.msg} at column {error.colno}."
    return "This is not JSON that can be read: it is nested too deeply or a number is too long."
