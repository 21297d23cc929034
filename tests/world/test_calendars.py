"""iCalendar as calendars of all kinds write it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.services.events.api import Defaults, gather
from tests.services.events.house import Team
from tests.world.importing import imported, local, run

PLACE = "LOCATION:Kesselhaus\\, Schönhauser Allee 36\\, 10435 Berlin\\, Germany"
ZONE = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events, each given as lines."""
    body = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\n{body}\nEND:VCALENDAR\n"
    return text.replace("\n\n", "\n").replace("\n", "\r\n").encode()


def event(when: str, **lines: str) -> str:
    return "\n".join([f"UID:{hash(when)}", "SUMMARY:Concert", PLACE, when, *lines.values()])


async def one(team: Team, data: bytes, zone: str = "UTC") -> dict[str, Any]:
    report = await run(team, ("x.ics", data), zone=zone)
    assert report.created == 1, report.problems
    (found,) = await imported(team)
    return found


def codes(data: bytes) -> list[tuple[int, str]]:
    return [(p.line, p.code) for p in gather([("x.ics", data)], Defaults()).problems]


@pytest.mark.parametrize(
    ("when", "zone", "begins", "ends"),
    [
        ("DTSTART;TZID=Asia/Tokyo:20990314T190000\nDTEND;TZID=Asia/Tokyo:20990314T210000",
         "Asia/Tokyo", "19:00", "21:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20990314T190000\nDURATION:PT3H",
         "Europe/Berlin", "19:00", "22:00"),
        ("DTSTART:20990314T190000Z\nDTEND:20990314T203000Z", "Europe/Berlin", "20:00", "21:30"),
        ("DTSTART:20990314T190000", "Europe/Berlin", "19:00", "21:00"),
        ("DTSTART;VALUE=DATE:20990314\nDTEND;VALUE=DATE:20990315",
         "Europe/Berlin", "09:00", "18:00"),
        ("DTSTART;VALUE=DATE:20990314", "Europe/Berlin", "09:00", "18:00"),
        ("DTSTART;TZID=Office:20990714T190000", "Europe/Berlin", "20:00", "22:00"),
    ],
)  # fmt: skip
async def test_every_way_to_write_a_time(
    team: Team, when: str, zone: str, begins: str, ends: str
) -> None:
    found = await one(team, calendar(event(when), head=ZONE))
    assert found["timezone"] == zone
    assert local(found).endswith(begins)
    assert local(found, "ends_at").endswith(ends)


async def test_whole_days_end_with_the_last_one(team: Team) -> None:
    days = "DTSTART;VALUE=DATE:20990314\nDTEND;VALUE=DATE:20990317"
    found = await one(team, calendar(event(days)))
    assert local(found, "ends_at") == "2099-03-16T18:00"


async def test_a_calendars_zone_counts_where_the_event_has_none(team: Team) -> None:
    nowhere = "UID:1\nSUMMARY:Concert\nDTSTART:20990314T190000"
    found = await one(team, calendar(nowhere, head="X-WR-TIMEZONE:Asia/Tokyo"))
    assert (found["timezone"], local(found)) == ("Asia/Tokyo", "2099-03-14T19:00")


async def test_without_any_zone_the_given_one_is_assumed_and_noted(team: Team) -> None:
    data = calendar("UID:1\nSUMMARY:Concert\nDTSTART:20990314T190000")
    found = await one(team, data, zone="Europe/Lisbon")
    assert (found["timezone"], local(found)) == ("Europe/Lisbon", "2099-03-14T19:00")
    assert codes(data) == [(3, "assumed_zone"), (3, "missing_city")]


async def test_the_place_is_taken_apart(team: Team) -> None:
    found = await one(team, calendar(event("DTSTART:20990314T190000Z")))
    assert found["venue"] == {
        "name": "Kesselhaus", "address": "Schönhauser Allee 36", "city": "Berlin",
        "country": "Germany",
    }  # fmt: skip


@pytest.mark.parametrize("location", ["https://meet.example/x", "Online", "Zoom webinar"])
async def test_an_online_event_has_no_venue(team: Team, location: str) -> None:
    data = calendar(f"UID:1\nSUMMARY:Talk\nDTSTART:20990314T190000Z\nLOCATION:{location}")
    found = await one(team, data)
    assert found["format"] == "online"
    assert found["venue"] is None
    assert found["online_url"] == (location if location.startswith("https") else None)


async def test_folded_lines_escapes_and_html(team: Team) -> None:
    said = (
        "UID:1\nDTSTART:20990314T190000Z\nSUMMARY:Rock\\, Paper\n  & Scissors\nURL:https://a.example"
        "\nDESCRIPTION:<p>Doors <b>open</b> at 7</p><br>Bring <a href='x'>friends</a> &amp; fun"
    )
    found = await one(team, calendar(said))
    assert found["title"] == "Rock, Paper & Scissors"
    assert found["description"] == "Doors open at 7\nBring friends & fun"
    assert found["website"] == "https://a.example"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("SUMMARY:A\nDTSTART:notatime", "bad_event"),
        ("SUMMARY:A", "missing_start"),
        ("DTSTART:20990314T190000Z", "missing_title"),
        ("SUMMARY:A\nDTSTART:20990314T190000Z\nSTATUS:CANCELLED", "cancelled"),
        ("SUMMARY:A\nDTSTART:20990314T190000Z\nDTEND:20990314T180000Z", "end_before_start"),
        ("SUMMARY:A\nDTSTART:20990314T190000Z\nRRULE:FREQ=WEEKLY", "repeats"),
        ("SUMMARY:A\nDTSTART:20990314T190000Z\nDTEND;VALUE=DATE:20990316", "missing_city"),
        ("SUMMARY:A\nDTSTART:00010101T000000Z", "bad_time"),
    ],
)
def test_each_trouble_has_its_line_and_spoils_no_other(lines: str, code: str) -> None:
    data = calendar(event("DTSTART:20990101T190000Z"), lines, event("DTSTART:20990102T190000Z"))
    gathered = gather([("x.ics", data)], Defaults())
    assert len([e for e in gathered.events if e.fields.title == "Concert"]) == 2
    assert (9, code) in {(problem.line, problem.code) for problem in gathered.problems}


def test_a_calendar_that_breaks_off_keeps_its_events() -> None:
    data = calendar(event("DTSTART:20990101T190000Z"), event("DTSTART:20990102T190000Z"))
    gathered = gather([("x.ics", data[: data.rindex(b"END:VEVENT")])], Defaults())
    assert len(gathered.events) == 2
    assert codes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") == [(1, "no_events")]


_LINES = st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE",
     "END:VTIMEZONE", "SUMMARY:x", "DTSTART:20990101T000000Z", "DTSTART:", "DTEND:x", "UID:1",
     "DURATION:-P1D", "DTSTART;TZID=:20990101T000000", "RRULE:x", "GEO:x", "LOCATION:,,,",
     " folded", ":", ";", "DTSTART;VALUE=DATE:20990101", "DTEND;VALUE=DATE:20990101", "URL:",
     "DTSTART;VALUE=PERIOD:20990101T000000Z/PT1H", "DTSTART:20990101T000000Z,20990102T000000Z"]
)  # fmt: skip


@given(st.lists(_LINES, max_size=30))
def test_no_calendar_crashes_the_import(lines: list[str]) -> None:
    gather([("x.ics", "\r\n".join(["BEGIN:VCALENDAR", *lines]).encode())], Defaults())
