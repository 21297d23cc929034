"""What a PDF or a calendar file is made of; maps field by field from an order and its tickets."""

from datetime import datetime
from uuid import UUID

import msgspec


class DateDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One of the dates of an order for several; the fields mean what the order's do."""

    occurrence_id: UUID
    starts_at: datetime
    ends_at: datetime
    sequence: int = 0
    cancelled: bool = False
    postponed_from: datetime | None = None


class TicketDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One page. `number` counts from 1 within the order; `code` is the signed text of the QR;
    `seat` where to sit; `date` another one than the order's; `extras` what comes with it.
    """

    number: int
    ticket_type_name: str
    attendee_name: str | None
    code: str
    seat: str | None = None
    date: DateDocument | None = None
    extras: str | None = None


class OrderDocument(msgspec.Struct, frozen=True, kw_only=True):
    """An order with its tickets. Times carry a zone; `timezone` is the event's IANA name.

    `venue_name` None means online. `sequence` rises whenever the event's time or place changes;
    `postponed_from` is when it was first to begin. `cancelled`: it will not take place. `issued_at`
    is when the order was confirmed, and dates the files. Of an order for several dates `others` are
    those that come after.
    """

    order_code: str
    organizer_name: str
    event_title: str
    occurrence_id: UUID
    starts_at: datetime
    ends_at: datetime
    timezone: str
    venue_name: str | None
    venue_address: str | None
    event_url: str
    order_url: str
    issued_at: datetime
    tickets: tuple[TicketDocument, ...]
    locale: str = "en"
    sequence: int = 0
    cancelled: bool = False
    postponed_from: datetime | None = None
    others: tuple[DateDocument, ...] = ()

    @property
    def dates(self) -> "tuple[OrderDocument | DateDocument, ...]":
        """All dates of the order."""
        return (self, *self.others)
