"""One entry in the calendar, whatever people typed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar, Event

from boxoffice.services.bookings.documents.calendar import calendar_file
from boxoffice.services.bookings.documents.orders import OrderDocument

MakeOrder = Callable[..., OrderDocument]
BREAKS = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\0", "\\n", "\\N", "^n"]
PAYLOADS = [
    "ATTENDEE:mailto:eve@evil.example",
    "END:VEVENT{}BEGIN:VEVENT{}SUMMARY:Second",
    "BEGIN:VALARM{}ACTION:EMAIL{}END:VALARM",
    "ATTACH:file:///etc/passwd",
    " folded continuation",
    "END:VCALENDAR",
]


def entry(order: OrderDocument) -> Event:
    events = Calendar.from_ical(calendar_file(order)).walk("VEVENT")
    assert len(events) == 1
    return events[0]  # type: ignore[return-value]


def test_it_is_in_the_zone_of_the_event_and_brings_the_zone_along(make_order: MakeOrder) -> None:
    calendar = Calendar.from_ical(calendar_file(make_order()))
    event: Any = calendar.walk("VEVENT")[0]
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event.start.isoformat() == "2027-07-10T19:00:00+02:00"
    assert event.end.isoformat() == "2027-07-10T23:00:00+02:00"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_the_same_occurrence_keeps_its_uid_and_a_change_raises_the_sequence(
    make_order: MakeOrder,
) -> None:
    before = entry(make_order())
    after = entry(
        make_order(
            sequence=3, order_code="OTHER123", starts_at=datetime(2027, 7, 10, 18, tzinfo=UTC)
        )
    )
    assert before["UID"] == after["UID"] == "01890a5d-ac96-774b-bcce-b302099a8057@tickets.example"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 3)


def test_it_says_what_where_and_how_to_get_back_to_the_order(make_order: MakeOrder) -> None:
    event = entry(make_order(event_title="Wine, women; song \\ more"))
    assert event["SUMMARY"] == "Wine, women; song \\ more"
    assert event["LOCATION"] == "Kulturquartier, Hauptstraße 12, 10827 Berlin"
    assert "https://tickets.example/orders/python.o.1.mac" in str(event["DESCRIPTION"])
    assert event["URL"] == "https://tickets.example/e/python/pycon"
    assert entry(make_order(venue_name=None, venue_address=None))["LOCATION"] == "Online"


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("line_break", BREAKS, ids=repr)
def test_nothing_typed_adds_a_property_or_a_second_entry(
    make_order: MakeOrder, line_break: str, payload: str
) -> None:
    typed = f"A;B,C{line_break}{payload.replace('{}', line_break)}"
    order = make_order(
        event_title=typed,
        venue_name=typed,
        venue_address=typed,
        order_code=typed,
        order_url=f"https://x.example/{typed}",
        event_url=f"https://x.example/{typed}",
    )
    event = entry(order)
    assert set(event) == set(entry(make_order()))
    assert not event.subcomponents


@pytest.mark.parametrize("title", ["ü" * 300, "漢字" * 200, "a" * 74 + "🎉" * 40])
def test_lines_are_folded_at_75_bytes_and_end_in_crlf(make_order: MakeOrder, title: str) -> None:
    file = calendar_file(make_order(event_title=title))
    assert max(map(len, file.split(b"\r\n"))) <= 75
    assert not re.search(rb"[^\r]\n|\r[^\n]", file)
    assert entry(make_order(event_title=title))["SUMMARY"] == title
