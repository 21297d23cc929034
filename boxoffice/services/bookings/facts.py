"""What bookings reports."""

from typing import ClassVar
from uuid import UUID

from boxoffice.kernel.facts import Fact
from boxoffice.services.bookings.rules.states import (
    ApplicationStep,
    ChangeStatus,
    ReturnStatus,
    TransferStatus,
)


class OrderConfirmed(Fact, frozen=True, kw_only=True):
    """The order's tickets are valid from now on."""

    name: ClassVar[str] = "bookings.order_confirmed.v1"
    order_id: UUID


class PurchaseConfirmed(Fact, frozen=True, kw_only=True):
    """All orders of the purchase are confirmed; each is reported as well."""

    name: ClassVar[str] = "bookings.purchase_confirmed.v1"
    organizer_id: UUID
    purchase_id: UUID


class OrderSplit(Fact, frozen=True, kw_only=True):
    """Tickets of a confirmed order are another one's now; the split's row knows which."""

    name: ClassVar[str] = "bookings.order_split.v1"
    organizer_id: UUID
    split_id: UUID


class MoneyCameTooLate(Fact, frozen=True, kw_only=True):
    """A payment arrived for an order whose units are gone; the money is being sent back."""

    name: ClassVar[str] = "bookings.money_came_too_late.v1"
    order_id: UUID
    payment_id: UUID


class TicketsCancelled(Fact, frozen=True, kw_only=True):
    """Tickets of an order were cancelled, `whole`: all that were left. Their stock is free again,
    and the money on its way back. The cancellation's row knows the rest.
    """

    name: ClassVar[str] = "bookings.tickets_cancelled.v1"
    order_id: UUID
    cancellation_id: UUID
    event_id: UUID
    occurrence_id: UUID
    whole: bool


class TicketsChanged(Fact, frozen=True, kw_only=True):
    """The organizer has changed tickets of a confirmed order; those that are for something else now
    have new codes.
    """

    name: ClassVar[str] = "bookings.tickets_changed.v1"
    organizer_id: UUID
    order_id: UUID


class ChangeMoved(Fact, frozen=True, kw_only=True):
    """A change that costs more waits for its payment, or was `refused` after all: its money goes
    back.
    """

    name: ClassVar[str] = "bookings.change_moved.v1"
    organizer_id: UUID
    order_id: UUID
    change_id: UUID
    status: ChangeStatus


class TransferMoved(Fact, frozen=True, kw_only=True):
    """The offer of a ticket to another person was made, or came to an end: `status`."""

    name: ClassVar[str] = "bookings.transfer_moved.v1"
    order_id: UUID
    transfer_id: UUID
    status: TransferStatus


class ApplicationMoved(Fact, frozen=True, kw_only=True):
    """Somebody applied for tickets, the organizer decided, or moved or cancelled the date with
    `date_change_id`, or nobody did what was due in time, or will soon be too late.
    """

    name: ClassVar[str] = "bookings.application_moved.v1"
    organizer_id: UUID
    order_id: UUID
    step: ApplicationStep
    date_change_id: UUID | None = None


class ReturnMoved(Fact, frozen=True, kw_only=True):
    """A ticket was offered back, taken by somebody else, or kept after all: `status`."""

    name: ClassVar[str] = "bookings.return_moved.v1"
    organizer_id: UUID
    order_id: UUID
    return_id: UUID
    status: ReturnStatus


class WaitlistJoined(Fact, frozen=True, kw_only=True):
    """Somebody waits for what is sold out, or has asked for the link to their place again."""

    name: ClassVar[str] = "bookings.waitlist_joined.v1"
    organizer_id: UUID
    entry_id: UUID


class PresaleRegistrationMoved(Fact, frozen=True, kw_only=True):
    """Somebody has registered for early access or asked for their link again, or it was decided
    whether they get it; the registration's row knows. `called_off`: the event was cancelled before;
    `postponed`: its dates have moved.
    """

    name: ClassVar[str] = "bookings.presale_registration_moved.v1"
    organizer_id: UUID
    registration_id: UUID
    called_off: bool = False
    postponed: bool = False


class OrderLinksRequested(Fact, frozen=True, kw_only=True):
    """Somebody asked for the links to all orders of an address; the request's row knows which."""

    name: ClassVar[str] = "bookings.order_links_requested.v1"
    request_id: UUID


class DateChangeStarted(Fact, frozen=True, kw_only=True):
    """Dates were cancelled or postponed; their orders are dealt with from now on."""

    name: ClassVar[str] = "bookings.date_change_started.v1"
    organizer_id: UUID
    date_change_id: UUID


class OrderDateCancelled(Fact, frozen=True, kw_only=True):
    """The date of a confirmed order will not take place: it is cancelled and its tickets void."""

    name: ClassVar[str] = "bookings.order_date_cancelled.v1"
    organizer_id: UUID
    order_id: UUID
    date_change_id: UUID


class OrderDateMoved(Fact, frozen=True, kw_only=True):
    """The date of a confirmed order takes place at another time; its tickets stay valid."""

    name: ClassVar[str] = "bookings.order_date_moved.v1"
    organizer_id: UUID
    order_id: UUID
    date_change_id: UUID
