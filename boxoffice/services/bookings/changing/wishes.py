"""What is wanted of a confirmed order, and what it comes to."""

from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import ChangeStatus
from boxoffice.services.bookings.views import OrderView, View
from boxoffice.services.events.api import ChosenSeat
from boxoffice.services.payments.api import PaymentView


class TicketWish(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be different about one ticket; None stays. `price` is its list price, in minor
    units, whatever its type costs.
    """

    position_id: UUID
    ticket_type_id: UUID | None = None
    variation_id: UUID | None = None
    occurrence_id: UUID | None = None
    seat_id: UUID | None = None
    price: int | None = None

    @property
    def wants_something(self) -> bool:
        values = msgspec.structs.astuple(self)[1:]
        return any(value is not None for value in values)


class AddedWish(msgspec.Struct, frozen=True, kw_only=True):
    """One more ticket; without a date on the order's own, without a `price` at what it costs. With
    a `parent_id` it is an add-on of that ticket, on its date.
    """

    ticket_type_id: UUID
    variation_id: UUID | None = None
    occurrence_id: UUID | None = None
    seat_id: UUID | None = None
    price: int | None = None
    parent_id: UUID | None = None


class Settle(StrEnum):
    """What becomes of a difference: the buyer pays it, has paid it outside, or need not: then what
    is dearer keeps its price, and what is added costs nothing.
    """

    PAY = "pay"
    OUTSIDE = "outside"
    WAIVE = "waive"


class ChangeWish(msgspec.Struct, frozen=True, kw_only=True):
    """All of it or nothing. `expected_total` None: only look what it comes to. `removed` are
    add-ons that go. `own`: its buyer wants it. `agreed` are list prices that are settled already.
    """

    tickets: tuple[TicketWish, ...] = ()
    added: tuple[AddedWish, ...] = ()
    removed: tuple[UUID, ...] = ()
    own: bool = False
    settle: Settle = Settle.PAY
    agreed: dict[UUID, int] = {}
    because: str = ""
    expected_total: int | None = None

    @property
    def dates(self) -> set[UUID]:
        """Every date that is named."""
        named = (one.occurrence_id for one in (*self.tickets, *self.added))
        return {one for one in named if one is not None}

    @property
    def sets_prices(self) -> bool:
        return any(one.price is not None for one in (*self.tickets, *self.added))


class TicketState(View, frozen=True, kw_only=True):
    """A ticket as it is, or as it would be."""

    name: str
    starts_at: datetime
    seat: ChosenSeat | None
    price: Money


class ChangedTicket(View, frozen=True, kw_only=True):
    position_id: UUID
    number: int
    before: TicketState
    after: TicketState


class ChangePreviewView(View, frozen=True, kw_only=True):
    """`more` is what it costs more than it did, which is paid first; `refund` goes back."""

    old_total: Money
    new_total: Money
    more: Money
    refund: Money
    tickets: list[ChangedTicket]
    added: list[TicketState]
    removed: list[TicketState]


class CardPartView(View, frozen=True, kw_only=True):
    """What a gift card pays of a change, once it is made."""

    gift_card_id: UUID
    code_end: str
    amount: Money


class ChangeView(View, frozen=True, kw_only=True):
    """A change that costs more than it did. `awaiting_payment`: what it takes is held until
    `expires_at`. `refused`: its money came when it could not be carried out any more, and goes
    back. `settled` is how a `done` one was: `paid`, or `outside`. Of what is `due` its
    `gift_cards` pay a part, and `still_due` is to be paid.
    """

    id: UUID
    status: ChangeStatus
    by: Literal["buyer", "staff"]
    settled: str | None
    due: Money
    still_due: Money
    gift_cards: list[CardPartView]
    change: ChangePreviewView
    expires_at: datetime
    created_at: datetime


class ChangedView(View, frozen=True, kw_only=True):
    """`awaiting`: the order is as it was until that is paid."""

    order: OrderView
    change: ChangePreviewView
    awaiting: ChangeView | None = None


class PaidChangeView(View, frozen=True, kw_only=True):
    order: OrderView
    change: ChangeView
    payment: PaymentView
