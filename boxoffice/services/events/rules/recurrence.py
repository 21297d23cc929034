"""Recurrence rules (RFC 5545): the part of them that organizers need, read strictly.

Everything here is wall-clock time without zone. Only rules that their first date fits are followed:
such a rule always comes back to a date, so looking for the next one ends.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from dateutil import rrule
from msgspec import structs

from boxoffice.kernel.refusals import FieldError

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_COUNT = 1_000
MOST_INTERVAL = 99
_FREQUENCIES: dict[str, Literal[0, 1, 2, 3]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
_EXAMPLE = "like FREQ=WEEKLY;BYDAY=TU"


class ByDay(msgspec.Struct, frozen=True):
    """A weekday, in a monthly rule perhaps the `nth` of the month: -1 is the last, 0 is each."""

    nth: int
    day: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as read. `until` is the last wall-clock time at which a date may begin."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by_day: tuple[ByDay, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    week_start: str = "MO"


def read_rule(text: str, zone: str) -> Rule:
    """The rule; `FieldError` at `/rule` that names what is not understood."""
    parts = _parts(text)
    if parts.get("FREQ") not in _FREQUENCIES:
        raise _wrong(f"Say how often: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, {_EXAMPLE}.")
    frequency = parts.pop("FREQ")
    read: dict[str, object] = {}
    for name, value in parts.items():
        field, reader = _READERS[name]
        read[field] = _until(value, zone) if name == "UNTIL" else reader(value)
    rule = msgspec.convert({**read, "frequency": frequency}, Rule)
    _check(rule)
    return rule


def rule_text(rule: Rule) -> str:
    """The rule as RFC 5545 writes it, its end as local time."""
    days = [f"{day.nth or ''}{day.day}" for day in rule.by_day]
    parts = {
        "FREQ": rule.frequency,
        "INTERVAL": rule.interval if rule.interval != 1 else None,
        "COUNT": rule.count,
        "UNTIL": f"{rule.until:%Y%m%dT%H%M%S}" if rule.until else None,
        "BYMONTH": _listed(rule.by_month),
        "BYMONTHDAY": _listed(rule.by_month_day),
        "BYDAY": _listed(days),
        "BYHOUR": _listed(rule.by_hour),
        "BYMINUTE": _listed(rule.by_minute),
        "WKST": rule.week_start if rule.week_start != "MO" else None,
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value is not None)


def fits(rule: Rule, start: datetime) -> bool:
    """Whether the first date is one of the rule's own."""
    last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return (
        (not rule.by_month or start.month in rule.by_month)
        and (not rule.by_hour or start.hour in rule.by_hour)
        and (not rule.by_minute or start.minute in rule.by_minute)
        and (
            not rule.by_month_day
            or not {start.day, start.day - last.day - 1}.isdisjoint(rule.by_month_day)
        )
        and (not rule.by_day or any(_is_day(one, start, last.day) for one in rule.by_day))
        and (rule.until is None or start <= rule.until)
    )


def times(rule: Rule, start: datetime) -> Iterator[datetime]:
    """When dates begin by the rule, first `start`, which must fit it. Endless, if the rule is."""
    return iter(
        rrule.rrule(
            _FREQUENCIES[rule.frequency],
            dtstart=start,
            interval=rule.interval,
            wkst=DAYS.index(rule.week_start),
            count=rule.count,
            until=rule.until,
            bymonth=rule.by_month or None,
            bymonthday=rule.by_month_day or None,
            byweekday=[_weekday(one) for one in rule.by_day] or None,
            byhour=rule.by_hour or None,
            byminute=rule.by_minute or None,
        )
    )


def rotated(rule: Rule, days: int) -> Rule:
    """The rule with its weekdays so many days later."""
    turned = [ByDay(one.nth, DAYS[(DAYS.index(one.day) + days) % len(DAYS)]) for one in rule.by_day]
    return structs.replace(rule, by_day=tuple(turned))


