"""Series across changes of the clock, with golden files of what they make."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules import series
from boxoffice.services.events.rules.localtime import instant_of, wall_clock_of
from boxoffice.services.events.rules.recurrence import DAYS, fits, read_rule, rule_text
from boxoffice.services.events.rules.series import DateOf, Pattern, slot_text

GOLDEN = Path(__file__).parent / "golden"
AROUND_CHANGES = (
    *("2026-10-0", "2026-10-2", "2026-11-0"),
    *("2027-03-", "2027-04-0", "2027-10-0", "2027-10-2", "2027-10-3", "2027-11-0"),
)
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
clock = datetime.fromisoformat
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def pattern(rule: str, start: str, *, zone: str = "Europe/Berlin", minutes: int = 120) -> Pattern:
    return Pattern(
        rule=read_rule(rule, zone),
        start=datetime.fromisoformat(start),
        minutes=minutes,
        zone=zone,
        doors_minutes=30,
    )


def made(one: Pattern, *, most: int = 2_000) -> list[DateOf]:
    far = datetime.combine(one.start, one.start.time(), UTC) + 2 * series.REACH
    return series.dates(one, after=LONG_AGO, through=far, most=most)


def line(one: DateOf, zone: str) -> str:
    local = wall_clock_of(one.starts_at, zone)
    doors = one.doors_at or one.starts_at
    return (
        f"{slot_text(one.slot)} | {one.starts_at:%Y-%m-%dT%H:%MZ} to {one.ends_at:%Y-%m-%dT%H:%MZ}"
        f" | doors {doors:%H:%MZ} | shows {local:%H:%M}"
        + (" | shifted" if one.is_shifted(zone) else "")
    )


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("name", "rule", "start"),
    [
        ("weekly-evening", "FREQ=WEEKLY;UNTIL=20271231", "2026-09-01T19:00"),
        ("nightly-in-the-gap", "FREQ=DAILY;UNTIL=20271110", "2026-10-01T02:15"),
    ],
)
def test_dates_are_those_of_the_golden_file(zone: str, name: str, rule: str, start: str) -> None:
    """Every date over the changes of 2026 and 2027; of nightly ones those around a change."""
    lines = [line(one, zone) for one in made(pattern(rule, start, zone=zone))]
    if name.startswith("nightly"):
        lines = [one for one in lines if one.startswith(AROUND_CHANGES)]
    golden = GOLDEN / f"{name}.{zone.replace('/', '_')}.txt"
    assert lines == golden.read_text().splitlines()


def test_a_time_that_is_skipped_moves_forward_and_the_next_date_is_on_time_again() -> None:
    dates = made(pattern("FREQ=DAILY;COUNT=3", "2027-03-27T02:30"))
    assert [f"{wall_clock_of(one.starts_at, 'Europe/Berlin'):%d %H:%M}" for one in dates] == [
        "27 02:30",
        "28 03:30",
        "29 02:30",
    ]


def test_a_time_that_happens_twice_means_the_first() -> None:
    (date,) = made(pattern("FREQ=DAILY;COUNT=1", "2027-10-31T02:30"))
    assert date.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_of_a_skipped_slot_and_the_one_it_moves_to_the_latter_stands() -> None:
    dates = made(pattern("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0;COUNT=4", "2027-03-27T02:00"))
    slots = [slot_text(one.slot) for one in dates]
    assert slots == ["2027-03-27T02:00", "2027-03-27T03:00", "2027-03-28T03:00"]


def test_a_date_ends_after_it_starts_even_where_clocks_jump() -> None:
    (date,) = made(pattern("FREQ=DAILY;COUNT=1", "2027-03-28T02:30", minutes=30))
    assert date.ends_at - date.starts_at == timedelta(minutes=30)


def test_exceptions_take_slots_or_whole_days_and_additions_stand_beside() -> None:
    one = structs.replace(
        pattern("FREQ=WEEKLY;COUNT=4", "2027-03-02T19:00"),
        excepted=frozenset({"2027-03-09", "2027-03-16T19:00", "2027-03-23T18:00"}),
        added=(clock("2027-03-10T11:00"), clock("2027-03-09T11:00"), clock("2027-03-02T19:00")),
    )
    slots = [slot_text(date.slot) for date in made(one)]
    assert slots == ["2027-03-02T19:00", "2027-03-10T11:00", "2027-03-23T19:00"]


def test_a_series_is_bounded_in_number_and_reach() -> None:
    endless = pattern("FREQ=DAILY", "2027-01-01T19:00")
    assert len(made(endless, most=10)) == 10
    assert made(endless)[-1].slot <= endless.start + series.REACH


def test_the_first_date_must_fit_the_rule() -> None:
    with pytest.raises(FieldError) as refused:
        series.check_pattern(pattern("FREQ=WEEKLY;BYDAY=WE", "2027-03-02T19:00"))
    assert refused.value.code == "rule_misses_start"


def test_split_and_put_together_a_series_is_the_same() -> None:
    whole = pattern("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9", "2027-03-02T19:00")
    at = clock("2027-03-16T19:00")
    before, rest = series.split(whole, at)
    assert before is not None
    assert [*made(before), *made(rest)] == made(whole)
    assert rule_text(rest.rule) == "FREQ=WEEKLY;COUNT=5;BYDAY=TU,TH"
    assert series.split(whole, whole.start) == (None, whole)


def test_another_time_of_day_takes_exceptions_along() -> None:
    one = structs.replace(
        pattern("FREQ=WEEKLY;COUNT=3", "2027-03-02T19:00"),
        excepted=frozenset({"2027-03-09T19:00"}),
    )
    later = series.retimed(one, clock("2027-03-02T20:00"), minutes=90, doors_minutes=None)
    assert [slot_text(date.slot) for date in made(later)] == [
        "2027-03-02T20:00",
        "2027-03-16T20:00",
    ]
    with pytest.raises(FieldError):
        series.retimed(one, clock("2027-03-03T19:00"), minutes=90, doors_minutes=None)


def test_a_duplicate_turns_weekdays_and_gives_up_where_the_rule_has_no_such_date() -> None:
    weekly = pattern("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270401", "2027-03-02T19:00")
    moved = series.shifted(weekly, clock("2028-01-06T20:00"))
    assert moved is not None
    assert rule_text(moved.rule) == "FREQ=WEEKLY;UNTIL=20280206T005900;BYDAY=TH"
    monthly = pattern("FREQ=MONTHLY;BYDAY=1TU", "2027-03-02T19:00")
    assert series.shifted(monthly, clock("2027-05-04T19:00")) is not None
    assert series.shifted(monthly, clock("2027-05-11T19:00")) is None


def test_drift_names_what_was_changed_by_hand() -> None:
    one = pattern("FREQ=WEEKLY;COUNT=3", "2027-03-02T19:00")
    date = made(one)[0]
    assert series.drift(one, date) == ()
    late = structs.replace(date, ends_at=date.ends_at + timedelta(hours=1), doors_at=None)
    assert series.drift(one, late) == ("ends_at", "doors_at")


starts = st.datetimes(clock("2026-01-01T00:00"), clock("2028-12-31T00:00")).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
day_lists = st.lists(st.sampled_from(DAYS), unique=True, max_size=4)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    start = draw(starts)
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
    days = ",".join(dict.fromkeys([DAYS[start.weekday()], *draw(day_lists)]))
    rule = f"FREQ={frequency};INTERVAL={draw(st.integers(1, 5))};COUNT={draw(st.integers(1, 60))}"
    return Pattern(
        rule=read_rule(f"{rule};BYDAY={days}", "UTC"),
        start=start,
        minutes=draw(st.integers(1, 2_000)),
        zone=draw(st.sampled_from([*ZONES, "Asia/Kathmandu", "America/St_Johns"])),
        excepted=frozenset(draw(st.lists(st.sampled_from([slot_text(start), str(start.date())])))),
    )


@given(patterns())
def test_the_clock_shows_the_slot_unless_it_is_skipped(one: Pattern) -> None:
    for date in made(one):
        shown = wall_clock_of(date.starts_at, one.zone)
        assert shown == date.slot or (date.is_shifted(one.zone) and shown > date.slot)
        assert date.slot.time() == one.start.time()


@given(patterns())
def test_no_two_dates_are_the_same_and_all_last(one: Pattern) -> None:
    dates = made(one)
    assert len({date.starts_at for date in dates}) == len(dates)
    assert len({date.slot for date in dates}) == len(dates)
    assert all(date.starts_at < date.ends_at for date in dates)
    assert dates == sorted(dates, key=lambda date: date.starts_at)


@given(patterns(), st.data())
def test_exceptions_never_come_back(one: Pattern, data: st.DataObject) -> None:
    """Neither in later rounds, nor after a split, nor in what is made of the parts."""
    dates = made(one)
    if not dates:
        return
    gone = data.draw(st.sampled_from(dates)).slot
    less = structs.replace(one, excepted=one.excepted | {slot_text(gone)})
    assert gone not in {date.slot for date in made(less)}
    at = data.draw(st.sampled_from(dates)).slot
    before, rest = series.split(less, at)
    parts = [*(made(before) if before else []), *made(rest)]
    assert gone not in {date.slot for date in parts}
    # The later part reaches five years from its own first date.
    assert [date for date in parts if date.slot <= less.start + series.REACH] == made(less)


@given(patterns(), st.integers(1, 400))
def test_growing_in_steps_makes_what_one_step_would(one: Pattern, days: int) -> None:
    """However the horizon moves, each slot comes once and is the same."""
    all_at_once = made(one)
    through = instant_of(one.start, one.zone) + timedelta(days=days)
    some = series.dates(one, after=LONG_AGO, through=through, most=2_000)
    assert some == all_at_once[: len(some)]


@given(patterns(), st.integers(-60, 60))
def test_a_shifted_series_fits_its_first_date(one: Pattern, days: int) -> None:
    moved = series.shifted(one, one.start + timedelta(days=days))
    if moved is not None:
        assert fits(moved.rule, moved.start)
        assert len(moved.excepted) == len(one.excepted)
