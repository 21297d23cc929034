"""Series as rows and as patterns, and what organizers type as either."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import FieldError, NotFound
from boxoffice.services.events.dates.bodies import SeriesBody
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import series
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.localtime import parse_wall_clock
from boxoffice.services.events.rules.recurrence import Rule, read_rule, rule_text
from boxoffice.services.events.rules.series import DateOf, Pattern, slot_text
from boxoffice.services.events.tables import OccurrenceRow, SeriesRow

_DAILY = Rule(frequency="DAILY")
_NOW = datetime(2000, 1, 1)  # noqa: DTZ001  # stands for a time that was refused


def pattern_of(row: SeriesRow, zone: str) -> Pattern:
    """What the row says."""
    return Pattern(
        rule=read_rule(row.rule, zone),
        start=row.starts,
        minutes=row.minutes,
        zone=zone,
        doors_minutes=row.doors_minutes,
        excepted=frozenset(row.excepted),
        added=tuple(datetime.fromisoformat(text) for text in row.added),
    )


def write_pattern(row: SeriesRow, pattern: Pattern) -> None:
    """Make the row say that."""
    for name, value in _columns(pattern).items():
        setattr(row, name, value)


def series_row(whole: WholeEvent, pattern: Pattern) -> SeriesRow:
    """A new row."""
    event = whole.event
    return SeriesRow(
        organizer_id=event.organizer_id, id=new_id(), event_id=event.id, **_columns(pattern)
    )


def read_pattern(body: SeriesBody, zone: str) -> Pattern:
    """The pattern that was typed, or `Invalid` with every mistake."""
    check = Checker()
    start, end, doors = read_span(check, body.starts_at, body.ends_at, body.doors_at)
    pattern = Pattern(
        rule=check(lambda: read_rule(body.rule, zone), _DAILY),
        start=start,
        minutes=minutes_between(start, end),
        zone=zone,
        doors_minutes=None if doors is None else minutes_between(doors, start),
        excepted=frozenset(check(lambda: read_excepted(body.excepted), [])),
        added=tuple(check(lambda: read_added(body.added), [])),
    )
    check.finish()
    check(lambda: series.check_pattern(pattern), None)
    check.finish()
    return pattern


def read_span(
    check: Checker, starts_at: str, ends_at: str, doors_at: str | None
) -> tuple[datetime, datetime, datetime | None]:
    """Three wall-clock times in their order."""
    start = check(lambda: wall_clock("/starts_at", starts_at), _NOW)
    end = check(lambda: wall_clock("/ends_at", ends_at), _NOW)
    doors = check(lambda: wall_clock("/doors_at", doors_at), _NOW) if doors_at else None
    if _NOW not in {start, end, doors}:
        check(lambda: _in_order(start, end, doors), None)
    return start, end, doors


def wall_clock(pointer: str, text: str) -> datetime:
    moment = parse_wall_clock(text)
    if moment is None:
        raise FieldError(
            pointer, "bad_time", "Give a local time without offset, like 2027-03-14T19:00."
        )
    return moment


def read_added(texts: Sequence[str]) -> list[datetime]:
    """Slots beside the rule, each once."""
    read = {wall_clock(f"/added/{number}", text) for number, text in enumerate(texts)}
    return sorted(read)


def read_excepted(texts: Sequence[str]) -> list[str]:
    """Slots and days, as they are stored."""
    return sorted({_excepted(number, text) for number, text in enumerate(texts)})


def minutes_between(first: datetime, last: datetime) -> int:
    return int((last - first) / timedelta(minutes=1))


def actual(date: OccurrenceRow) -> DateOf:
    """The date of a series as it stands."""
    assert date.slot is not None  # noqa: S101  # the caller asks for dates of a series
    return DateOf(
        slot=date.slot, starts_at=date.starts_at, ends_at=date.ends_at, doors_at=date.doors_at
    )


def take_times(date: OccurrenceRow, times: DateOf) -> None:
    """Move the date; calendars are told by its `sequence`."""
    if not has_times(date, times):
        date.starts_at, date.ends_at, date.doors_at = times.starts_at, times.ends_at, times.doors_at
        date.sequence += 1


def has_times(date: OccurrenceRow, times: DateOf) -> bool:
    """Whether the date is at that time already, whichever slot of a series it is for."""
    wanted = (times.starts_at, times.ends_at, times.doors_at)
    return (date.starts_at, date.ends_at, date.doors_at) == wanted


def of_series(dates: Iterable[OccurrenceRow], series_id: UUID) -> list[OccurrenceRow]:
    return [one for one in dates if one.series_id == series_id]


async def read_series(tx: Transaction, event_id: UUID) -> list[SeriesRow]:
    """The event's series, the oldest first."""
    rows = await tx.session.scalars(
        select(SeriesRow)
        .where(SeriesRow.organizer_id == tx.tenant, SeriesRow.event_id == event_id)
        .order_by(SeriesRow.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def find_series(tx: Transaction, event_id: UUID, series_id: UUID) -> SeriesRow:
    """One of them, or `NotFound`."""
    for row in await read_series(tx, event_id):
        if row.id == series_id:
            return row
    raise NotFound


def _columns(pattern: Pattern) -> dict[str, Any]:
    return {
        "rule": rule_text(pattern.rule),
        "starts": pattern.start,
        "minutes": pattern.minutes,
        "doors_minutes": pattern.doors_minutes,
        "excepted": sorted(pattern.excepted),
        "added": [slot_text(slot) for slot in pattern.added],
    }


def _in_order(start: datetime, end: datetime, doors: datetime | None) -> None:
    if end <= start:
        raise FieldError("/ends_at", "end_before_start", "The end comes after the start.")
    if doors is not None and doors > start:
        raise FieldError("/doors_at", "doors_after_start", "Doors open before the start.")


def _excepted(number: int, text: str) -> str:
    pointer = f"/excepted/{number}"
    if "T" in text:
        return slot_text(wall_clock(pointer, text))
    return wall_clock(pointer, f"{text}T00:00").date().isoformat()
