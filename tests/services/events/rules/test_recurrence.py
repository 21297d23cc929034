"""Reading rules, and what is refused before anything is computed."""

from datetime import datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.refusals import FieldError
from boxoffice.services.events.rules.recurrence import (
    DAYS,
    fits,
    read_rule,
    rotated,
    rule_text,
    times,
)

ZONE = "Europe/Berlin"
clock = datetime.fromisoformat
TUESDAY = clock("2027-03-02T19:00")


def first(text: str, start: datetime, most: int) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one in islice(times(read_rule(text, ZONE), start), most)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", ["03-02 19:00", "03-09 19:00", "03-16 19:00"]),
        ("RRULE:freq=weekly;interval=2", ["03-02 19:00", "03-16 19:00", "03-30 19:00"]),
        ("FREQ=MONTHLY;BYDAY=1TU", ["03-02 19:00", "04-06 19:00", "05-04 19:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=2;COUNT=2", ["03-02 19:00", "04-02 19:00"]),
        ("FREQ=DAILY;UNTIL=20270303", ["03-02 19:00", "03-03 19:00"]),
        ("FREQ=DAILY;UNTIL=20270303T180000Z", ["03-02 19:00", "03-03 19:00"]),
        ("FREQ=DAILY;UNTIL=20270303T175959Z", ["03-02 19:00"]),
        ("FREQ=DAILY;BYHOUR=19,21;BYMINUTE=0", ["03-02 19:00", "03-02 21:00", "03-03 19:00"]),
    ],
)
def test_a_rule_makes_its_dates_by_the_clock(text: str, dates: list[str]) -> None:
    assert first(text, TUESDAY, 3) == dates


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYEASTER=1",
        "FREQ=WEEKLY;BYSETPOS=1",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=6TU",
        "FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=3",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=99999999999",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;UNTIL=20271301",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYMONTH=²",
        "\x00",
    ],
)
def test_a_rule_that_is_not_understood_is_refused_by_name(text: str) -> None:
    with pytest.raises(FieldError) as refused:
        read_rule(text, ZONE)
    assert (refused.value.pointer, refused.value.code) == ("/rule", "bad_rule")


@given(st.text(max_size=40) | st.text(alphabet="FREQ=WKLYBDA;,0123-UNTILCOZ", max_size=60))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        rule = read_rule(text, ZONE)
    except FieldError:
        return
    assert read_rule(rule_text(rule), ZONE) == rule


@pytest.mark.parametrize(
    ("text", "start", "fit"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", clock("2027-03-02T00:00"), True),
        ("FREQ=WEEKLY;BYDAY=WE", clock("2027-03-02T00:00"), False),
        ("FREQ=MONTHLY;BYDAY=-1WE", clock("2027-03-31T00:00"), True),
        ("FREQ=MONTHLY;BYDAY=-1WE", clock("2027-03-24T00:00"), False),
        ("FREQ=MONTHLY;BYDAY=5WE", clock("2027-03-31T00:00"), True),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", clock("2027-02-28T00:00"), True),
        ("FREQ=MONTHLY;BYMONTHDAY=31", clock("2027-02-28T00:00"), False),
        ("FREQ=YEARLY;BYMONTH=12", clock("2027-11-01T00:00"), False),
        ("FREQ=DAILY;BYHOUR=9", clock("2027-03-02T10:00"), False),
        ("FREQ=DAILY;UNTIL=20270301", clock("2027-03-02T00:00"), False),
    ],
)
def test_a_rule_fits_a_first_date_or_not(text: str, start: datetime, fit: bool) -> None:
    rule = read_rule(text, ZONE)
    assert fits(rule, start) is fit
    if fit:
        assert next(times(rule, start)) == start


@given(
    st.sampled_from(DAYS),
    st.integers(0, 400),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 12),
)
def test_whatever_fits_begins_with_its_first_date(
    day: str, offset: int, frequency: str, interval: int
) -> None:
    """So the search for the next date never runs away."""
    start = datetime.fromordinal(clock("2027-01-01T00:00").toordinal() + offset)
    rule = read_rule(f"FREQ={frequency};BYDAY={day};INTERVAL={interval}", ZONE)
    if fits(rule, start):
        assert next(times(rule, start)) == start


def test_weekdays_turn_with_the_first_date() -> None:
    rule = read_rule("FREQ=WEEKLY;BYDAY=SA,SU", ZONE)
    assert rule_text(rotated(rule, 2)) == "FREQ=WEEKLY;BYDAY=MO,TU"
    assert rule_text(rotated(rule, -7)) == "FREQ=WEEKLY;BYDAY=SA,SU"
