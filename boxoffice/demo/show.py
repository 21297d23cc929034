"""What a file of the programme says about an event, and the bodies it becomes."""

from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.demo.art import Motif
from boxoffice.services.events.api import CreateEventBody, TicketTypeBody, VenueBody

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class _Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what the files say."""


class When(_Data, frozen=True, kw_only=True):
    """A day `weeks` (from 1) after this one, at the event's own clock, lasting `minutes`."""

    weeks: int
    weekday: Weekday
    clock: str
    minutes: int

    def bounds(self, today: date) -> tuple[str, str]:
        """Start and end on the clock."""
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(weeks=self.weeks, days=_WEEKDAYS.index(self.weekday))
        starts = datetime.fromisoformat(f"{day}T{self.clock}")
        ends = starts + timedelta(minutes=self.minutes)
        return starts.isoformat(timespec="minutes"), ends.isoformat(timespec="minutes")


class Ticket(_Data, frozen=True, kw_only=True):
    """A ticket type; without a `quantity` of its own it counts against the show's `hall`.

    Sales open and end `days` from the moment of loading.
    """

    name: str
    price: int
    description: str = ""
    quantity: int | None = None
    max_per_order: int = 10
    opens_in_days: int | None = None
    ends_in_days: int | None = None

    def body(self, hall_id: UUID | None, now: datetime) -> TicketTypeBody:
        shared = [hall_id] if hall_id and self.quantity is None else []
        return TicketTypeBody(
            name=self.name,
            price=self.price,
            description=self.description,
            quantity=self.quantity,
            quota_ids=shared,
            max_per_order=self.max_per_order,
            sales_start=_in_days(now, self.opens_in_days),
            sales_end=_in_days(now, self.ends_in_days),
        )


class Hall(_Data, frozen=True, kw_only=True):
    """A capacity that several ticket types share."""

    name: str
    capacity: int


class Show(_Data, frozen=True, kw_only=True):
    """An event. `given_away` tickets of the first type, a free one, have found their holders."""

    title: str
    category: str
    summary: str
    description: str
    when: When
    timezone: str
    slug: str = ""
    format: Literal["in_person", "online", "hybrid"] = "in_person"
    venue: VenueBody | None = None
    online_url: str | None = None
    currency: str = "EUR"
    cover: Motif | None = None
    hall: Hall | None = None
    tickets: list[Ticket] = []
    given_away: int = 0
    draft: bool = False

    def body(self, today: date) -> CreateEventBody:
        starts_at, ends_at = self.when.bounds(today)
        return CreateEventBody(
            title=self.title,
            starts_at=starts_at,
            ends_at=ends_at,
            timezone=self.timezone,
            format=self.format,
            venue=self.venue,
            online_url=self.online_url,
            category=self.category,
            summary=_unwrapped(self.summary),
            description=_unwrapped(self.description),
            currency=self.currency,
        )


def _in_days(now: datetime, days: int | None) -> datetime | None:
    return None if days is None else now + timedelta(days=days)


def _unwrapped(text: str) -> str:
    """Paragraphs as one line each; the files wrap them."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))
