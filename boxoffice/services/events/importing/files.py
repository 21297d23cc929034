"""Bytes become text, and a reader is chosen by what the file is."""

from collections.abc import Callable, Iterator
from pathlib import PurePath

from boxoffice.services.events.importing import calendars, conferences, tables
from boxoffice.services.events.importing.records import Finding, Trouble

MAX_BYTES = 50_000_000
REPLACED = "\N{REPLACEMENT CHARACTER}"
Reader = Callable[[str, str], Iterator[Finding | Trouble]]

_READERS: dict[str, Reader] = {
    ".json": conferences.read,
    ".ics": calendars.read,
    ".ical": calendars.read,
    ".csv": tables.read,
    ".tsv": tables.read,
}


def read(name: str, data: bytes) -> Iterator[Finding | Trouble]:
    """What the file says, event by event, in its own order. Never raises for what is in it."""
    if len(data) > MAX_BYTES:
        sentence = f"The file has more than {MAX_BYTES // 10**6} MB; split it."
        yield Trouble(line=1, code="too_large", text=sentence)
        return
    text = _decoded(data)
    reader = _READERS.get(PurePath(name).suffix.lower()) or _sniffed(text)
    if reader is None:
        sentence = "This is neither JSON, iCalendar nor CSV; name it .json, .ics or .csv."
        yield Trouble(line=1, code="unknown_format", text=sentence)
        return
    yield from reader(PurePath(name).stem, text)


def _decoded(data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark. What is neither becomes `REPLACED`, which its row reports."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _sniffed(text: str) -> Reader | None:
    begin = text[:200].lstrip()
    if begin.startswith(("[", "{")):
        return conferences.read
    return calendars.read if begin.upper().startswith("BEGIN:VCALENDAR") else None
