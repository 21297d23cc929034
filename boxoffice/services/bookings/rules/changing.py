"""May this be changed after the sale? Pure."""

from datetime import datetime

from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.bookings.rules.policies import ChangeTerms, deadline
from boxoffice.services.bookings.rules.states import OrderStatus, TicketStatus


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


class ChangeCostsMore(Conflict):
    """`more` is by how much, in minor units."""

    code = "change_costs_more"
    message = "That costs more than what was paid; cancel the ticket and buy the other one."


class ChangeDiffers(Conflict):
    """`new_total` is what the order would cost, in minor units."""

    code = "change_differs"
    message = "The order would cost something else than you were shown; look at it again."


class SameVariation(Conflict):
    code = "same_variation"
    message = "The ticket comes in this variation already."


class VoucherTicket(Conflict):
    code = "voucher_ticket"
    message = "A ticket that was bought with a voucher stays as it is; ask the organizer."


class NothingToChange(Invalid):
    code = "nothing_to_change"
    message = "Say for each ticket what shall be different: type, variation, date, seat or price."


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


def check_unused(order: OrderStatus, ticket: TicketStatus) -> None:
    """Pass for a ticket of a confirmed order that nobody has entered with."""
    if order is not OrderStatus.CONFIRMED:
        raise OrderNotConfirmed
    if ticket is not TicketStatus.VALID:
        raise ChangeNotAllowed("A ticket that was scanned stays as it is.")
