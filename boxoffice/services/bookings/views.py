"""What bookings shows: frozen snapshots, never rows."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import (
    OrderPaymentStatus,
    OrderStatus,
    ScanReason,
    TicketStatus,
)
from boxoffice.services.events.api import ChosenSeat, VenueView
from boxoffice.services.payments.api import PaymentView


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of this room's answers."""


class BuyerView(View, frozen=True, kw_only=True):
    email: str
    name: str


class OrderPositionView(View, frozen=True, kw_only=True):
    id: UUID
    number: int
    ticket_type_id: UUID
    ticket_type_name: str
    price: Money
    attendee_name: str | None
    seat: ChosenSeat | None = None


class TicketView(View, frozen=True, kw_only=True):
    """`code` is the signed text in the QR."""

    id: UUID
    number: int
    ticket_type_name: str
    attendee_name: str | None
    status: TicketStatus
    code: str
    seat: ChosenSeat | None = None


class OrderView(View, frozen=True, kw_only=True):
    """An order with all that its pages show. `token` is the capability: /orders/{token}.

    `online_url` is told only once the order is confirmed.
    """

    id: UUID
    code: str
    organizer_slug: str
    event_id: UUID
    event_slug: str
    event_title: str
    occurrence_id: UUID
    starts_at: datetime
    ends_at: datetime
    timezone: str
    venue: VenueView | None
    online_url: str | None
    status: OrderStatus
    payment_status: OrderPaymentStatus
    total: Money
    positions: list[OrderPositionView]
    tickets: list[TicketView]
    buyer: BuyerView | None
    hold_expires_at: datetime | None
    server_time: datetime
    extensions_left: int
    created_at: datetime
    confirmed_at: datetime | None
    token: str


class OrderRow(View, frozen=True, kw_only=True):
    id: UUID
    code: str
    event_id: UUID
    event_title: str
    buyer_name: str | None
    buyer_email: str | None
    status: OrderStatus
    payment_status: OrderPaymentStatus
    total: Money
    tickets: int
    created_at: datetime


class ScanView(View, frozen=True, kw_only=True):
    """The verdict for the door. A refusal says why, and when the first admission was."""

    verdict: Literal["admitted", "refused"]
    reason: ScanReason
    message: str
    ticket_id: UUID | None
    ticket_type_name: str | None
    attendee_name: str | None
    order_code: str | None
    first_admitted_at: datetime | None
    first_gate: str | None


class ScanTotals(View, frozen=True, kw_only=True):
    admitted: int
    expected: int


class AcceptedView(View, frozen=True, kw_only=True):
    message: str


class PaidOrderView(View, frozen=True, kw_only=True):
    order: OrderView
    payment: PaymentView
