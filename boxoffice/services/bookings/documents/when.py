"""When an event is, in words, always in the event's own zone and saying which."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TO = " \N{EN DASH} "
_MINUS = "\N{MINUS SIGN}"
_NIGHT_ENDS = 9  # an end before nine in the morning still belongs to the evening before


class When(msgspec.Struct, frozen=True, kw_only=True):
    """`Saturday`, `12 July 2027`, `19:00 - 23:00`, `CEST, UTC+2`. A night's end names its day.

    Of several days, `day` is a range as well: `Friday - Sunday`, `16 - 18 July 2027`, `from 09:00`;
    across months they are short: `30 Sep - 2 Oct 2027`. The dashes are en dashes.
    """

    day: str
    date: str
    time: str
    zone: str

    @property
    def line(self) -> str:
        """`Sat 12 July 2027, 19:00 - 23:00 (CEST, UTC+2)`: all of it, for one line of text."""
        days = _TO.join(day[:3] for day in self.day.split(_TO))
        return f"{days} {self.date}, {self.time} ({self.zone})"


def describe(starts_at: datetime, ends_at: datetime, timezone: str) -> When:
    """The span in the words above; both times must be aware."""
    start, end = (time.astimezone(ZoneInfo(timezone)) for time in (starts_at, ends_at))
    if end.date() == start.date() or _is_one_night(start, end):
        return When(day=_day(start), date=_date(start), time=_hours(start, end), zone=_zone(start))
    return When(
        day=_day(start) + _TO + _day(end),
        date=_dates(start, end),
        time=f"from {start:%H:%M}",
        zone=_zone(start),
    )


def _is_one_night(start: datetime, end: datetime) -> bool:
    return end.date() - start.date() == timedelta(days=1) and end.hour < _NIGHT_ENDS


def _hours(start: datetime, end: datetime) -> str:
    if end <= start:
        return f"{start:%H:%M}"
    next_day = "" if end.date() == start.date() else f"{_day(end)[:3]} "
    return f"{start:%H:%M}{_TO}{next_day}{end:%H:%M}"


def _day(time: datetime) -> str:
    return _DAYS[time.weekday()]


def _date(time: datetime) -> str:
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}"


def _dates(start: datetime, end: datetime) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}{_TO}{_date(end)}"
    year = f" {start.year}" if start.year != end.year else ""
    return f"{_short(start)}{year}{_TO}{_short(end)} {end.year}"


def _short(time: datetime) -> str:
    return f"{time.day} {_MONTHS[time.month - 1][:3]}"


def _zone(time: datetime) -> str:
    """`CEST, UTC+2`; zones without a name of their own are their offset alone."""
    minutes = int((time.utcoffset() or timedelta()).total_seconds()) // 60
    sign, (hours, rest) = _MINUS if minutes < 0 else "+", divmod(abs(minutes), 60)
    offset = "UTC" if minutes == 0 else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
    name = time.tzname() or ""
    return f"{name}, {offset}" if name.isalpha() and name != offset else offset
