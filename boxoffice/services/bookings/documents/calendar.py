"""The dates of an order as an iCalendar file (RFC 5545) with one VEVENT for each.

Whatever people typed becomes text inside one property: line breaks, and everything else that
readers take for one, are spaces before the library escapes `;`, `,` and `\\`.
"""

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import STATUS, Calendar, Event

from boxoffice.services.bookings.documents.orders import DateDocument, OrderDocument

_SPACE = re.compile(r"\s+")


def calendar_file(order: OrderDocument) -> bytes:
    """UTF-8 text, CRLF lines of at most 75 bytes, with the VTIMEZONE of the event's zone.

    The UID is the occurrence's, so a later file with a higher `sequence` moves the entry instead of
    adding one.
    """
    events = [_event(order, one) for one in order.dates]
    calendar = Calendar.new(
        prodid="-//Boxoffice//Tickets//EN",
        method="PUBLISH",
        uid=events[0].uid,
        subcomponents=events,
    )
    first = min(_local(one.starts_at, order).year for one in order.dates)
    last = max(one.ends_at.year for one in order.dates) + 1
    calendar.add_missing_timezones(first_date=date(first, 1, 1), last_date=date(last, 12, 31))
    return calendar.to_ical()


def _event(order: OrderDocument, one: OrderDocument | DateDocument) -> Event:
    host = urlsplit(order.event_url).hostname or "boxoffice.invalid"
    return Event.new(
        uid=f"{one.occurrence_id}@{host}",
        sequence=one.sequence,
        stamp=order.issued_at,
        start=_local(one.starts_at, order),
        end=_local(one.ends_at, order),
        summary=_one_line(order.event_title),
        location=_location(order),
        description=f"Order {_one_line(order.order_code)}\n{_one_line(order.order_url)}",
        url=_SPACE.sub("", _one_line(order.event_url)),
        status=STATUS.CANCELLED if one.cancelled else STATUS.CONFIRMED,
    )


def _local(time: datetime, order: OrderDocument) -> datetime:
    return time.astimezone(ZoneInfo(order.timezone))


def _location(order: OrderDocument) -> str:
    parts = (order.venue_name or "Online", order.venue_address or "")
    return ", ".join(_one_line(part) for part in parts if part)


def _one_line(value: str) -> str:
    spaced = _SPACE.sub(" ", value).strip()
    return "".join(c for c in spaced if unicodedata.category(c) != "Cc")
