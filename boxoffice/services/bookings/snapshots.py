"""An order in memory: what is written, read and shown, in one shape."""

from datetime import datetime
from typing import Self
from uuid import UUID

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import (
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    TicketStatus,
)
from boxoffice.services.bookings.views import BuyerView
from boxoffice.services.events.api import (
    NO_RULES,
    ChosenSeat,
    Demanded,
    PriceBook,
    PricedFee,
    Reduction,
    TaxLabel,
    VoucherUse,
)
from boxoffice.services.payments.api import GiftCardUse


class PositionCharges(msgspec.Struct, frozen=True, kw_only=True):
    """Why a position's price is not its list price."""

    reductions: tuple[Reduction, ...] = ()
    tax_rule: TaxLabel | None = None


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """Where the buyer is taxed; who names a `vat_id` is a business."""

    country: str
    vat_id: str | None = None


class CardHold(msgspec.Struct, frozen=True, kw_only=True):
    """The card that was given with an application, whose `message` this is. With a `payment_id` it
    holds the `amount`, `until` the provider lets go of it; `charging`: it was approved, and the
    money is being taken.
    """

    message: str
    payment_id: UUID | None = None
    amount: Money | None = None
    until: datetime | None = None
    charging: bool = False


class OrderCharges(msgspec.Struct, frozen=True, kw_only=True):
    """What an order consists of besides its positions, and the rules that it was priced by.

    `access_code` is the one that it was opened with, so that it can be asked for once more.
    `needs_approval`: the organizer decides before it is confirmed or paid.
    `takes` are the returns whose tickets it takes over. `gift_cards` pay a part of it. With a
    `purchase_id` it is held and paid together with other orders. `hold`: a card was given with its
    application.
    """

    fees: tuple[PricedFee, ...] = ()
    uses: tuple[VoucherUse, ...] = ()
    book: PriceBook | None = None
    inexact: bool = False
    access_code: str | None = None
    customer: Customer | None = None
    needs_approval: bool = False
    takes: tuple[UUID, ...] = ()
    gift_cards: tuple[GiftCardUse, ...] = ()
    purchase_id: UUID | None = None
    hold: CardHold | None = None

    @property
    def rules(self) -> PriceBook:
        """The rules for the order's customer."""
        if self.book is None or self.customer is None:
            return self.book or NO_RULES
        return self.book.of(
            country=self.customer.country, is_business=self.customer.vat_id is not None
        )

    @property
    def lacks_customer(self) -> bool:
        """Whether a tax depends on who buys, and nobody has said so."""
        return self.book is not None and self.book.asks_who and self.customer is None


class PositionSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """`price` is what is charged, with `tax` in it. `occurrence_id` is another date than the
    order's. With a `parent_id` it comes with that position, `bundled` or as an add-on; what
    `admits` nobody gives no ticket; `demanded` is what that position must have of such add-ons.
    """

    id: UUID
    number: int
    ticket_type_id: UUID
    ticket_type_name: str
    price: Money
    list_price: Money
    tax: Money
    charges: PositionCharges | None
    attendee_name: str | None
    variation_id: UUID | None = None
    variation_name: str | None = None
    seat: ChosenSeat | None = None
    occurrence_id: UUID | None = None
    parent_id: UUID | None = None
    bundled: bool = False
    admits: bool = True
    demanded: Demanded | None = None


class TicketSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    position_id: UUID
    number: int
    ticket_type_name: str
    attendee_name: str | None
    status: TicketStatus
    code_version: int
    # How it came to somebody else; None while it is its buyer's.
    transfer_id: UUID | None = None
    variation_name: str | None = None
    seat: ChosenSeat | None = None
    occurrence_id: UUID | None = None

    @classmethod
    def first(cls, position: PositionSnapshot) -> Self:
        """The ticket of a position that has just been confirmed."""
        return cls(
            id=new_id(),
            position_id=position.id,
            number=position.number,
            ticket_type_name=position.ticket_type_name,
            attendee_name=position.attendee_name,
            status=TicketStatus.VALID,
            code_version=1,
            variation_name=position.variation_name,
            seat=position.seat,
            occurrence_id=position.occurrence_id,
        )


class OrderSnapshot(msgspec.Struct, kw_only=True):
    id: UUID
    code: str
    event_id: UUID
    occurrence_id: UUID
    status: OrderStatus
    payment_status: OrderPaymentStatus
    payment_id: UUID | None = None
    refund_status: OrderRefundStatus = OrderRefundStatus.NONE
    total: Money
    charges: OrderCharges | None
    buyer_id: UUID | None
    buyer: BuyerView | None
    locale: str
    hold_expires_at: datetime | None
    extensions: int
    limited: bool = False
    link_version: int
    created_at: datetime
    confirmed_at: datetime | None
    # Those that stand; of cancelled ones nothing is left but the record.
    positions: list[PositionSnapshot]
    cancelled: list[PositionSnapshot] = msgspec.field(default_factory=list[PositionSnapshot])
    tickets: list[TicketSnapshot]

    @property
    def gift_cards(self) -> tuple[GiftCardUse, ...]:
        """Those that pay a part of it."""
        return self.charges.gift_cards if self.charges is not None else ()

    @property
    def due(self) -> Money:
        """What of the total no gift card pays."""
        paid = sum(use.amount for use in self.gift_cards)
        return Money(amount=self.total.amount - paid, currency=self.total.currency)

    @property
    def purchase_id(self) -> UUID | None:
        """The purchase that it is a part of."""
        return self.charges.purchase_id if self.charges is not None else None

    @property
    def hold(self) -> CardHold | None:
        """The card that was given with its application."""
        return self.charges.hold if self.charges is not None else None

    def set_hold(self, hold: CardHold) -> None:
        """Remember the card as it stands now."""
        self.charges = msgspec.structs.replace(self.charges or OrderCharges(), hold=hold)

    @property
    def charged_until(self) -> datetime | None:
        """Until when what its card holds may come, while that is being taken."""
        return self.hold.until if self.hold is not None and self.hold.charging else None

    @property
    def dates(self) -> set[UUID]:
        """The order's own date and those of positions for others."""
        others = (one.occurrence_id for one in self.positions if one.occurrence_id is not None)
        return {self.occurrence_id, *others}

    @property
    def must_apply(self) -> bool:
        """Whether it is held until its buyer applies; after that the organizer decides."""
        return self.needs_approval and self.status is OrderStatus.HELD

    @property
    def has_applied(self) -> bool:
        """Whether the organizer decides, or has decided, by who buys and what they answered."""
        return self.needs_approval and self.status is not OrderStatus.HELD

    @property
    def needs_approval(self) -> bool:
        """Whether the organizer decides who gets it."""
        return self.charges is not None and self.charges.needs_approval

    @property
    def dates_left(self) -> set[UUID]:
        """Those that it has positions for; its own if none stands."""
        left = {one.occurrence_id or self.occurrence_id for one in self.positions}
        return left or {self.occurrence_id}
