"""What staff want of a confirmed order, and what it comes to."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.views import OrderView, View
from boxoffice.services.events.api import ChosenSeat


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
    """One more ticket; without a date on the order's own, without a `price` at what it costs."""

    ticket_type_id: UUID
    variation_id: UUID | None = None
    occurrence_id: UUID | None = None
    seat_id: UUID | None = None
    price: int | None = None


class ChangeWish(msgspec.Struct, frozen=True, kw_only=True):
    """All of it or nothing. `expected_total` None: only look what it comes to."""

    tickets: tuple[TicketWish, ...] = ()
    added: tuple[AddedWish, ...] = ()
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
    """`more` is what it would cost more than it did: it cannot be done unless that is zero.
    `refund` goes back.
    """

    old_total: Money
    new_total: Money
    more: Money
    refund: Money
    tickets: list[ChangedTicket]
    added: list[TicketState]


class ChangedView(View, frozen=True, kw_only=True):
    order: OrderView
    change: ChangePreviewView
