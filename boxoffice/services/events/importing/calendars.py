"""iCalendar: every VEVENT is read on its own, so that each has its line and none spoils another."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from boxoffice.services.events.importing.places import is_country
from boxoffice.services.events.importing.records import Finding, Trouble

_BEGIN, _END = re.compile(r"(?i)BEGIN:(\w+)\s*"), re.compile(r"(?i)END:(\w+)\s*")
_TAG = re.compile(r"<(p|br|div|a|b|i|ul|ol|li|span|html|strong|em)\b", re.IGNORECASE)
_ONLINE = re.compile(
    r"https?://|\b(online|virtual|zoom|webinar|livestream|teams meeting)\b", re.IGNORECASE
)


class Block(NamedTuple):
    """A component's lines, and the number of the first."""

    kind: str
    line: int
    text: str


def read(stem: str, text: str) -> Iterator[Finding | Trouble]:  # noqa: ARG001  # a reader's form
    """The events of a calendar."""
    blocks = list(_blocks(text))
    zones = "".join(block.text for block in blocks if block.kind == "VTIMEZONE")
    default = _calendar_zone(text)
    found = [block for block in blocks if block.kind == "VEVENT"]
    for block in found:
        yield _finding(block, zones, default)
    if not found:
        yield Trouble(line=1, code="no_events", text="This calendar has no events.")


def _blocks(text: str) -> Iterator[Block]:
    """The components just inside the calendar."""
    open_block: tuple[str, int, list[str]] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        begin, end = _BEGIN.fullmatch(line), _END.fullmatch(line)
        if open_block is None and begin and begin[1].upper() in {"VEVENT", "VTIMEZONE"}:
            open_block = (begin[1].upper(), number, [])
        if open_block is not None:
            kind, first, lines = open_block
            lines.append(f"{line}\r\n")
            if end and end[1].upper() == kind:
                yield Block(kind, first, "".join(lines))
                open_block = None
    if open_block is not None:
        kind, first, lines = open_block
        yield Block(kind, first, "".join([*lines, f"END:{kind}\r\n"]))


def _finding(block: Block, zones: str, default_zone: str | None) -> Finding | Trouble:
    try:
        calendar: Any = Calendar.from_ical(
            f"BEGIN:VCALENDAR\r\n{zones}{block.text}END:VCALENDAR\r\n"
        )
        (event,) = calendar.events
        return _event(block.line, event, default_zone)
    except (ValueError, AttributeError, KeyError, TypeError, OverflowError) as error:
        sentence = f"The event cannot be read: {_short(error)}."
        return Trouble(line=block.line, code="bad_event", text=sentence)


def _event(line: int, event: Event, default_zone: str | None) -> Finding | Trouble:
    title = _text(event, "SUMMARY")
    if not title:
        return Trouble(line=line, code="missing_title", text="The event has no SUMMARY.")
    if _text(event, "STATUS").upper() == "CANCELLED":
        return Trouble(line=line, code="cancelled", text=f"{title!r:.60} is cancelled.")
    if event.get("DTSTART") is None:
        return Trouble(line=line, code="missing_start", text=f"{title!r:.60} has no DTSTART.")
    start, end = _span(event)
    location = _text(event, "LOCATION")
    url = _text(event, "URL")
    venue, address, city, country = _place(location)
    online = bool(_ONLINE.search(location))
    return Finding(
        line=line,
        title=title,
        start=start,
        end=end,
        zone=_zone(event) or default_zone,
        venue=None if online else venue,
        address=address,
        city=city,
        country=country,
        online=online,
        online_url=location if location.startswith(("https://", "http://")) else None,
        website=url or None,
        description=_plain(_text(event, "DESCRIPTION")),
        uid=_text(event, "UID") or None,
        troubles=_notes(line, event),
    )


def _span(event: Event) -> tuple[date | datetime, date | datetime | None]:
    """Start and end; the last day of a whole-day event is included, as iCalendar's is not."""
    start: Any = _first(event, "DTSTART").dt
    last, lasts = _first(event, "DTEND"), _first(event, "DURATION")
    end: Any = last.dt if last is not None else None
    if end is None and lasts is not None:
        end = start + lasts.dt
    if end is not None and not isinstance(end, datetime):
        end = max(start, end - timedelta(days=1)) if not isinstance(start, datetime) else end
    return start, end


def _zone(event: Event) -> str | None:
    """The IANA name of the start's zone; None for UTC, which names no place."""
    start: Any = _first(event, "DTSTART").dt
    zone = getattr(start, "tzinfo", None)
    key = zone.key if isinstance(zone, ZoneInfo) else None
    return None if key == "UTC" else key


def _notes(line: int, event: Event) -> tuple[Trouble, ...]:
    if event.get("RRULE") is None and event.get("RDATE") is None:
        return ()
    sentence = "The event repeats; only its first date is imported."
    return (Trouble(line=line, code="repeats", text=sentence, severity="note"),)


def _place(location: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Venue, address, city and country of `Venue, Street 1, 10119 Berlin, Germany`."""
    parts = [part.strip() for part in re.split(r"[,\n]", location) if part.strip()]
    if not parts or _ONLINE.search(location):
        return None, None, None, None
    country = parts.pop() if len(parts) > 1 and is_country(parts[-1]) else None
    city = parts.pop() if len(parts) > 1 else None
    if city:
        city = re.sub(r"^[A-Z]{0,2}-?\d{4,6}\s+|\s+\d{4,6}$", "", city)
    return parts[0], ", ".join(parts[1:]) or None, city, country


def _calendar_zone(text: str) -> str | None:
    found = re.search(r"(?im)^X-WR-TIMEZONE[^:\n]*:([\w+\-/]+)\s*$", text)
    return found[1] if found else None


def _text(event: Event, name: str) -> str:
    value = _first(event, name)
    return str(value).strip() if value is not None else ""


def _first(event: Event, name: str) -> Any:
    """The property; the first, where a calendar gives several."""
    found: Any = event.get(name)
    values: list[Any] = found if isinstance(found, list) else [found]  # pyright: ignore[reportUnknownVariableType]
    return values[0] if values else None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")


def _plain(text: str) -> str:
    """Text of a description, which some calendars write in HTML."""
    if not _TAG.search(text):
        return text
    parser = _TextOnly()
    parser.feed(text)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).strip()


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # as it is called
        if tag in {"br", "p", "div", "li", "tr"}:
            self.parts.append("\n")
