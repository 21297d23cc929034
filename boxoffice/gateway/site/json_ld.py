"""An event as schema.org knows it, for search engines."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from boxoffice.gateway.site.choices import Choice, choices
from boxoffice.services.events.api import EventPage, OccurrenceView, VenueView

_SCHEMA = "https://schema.org"
_ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_AVAILABILITY = {
    "on_sale": "InStock",
    "few": "LimitedAvailability",
    "sold_out": "SoldOut",
    "not_yet": "PreOrder",
    "ended": "Discontinued",
}


def event(page: EventPage, *, url: str, image: str | None) -> dict[str, Any]:
    """The document: of an event with several dates about the next, with all that follow inside.

    `name` is the title alone; an offer is valid from when its sale starts. Times
    carry the offset of the event's own zone, because search engines show them as they stand.
    """
    following, several = page.next, len(page.occurrences) > 1
    status = "EventCancelled" if page.status == "cancelled" else _status(following)
    document: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": page.title,
        "url": url,
        **_times(following, page),
        "eventStatus": f"{_SCHEMA}/{status}",
        "eventAttendanceMode": f"{_SCHEMA}/{_ATTENDANCE[page.format]}",
        "location": _locations(page, url),
        "image": image and [image],
        "description": page.summary or page.description or None,
        "organizer": {"@type": "Organization", "name": page.organizer.name},
        "offers": [_offer(one, url) for one in choices(page.offers)],
        "subEvent": [_date(one, page, url) for one in page.occurrences] if several else None,
    }
    return {name: value for name, value in document.items() if value not in (None, [])}


def _times(date: OccurrenceView, page: EventPage) -> dict[str, Any]:
    before = date.postponed_from
    return {
        "startDate": _local(date.starts_at, page),
        "endDate": _local(date.ends_at, page),
        "doorTime": date.doors_at and _local(date.doors_at, page),
        "previousStartDate": before and _local(before, page),
    }


def _status(date: OccurrenceView) -> str:
    if date.status == "cancelled":
        return "EventCancelled"
    return "EventRescheduled" if date.postponed_from else "EventScheduled"


def _date(date: OccurrenceView, page: EventPage, url: str) -> dict[str, Any]:
    """One of several dates, with what search engines demand of each."""
    document = {
        "@type": "Event",
        "name": page.title,
        "url": f"{url}?date={date.id}",
        **_times(date, page),
        "eventStatus": f"{_SCHEMA}/{_status(date)}",
        "location": _locations(page, url),
    }
    return {name: value for name, value in document.items() if value not in (None, [])}


def _local(moment: datetime, page: EventPage) -> str:
    return moment.astimezone(ZoneInfo(page.timezone)).isoformat()


def _locations(page: EventPage, url: str) -> list[dict[str, Any]]:
    locations: list[dict[str, Any]] = []
    if page.format != "online" and page.venue is not None:
        locations.append(_place(page.venue))
    if page.format != "in_person":
        locations.append({"@type": "VirtualLocation", "url": url})
    return locations


def _place(venue: VenueView) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.address,
        "addressLocality": venue.city,
        "addressCountry": venue.country,
    }
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {name: value for name, value in address.items() if value},
    }


def _offer(offer: Choice, url: str) -> dict[str, Any]:
    exponent = offer.price.exponent
    whole, fraction = divmod(offer.price.amount, 10**exponent)
    document = {
        "@type": "Offer",
        "name": offer.full_name,
        "price": f"{whole}.{fraction:0{exponent}d}" if exponent else str(whole),
        "priceCurrency": offer.price.currency,
        "availability": f"{_SCHEMA}/{_AVAILABILITY[offer.state]}",
        "url": url,
        "validFrom": offer.sales_start and offer.sales_start.isoformat(),
    }
    return {name: value for name, value in document.items() if value is not None}
