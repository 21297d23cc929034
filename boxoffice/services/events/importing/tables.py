"""CSV with a header; the columns may have any of the usual names, in any order."""

import csv
from collections.abc import Iterator

from boxoffice.services.events.importing.dates import parse_moment
from boxoffice.services.events.importing.records import Finding, Trouble
from boxoffice.services.events.rules.folding import fold

_COLUMNS = {
    "title": "title, name, event, event name, subject",
    "start": "start, start date, startdate, starts, starts at, date, begin, from",
    "end": "end, end date, enddate, ends, ends at, until, to",
    "start_time": "start time, starttime, time",
    "end_time": "end time, endtime",
    "zone": "timezone, time zone, zone, tz",
    "venue": "venue, venue name, location, place",
    "address": "address, street",
    "city": "city, town",
    "country": "country",
    "online": "online, virtual",
    "online_url": "online url, stream, stream url",
    "website": "website, url, link, web",
    "category": "category, type",
    "summary": "summary, teaser",
    "description": "description, details, about, text",
    "uid": "id, uid, key",
}
_COLUMN_OF = {name: column for column, names in _COLUMNS.items() for name in names.split(", ")}
_YES = {"yes", "true", "1", "x", "y", "online", "ja"}
_DELIMITERS = ",;\t|"
MAX_FIELD = 1_000_000


def read(stem: str, text: str) -> Iterator[Finding | Trouble]:  # noqa: ARG001  # a reader's form
    """The events of a table; quoted fields may run over several lines."""
    csv.field_size_limit(MAX_FIELD)
    lines = text.splitlines(keepends=True)
    header = lines[0] if lines else ""
    rows = csv.reader(lines, delimiter=_delimiter(header), strict=True)
    columns: list[str | None] = []
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Trouble(line=line, code="bad_row", text=f"The row cannot be read: {error}.")
            continue
        if not columns:
            columns = [_COLUMN_OF.get(fold(name)) for name in row]
            if not {"title", "start"} <= set(columns):
                yield _no_header(line)
                return
        elif any(cell.strip() for cell in row):
            yield _finding(line, dict(zip(columns, row, strict=False)), cells=len(row))


def _finding(line: int, row: dict[str | None, str], *, cells: int) -> Finding | Trouble:
    given = {name: cell.strip() for name, cell in row.items() if name and cell.strip()}
    if cells < 2 or not given.get("title"):
        return Trouble(line=line, code="missing_title", text="The row names no event.")
    start = parse_moment(_moment(given.get("start", ""), given.get("start_time")))
    if start is None:
        return _bad_date(line, given.get("start", ""))
    end_text = given.get("end") or (given["start"] if "end_time" in given else "")
    end = parse_moment(_moment(end_text, given.get("end_time"))) if end_text else None
    if end_text and end is None:
        return _bad_date(line, end_text)
    return Finding(
        line=line,
        title=given["title"],
        start=start,
        end=end,
        zone=given.get("zone"),
        venue=given.get("venue"),
        address=given.get("address"),
        city=given.get("city"),
        country=given.get("country"),
        online=given.get("online", "").casefold() in _YES,
        online_url=given.get("online_url"),
        website=given.get("website"),
        category=given.get("category", "other").casefold(),
        summary=given.get("summary", ""),
        description=given.get("description", ""),
        uid=given.get("uid"),
    )


def _moment(day: str, time: str | None) -> str:
    return f"{day}T{time}" if time and len(day) <= 10 else day


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _no_header(line: int) -> Trouble:
    sentence = "The first row must name the columns; at least `title` and `start`."
    return Trouble(line=line, code="no_header", text=sentence)


def _bad_date(line: int, text: str) -> Trouble:
    sentence = f"{text!r:.40} is no date; write it like 2027-03-14 or 2027-03-14T19:00."
    return Trouble(line=line, code="bad_date", text=sentence)
