"""Series: the dates that follow from a rule, its exceptions and its additions.

A date's *slot* is the wall-clock time that the rule gives it and stays its name, whatever becomes
of the date itself. Instants follow from the slot in the event's zone: 19:00 stays 19:00 across
changes of the clock, a time that is skipped moves forward, one that happens twice means the first.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import takewhile

import msgspec
from msgspec import structs

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules.localtime import instant_of, wall_clock_of
from boxoffice.services.events.rules.recurrence import Rule, fits, rotated, times

# A series reaches so far from its first date, and no further.
REACH = timedelta(days=5 * 366)
# So far ahead its dates are on sale, and at most so many of them.
HORIZON = timedelta(days=366)
MOST_AHEAD = 400
LONGEST = timedelta(days=31)


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """What a series says. `start` is the first slot; a date lasts `minutes` of the clock.

    `excepted` are slots (`2027-03-14T19:00`) or whole days (`2027-03-14`) on which nothing takes
    place; `added` are slots beside the rule. Doors open `doors_minutes` before the start.
    """

    rule: Rule
    start: datetime
    minutes: int
    zone: str
    doors_minutes: int | None = None
    excepted: frozenset[str] = frozenset()
    added: tuple[datetime, ...] = ()


class DateOf(msgspec.Struct, frozen=True, kw_only=True):
    """One date of a series, as instants."""

    slot: datetime
    starts_at: datetime
    ends_at: datetime
    doors_at: datetime | None

    def is_shifted(self, zone: str) -> bool:
        """Whether clocks skip the slot, so that the date begins later than the rule says."""
        return wall_clock_of(self.starts_at, zone) != self.slot


def check_pattern(pattern: Pattern) -> None:
    """Pass, or `FieldError`: the first date must be one of the rule's own."""
    if not fits(pattern.rule, pattern.start):
        raise FieldError(
            "/rule", "rule_misses_start", "The first date does not fit the rule; change either."
        )
    if not 0 < pattern.minutes <= LONGEST.total_seconds() / 60:
        raise FieldError(
            "/ends_at", "end_before_start", f"A date lasts up to {LONGEST.days} days, not less."
        )


def slot_text(slot: datetime) -> str:
    """`2027-03-14T19:00`."""
    return slot.isoformat(timespec="minutes")


def dates(pattern: Pattern, *, after: datetime, through: datetime, most: int) -> list[DateOf]:
    """The dates that end after `after` and begin by `through`, the first `most` of them.

    No two begin at the same instant: of a slot that is skipped by the clock and the one that it
    moves to, the latter stands.
    """
    found: dict[datetime, DateOf] = {}
    until = wall_clock_of(through.astimezone(UTC), pattern.zone)
    for slot in takewhile(lambda slot: slot <= until, slots(pattern)):
        one = date_of(pattern, slot)
        if one.ends_at <= after or one.starts_at > through:
            continue
        if one.starts_at not in found and len(found) == most:
            break
        if one.starts_at not in found or found[one.starts_at].is_shifted(pattern.zone):
            found[one.starts_at] = one
    return sorted(found.values(), key=lambda one: one.starts_at)


def slots(pattern: Pattern) -> Iterator[datetime]:
    """All slots in order, each once, as far as a series reaches."""
    last: datetime | None = None
    for slot in merge(times(pattern.rule, pattern.start), sorted(pattern.added)):
        if slot - pattern.start > REACH:
            return
        if slot != last and not is_excepted(pattern, slot):
            yield slot
        last = slot


def is_excepted(pattern: Pattern, slot: datetime) -> bool:
    """Whether nothing takes place then, whatever the rule says."""
    return not {slot_text(slot), slot.date().isoformat()}.isdisjoint(pattern.excepted)


def date_of(pattern: Pattern, slot: datetime) -> DateOf:
    """The date in that slot. Where the clock makes it end before it starts, time elapses."""
    starts_at = instant_of(slot, pattern.zone)
    length = timedelta(minutes=pattern.minutes)
    ends_at = instant_of(slot + length, pattern.zone)
    doors_at = None
    if pattern.doors_minutes is not None:
        doors_at = instant_of(slot - timedelta(minutes=pattern.doors_minutes), pattern.zone)
    return DateOf(
        slot=slot,
        starts_at=starts_at,
        ends_at=ends_at if ends_at > starts_at else starts_at + length,
        doors_at=min(doors_at, starts_at) if doors_at else None,
    )


def drift(pattern: Pattern, actual: DateOf) -> tuple[str, ...]:
    """What of a date was changed by hand: names of its fields that the pattern says otherwise."""
    wanted = date_of(pattern, actual.slot)
    names = ("starts_at", "ends_at", "doors_at")
    return tuple(name for name in names if getattr(wanted, name) != getattr(actual, name))


def split(pattern: Pattern, at: datetime) -> tuple[Pattern | None, Pattern]:
    """The series up to the slot `at`, None if it is the first, and the series from there on."""
    if at <= pattern.start:
        return None, pattern
    rule, before = pattern.rule, at - timedelta(minutes=1)
    passed = sum(1 for _ in takewhile(lambda slot: slot < at, times(rule, pattern.start)))
    ended = structs.replace(rule, count=None, until=min(rule.until or before, before))
    count = None if rule.count is None else max(1, rule.count - passed)
    first = structs.replace(
        pattern,
        rule=ended,
        added=tuple(slot for slot in pattern.added if slot < at),
        excepted=frozenset(text for text in pattern.excepted if text < slot_text(at)),
    )
    rest = structs.replace(
        pattern,
        rule=structs.replace(rule, count=count),
        start=at,
        added=tuple(slot for slot in pattern.added if slot >= at),
        excepted=frozenset(text for text in pattern.excepted if text >= at.date().isoformat()),
    )
    return first, rest


def retimed(
    pattern: Pattern, start: datetime, *, minutes: int, doors_minutes: int | None
) -> Pattern:
    """The series at another time of the same day; `FieldError` if the rule says otherwise."""
    delta = start - pattern.start
    if delta and (start.date() != pattern.start.date() or pattern.rule.by_hour):
        raise FieldError(
            "/starts_at", "change_the_rule", "To move a series to other days, change its rule."
        )
    moved = _moved(pattern, delta)
    return structs.replace(moved, minutes=minutes, doors_minutes=doors_minutes)


def shifted(pattern: Pattern, start: datetime) -> Pattern | None:
    """The same series beginning at `start`; None if its rule has no such first date.

    A weekly series moves its weekdays along; a monthly one keeps its days of the month.
    """
    days = (start.date() - pattern.start.date()).days
    weekly = pattern.rule.frequency == "WEEKLY"
    rule = rotated(pattern.rule, days) if weekly else pattern.rule
    moved = _moved(structs.replace(pattern, rule=rule), start - pattern.start)
    return moved if fits(moved.rule, start) else None


def _moved(pattern: Pattern, delta: timedelta) -> Pattern:
    rule = pattern.rule
    whole_days = timedelta(days=delta.days)
    return structs.replace(
        pattern,
        rule=structs.replace(rule, until=rule.until + delta if rule.until else None),
        start=pattern.start + delta,
        added=tuple(slot + delta for slot in pattern.added),
        excepted=frozenset(
            slot_text(datetime.fromisoformat(text) + delta)
            if "T" in text
            else (datetime.fromisoformat(text) + whole_days).date().isoformat()
            for text in pattern.excepted
        ),
    )
