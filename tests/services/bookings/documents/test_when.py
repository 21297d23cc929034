"""Dates are said in the event's zone, and say which."""

from datetime import datetime

import pytest

from boxoffice.services.bookings.documents.when import describe


@pytest.mark.parametrize(
    ("start", "end", "zone", "line"),
    [
        ("2027-07-10T17:00Z", "2027-07-10T21:00Z", "Europe/Berlin",
         "Sat 10 July 2027, 19:00 - 23:00 (CEST, UTC+2)"),
        ("2027-01-09T18:00Z", "2027-01-09T22:00Z", "Europe/London",
         "Sat 9 January 2027, 18:00 - 22:00 (GMT, UTC)"),
        ("2027-07-09T21:00Z", "2027-07-10T02:00Z", "Europe/Berlin",
         "Fri 9 July 2027, 23:00 - Sat 04:00 (CEST, UTC+2)"),
        ("2027-07-16T07:00Z", "2027-07-18T15:00Z", "Europe/Berlin",
         "Fri - Sun 16 - 18 July 2027, from 09:00 (CEST, UTC+2)"),
        ("2027-09-30T07:00Z", "2027-10-02T15:00Z", "Europe/Berlin",
         "Thu - Sat 30 Sep - 2 Oct 2027, from 09:00 (CEST, UTC+2)"),
        ("2027-12-30T08:00Z", "2028-01-02T15:00Z", "Europe/Berlin",
         "Thu - Sun 30 Dec 2027 - 2 Jan 2028, from 09:00 (CET, UTC+1)"),
        ("2027-07-10T13:30Z", "2027-07-10T15:30Z", "Asia/Kolkata",
         "Sat 10 July 2027, 19:00 - 21:00 (IST, UTC+5:30)"),
        ("2027-07-10T22:00Z", "2027-07-10T23:30Z", "America/Sao_Paulo",
         "Sat 10 July 2027, 19:00 - 20:30 (UTC-3)"),
        ("2027-07-10T22:00Z", "2027-07-10T22:00Z", "UTC", "Sat 10 July 2027, 22:00 (UTC)"),
    ],
)  # fmt: skip
def test_a_span_is_one_readable_line(start: str, end: str, zone: str, line: str) -> None:
    when = describe(datetime.fromisoformat(start), datetime.fromisoformat(end), zone)
    assert when.line.replace("\N{EN DASH}", "-").replace("\N{MINUS SIGN}", "-") == line
