"""What bookings shows: frozen snapshots, never rows."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import (
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    ScanReason,
    TicketStatus,
)
from boxoffice.services.events.api import ChosenSeat, Question, VenueView
from boxoffice.services.payments.api import PaymentView


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of this room's answers."""


def full_name(ticket_type: str, variation: str | None) -> str:
    """`Hoodie · M`, or just `Hoodie`."""
    return " · ".join(filter(None, (ticket_type, variation)))


class BuyerView(View, frozen=True, kw_only=True):
    email: str
    name: str


class ReductionView(View, frozen=True, kw_only=True):
    """What a voucher or an automatic discount takes off; `name` is the code or the rule's name."""

    kind: Literal["voucher", "group", "n_for_m", "dates"]
    name: str
    amount: Money


class TaxView(View, frozen=True, kw_only=True):
    """One tax rule's part: `rate` in thousandths of a percent, 19 % is 19000. Under
    `reverse_charge` the buyer owes the tax.
    """

    name: str
    rate: int
    inclusive: bool
    net: Money
    tax: Money
    gross: Money
    reverse_charge: bool = False


class CustomerView(View, frozen=True, kw_only=True):
    """Where the buyer is taxed; with a VAT number as a business."""

    country: str
    vat_id: str | None


class FeeView(View, frozen=True, kw_only=True):
    """A fee on the whole order; `price` is part of its total and has `tax` in it."""

    name: str
    kind: Literal["service", "payment", "cancellation"]
    price: Money
    tax: Money


class GiftCardPartView(View, frozen=True, kw_only=True):
    """What a gift card, of whose code this is the end, pays of an order's total."""

    gift_card_id: UUID
    code_end: str
    amount: Money


class CardHoldView(View, frozen=True, kw_only=True):
    """What the card that was given with an application is to hold, at the longest `until` then.
    Whether it still does says the order's `payment_status`: `authorised`.
    """

    amount: Money
    until: datetime


class OrderDateView(View, frozen=True, kw_only=True):
    """One of the dates of an order for several."""

    occurrence_id: UUID
    starts_at: datetime
    ends_at: datetime


class OrderPositionView(View, frozen=True, kw_only=True):
    """`price` is what is charged for the unit, with `tax` in it. `date` says which, if it is
    another than the order's. With a `parent_id` it comes with that position, `bundled` or as an
    add-on; one that `admits` nobody gives no ticket.
    """

    id: UUID
    number: int
    ticket_type_id: UUID
    ticket_type_name: str
    price: Money
    list_price: Money
    discount: Money
    tax: Money
    reductions: list[ReductionView]
    attendee_name: str | None
    variation_id: UUID | None = None
    variation_name: str | None = None

    @property
    def full_name(self) -> str:
        """The ticket type with its variation."""
        return full_name(self.ticket_type_name, self.variation_name)

    seat: ChosenSeat | None = None
    date: OrderDateView | None = None
    parent_id: UUID | UnsetType = UNSET
    bundled: bool | UnsetType = UNSET
    admits: bool | UnsetType = UNSET


class TicketView(View, frozen=True, kw_only=True):
    """`code` is the signed text in the QR; empty if the ticket was `given_on`: then it is that of
    `attendee_name`. `date` is another than the order's.
    """

    id: UUID
    number: int
    ticket_type_name: str
    attendee_name: str | None
    status: TicketStatus
    code: str
    given_on: bool = False
    variation_name: str | None = None

    @property
    def full_name(self) -> str:
        """The ticket type with its variation."""
        return full_name(self.ticket_type_name, self.variation_name)

    seat: ChosenSeat | None = None
    date: OrderDateView | None = None


class OrderView(View, frozen=True, kw_only=True):
    """An order with all that its pages show. `token` is the capability: /orders/{token}.

    `total` is what the positions and fees sum up to; `net` and `tax` are what it consists of,
    `taxes` says which. `reductions` sums up what vouchers and discounts have taken off.

    `positions` are those that stand. Of a cancelled one nothing is due but what `fees` say.

    `online_url` is told only once the order is confirmed. `asks` is there where the event has
    questions: see `get_order_answers`. `access_code` is the one that it was opened with.
    `needs_customer`: a tax depends on who buys, see `set_order_customer`. `needs_approval`: the
    organizer decides, see `apply_for_order`. With a `purchase_id` it is bought together with
    others, see `get_purchase`. `gift_cards` pay a part of the total; what is `due` is paid in
    another way. `card_hold`: a card was given with the application, see `apply_for_order`.
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
    refund_status: OrderRefundStatus
    total: Money
    net: Money
    tax: Money
    fees: list[FeeView]
    taxes: list[TaxView]
    reductions: list[ReductionView]
    positions: list[OrderPositionView]
    cancelled_positions: list[OrderPositionView]
    tickets: list[TicketView]
    buyer: BuyerView | None
    hold_expires_at: datetime | None
    server_time: datetime
    extensions_left: int
    created_at: datetime
    confirmed_at: datetime | None
    token: str
    asks: bool | UnsetType = UNSET
    access_code: str | UnsetType = UNSET
    needs_customer: bool | UnsetType = UNSET
    needs_approval: bool | UnsetType = UNSET
    customer: CustomerView | UnsetType = UNSET
    gift_cards: list[GiftCardPartView] | UnsetType = UNSET
    due: Money | UnsetType = UNSET
    purchase_id: UUID | UnsetType = UNSET
    card_hold: CardHoldView | UnsetType = UNSET


class QuoteLineView(View, frozen=True, kw_only=True):
    """All tickets of one type, variation and list price: that price is of one of them, everything
    else of all together.
    """

    ticket_type_id: UUID
    ticket_type_name: str
    variation_id: UUID | None
    variation_name: str | None
    quantity: int
    list_price: Money
    discount: Money
    tax: Money
    price: Money


class QuoteView(View, frozen=True, kw_only=True):
    """What a basket would cost now; nothing is held. The lines and fees sum up to `total`."""

    total: Money
    net: Money
    tax: Money
    fees: list[FeeView]
    taxes: list[TaxView]
    reductions: list[ReductionView]
    lines: list[QuoteLineView]


class OrderRow(View, frozen=True, kw_only=True):
    id: UUID
    code: str
    event_id: UUID
    event_title: str
    buyer_name: str | None
    buyer_email: str | None
    status: OrderStatus
    payment_status: OrderPaymentStatus
    refund_status: OrderRefundStatus
    total: Money
    tickets: int
    created_at: datetime


class ScanView(View, frozen=True, kw_only=True):
    """The verdict for the door. A refusal says why, and when the first admission was. `questions`
    are what the organizer wants the door to ask an admitted guest.
    """

    verdict: Literal["admitted", "refused"]
    reason: ScanReason
    message: str
    ticket_id: UUID | None
    ticket_type_name: str | None
    attendee_name: str | None
    order_code: str | None
    first_admitted_at: datetime | None
    first_gate: str | None
    questions: list[Question] = []


class ScanTotals(View, frozen=True, kw_only=True):
    admitted: int
    expected: int


class AcceptedView(View, frozen=True, kw_only=True):
    message: str


class PaidOrderView(View, frozen=True, kw_only=True):
    order: OrderView
    payment: PaymentView