def _parts(text: str) -> dict[str, str]:
    bare = text.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for part in filter(None, bare.split(";")):
        name, _, value = part.partition("=")
        if name != "FREQ" and name not in _READERS:
            raise _wrong(f"{name[:20]} is not supported; a rule reads {_EXAMPLE}.")
        if name in parts or not value:
            raise _wrong(f"Give {name} once, with a value.")
        parts[name] = value
    return parts


def _check(rule: Rule) -> None:
    if rule.count is not None and rule.until is not None:
        raise _wrong("Give COUNT or UNTIL, not both.")
    ordinals = any(one.nth for one in rule.by_day)
    if ordinals and (rule.frequency != "MONTHLY" or rule.by_month_day):
        raise _wrong("Days like 1MO or -1FR belong into a monthly rule without BYMONTHDAY.")
    if rule.by_month_day and rule.frequency == "WEEKLY":
        raise _wrong("A weekly rule has no BYMONTHDAY.")


def _is_day(one: ByDay, start: datetime, length: int) -> bool:
    if DAYS[start.weekday()] != one.day:
        return False
    from_start, from_end = (start.day - 1) // 7 + 1, -((length - start.day) // 7 + 1)
    return one.nth in {0, from_start, from_end}


def _weekday(one: ByDay) -> rrule.weekday:
    day = rrule.weekday(DAYS.index(one.day))
    return day(one.nth) if one.nth else day


def _numbers(least: int, most: int, *, signed: bool = False) -> Callable[[str], object]:
    def read(text: str) -> tuple[int, ...]:
        return tuple(_number(part, least, most, signed=signed) for part in text.split(","))

    return read


def _one(least: int, most: int) -> Callable[[str], object]:
    def read(text: str) -> int:
        return _number(text, least, most)

    return read


def _number(text: str, least: int, most: int, *, signed: bool = False) -> int:
    digits = text.removeprefix("+").removeprefix("-") if signed else text
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 4):
        raise _wrong(f"{text[:20]} is not a number from {least} to {most}.")
    if not least <= int(digits) <= most:
        raise _wrong(f"{text[:20]} is not from {least} to {most}.")
    return int(text)


def _by_day(text: str) -> tuple[ByDay, ...]:
    return tuple(_day(part) for part in text.split(","))


def _day(text: str) -> ByDay:
    name = text[-2:]
    if name not in DAYS:
        raise _wrong(f"{text[:20]} is not a weekday like TU or 1MO.")
    return ByDay(_number(text[:-2], 1, 5, signed=True) if text[:-2] else 0, name)


def _week_start(text: str) -> str:
    if text not in DAYS:
        raise _wrong(f"{text[:20]} is not a weekday like MO.")
    return text


def _until(text: str, zone: str) -> datetime:
    try:
        if "T" not in text:
            return datetime.combine(_date(text), time(23, 59))
        moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  # wall-clock
    except ValueError as error:
        raise _wrong("UNTIL is a day like 20270630 or a time like 20270630T190000.") from error
    if text.endswith("Z"):
        moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return moment.replace(second=0, fold=0)


def _date(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone


def _listed(values: tuple[int, ...] | list[str]) -> str | None:
    return ",".join(map(str, values)) or None


def _wrong(sentence: str) -> FieldError:
    return FieldError("/rule", "bad_rule", sentence)


def _nothing(text: str) -> object:
    return text


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "INTERVAL": ("interval", _one(1, MOST_INTERVAL)),
    "COUNT": ("count", _one(1, MOST_COUNT)),
    "UNTIL": ("until", _nothing),
    "BYDAY": ("by_day", _by_day),
    "BYMONTHDAY": ("by_month_day", _numbers(1, 31, signed=True)),
    "BYMONTH": ("by_month", _numbers(1, 12)),
    "BYHOUR": ("by_hour", _numbers(0, 23)),
    "BYMINUTE": ("by_minute", _numbers(0, 59)),
    "WKST": ("week_start", _week_start),
}
