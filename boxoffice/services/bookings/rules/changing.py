"""May this be changed after the sale? Pure."""

from datetime import datetime, timedelta

from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.bookings.rules.holds import HOLD_FOR, LONGEST_HOLD, PAYMENT_GRACE
from boxoffice.services.bookings.rules.policies import ChangeTerms, deadline
from boxoffice.services.bookings.rules.states import ChangeStatus, OrderStatus, TicketStatus


class PositionNotFound(NotFound):
    code = "position_not_found"
    message = "There is no such ticket in this order, or it was cancelled; load the order again."


class ChangeNotAllowed(Conflict):
    code = "change_not_allowed"
    message = "This cannot be changed here; ask the organizer."


class ChangeTooLate(Conflict):
    code = "change_too_late"
    message = "It is too late to change this here; ask the organizer."


class OrderNotConfirmed(Conflict):
    code = "order_not_confirmed"
    message = "Only a confirmed order can be changed like this."


class ChangeWaits(Conflict):
    """`change_id` is the one that waits."""

    code = "change_waits"
    message = "A change of this order waits for its payment; pay it or withdraw it first."


class ChangeNotFound(NotFound):
    code = "change_not_found"
    message = "There is no such change of this order; load the order again."


class ChangeOver(Conflict):
    """`state` is where the change stands."""

    code = "change_over"
    message = "This change does not wait for a payment any more; load the order again."


class ChangeTooLateToPay(Conflict):
    code = "change_paid_too_late"
    message = "This could not be changed any more when the payment arrived; it is on its way back."


class ChangePaidTwice(Conflict):
    code = "change_paid_twice"
    message = "This change was paid already; the second payment is on its way back."


class NotAnAddOn(Conflict):
    code = "not_an_add_on"
    message = "Only add-ons are taken off a ticket; cancel the ticket itself instead."


class ChangeDiffers(Conflict):
    """`new_total` is what the order would cost, in minor units."""

    code = "change_differs"
    message = "The order would cost something else than you were shown; look at it again."


class VoucherTicket(Conflict):
    code = "voucher_ticket"
    message = "A ticket that was bought with a voucher stays as it is; ask the organizer."


class NothingToChange(Invalid):
    code = "nothing_to_change"
    message = "Say what shall be different: of a ticket, or what is added or taken off."


class ComesWithOthers(Conflict):
    """`positions` are the numbers of such tickets."""

    code = "comes_with_others"
    message = "A ticket that others come with, or that comes with another, stays what it is."


def checked_reason(because: str, *, prices: bool) -> None:
    """Pass with a reason, or where no price is set by hand."""
    if prices and not because:
        raise Invalid(
            errors=[FieldError("/because", "missing", "Say why the price is another one.")]
        )


def changeable_until(
    terms: ChangeTerms, *, what: bool, starts_at: datetime, now: datetime
) -> datetime:
    """Until when buyers may change `what` the terms allow; a refusal if they may not."""
    if not what:
        raise ChangeNotAllowed
    until = deadline(starts_at, terms.hours_before)
    if now >= until:
        raise ChangeTooLate(ended_at=until)
    return until


def shown_change(status: ChangeStatus, *, expires_at: datetime, now: datetime) -> ChangeStatus:
    """Expiry is a predicate: a change past its time is expired before any job says so."""
    lapsed = status is ChangeStatus.AWAITING_PAYMENT and expires_at <= now
    return ChangeStatus.EXPIRED if lapsed else status


def due_until(starts_at: datetime, hours: int, *, now: datetime) -> datetime:
    """How long the buyer has for what staff has changed: so many hours, but not past the event's
    begin, and a hold's time at least.
    """
    return max(now + HOLD_FOR, min(starts_at, now + timedelta(hours=hours)))


def while_paying(expires_at: datetime, *, created_at: datetime, now: datetime) -> datetime:
    """The end of what a change holds while it is being paid, however often that is tried."""
    return max(expires_at, min(now + PAYMENT_GRACE, created_at + LONGEST_HOLD))


def check_unused(order: OrderStatus, ticket: TicketStatus) -> None:
    """Pass for a ticket of a confirmed order that nobody has entered with."""
    if order is not OrderStatus.CONFIRMED:
        raise OrderNotConfirmed
    if ticket is not TicketStatus.VALID:
        raise ChangeNotAllowed("A ticket that was scanned stays as it is.")
