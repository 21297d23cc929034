"""What a transfer shows: to who gives, and to who gets."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.services.bookings.rules import TicketStatus, TransferStatus
from boxoffice.services.bookings.views import OrderView, View
from boxoffice.services.events.api import ChosenSeat, VenueView


class TransferView(View, frozen=True, kw_only=True):
    """A ticket's way from one person to another, as its giver and the organizer see it."""

    id: UUID
    ticket_id: UUID
    ticket_number: int
    ticket_name: str
    from_name: str
    from_email: str
    to_email: str
    to_name: str | None
    message: str
    status: TransferStatus
    expires_at: datetime
    created_at: datetime
    settled_at: datetime | None


class HeldTicketView(View, frozen=True, kw_only=True):
    """The ticket, to who has it now; `code` is the signed text in the QR."""

    id: UUID
    number: int
    status: TicketStatus
    code: str


class ReceivedTicketView(View, frozen=True, kw_only=True):
    """What the link in the mail opens: the offer, and once it is taken, the ticket.

    `ticket` is None before that, and after it was given on or cancelled. `offer` is the open offer
    of it to somebody else. `online_url` is told with the ticket. `extras` is what comes with it.
    """

    organizer_slug: str
    organizer_name: str
    event_slug: str
    event_title: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    venue: VenueView | None
    online_url: str | None
    ticket_name: str
    extras: str | None
    seat: ChosenSeat | None
    from_name: str
    to_email: str
    to_name: str | None
    message: str
    status: TransferStatus
    order_code: str
    expires_at: datetime
    server_time: datetime
    given_on: bool
    cancelled: bool
    ticket: HeldTicketView | None
    offer: TransferView | None


class TransferNews(msgspec.Struct, frozen=True, kw_only=True):
    """For whoever tells people about it. `token` opens the recipient's page, `giver_token` that of
    a giver who has the ticket by a link as well.
    """

    transfer: TransferView
    order: OrderView
    token: str
    giver_token: str | None
