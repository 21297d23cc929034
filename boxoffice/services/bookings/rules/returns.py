"""May this ticket be offered back, and what has become of the offer? Pure."""

from datetime import datetime

from boxoffice.kernel.refusals import Conflict, Gone, NotFound
from boxoffice.services.bookings.rules.policies import ReturnTerms, deadline
from boxoffice.services.bookings.rules.states import OrderStatus, ReturnStatus, TicketStatus


class ReturnNotFound(NotFound):
    code = "return_not_found"
    message = "This ticket was not offered back."


class ReturnNotAllowed(Conflict):
    code = "return_not_allowed"
    message = "Tickets for this event cannot be offered back; ask the organizer."


class ReturnTooLate(Conflict):
    code = "return_too_late"
    message = "It is too late to offer tickets back; ask the organizer."


class ReturnUnfit(Conflict):
    code = "return_unfit"
    message = (
        "Only a valid ticket of your own that nobody has entered with, that comes alone and needed "
        "no approval, can be offered back."
    )


class ReturnStands(Conflict):
    """`return_id` is the offer."""

    code = "return_stands"
    message = "This ticket is offered back; take it out of the offer first."


class ReturnPromised(Conflict):
    """`until` is the end of somebody's time to take it."""

    code = "return_promised"
    message = "Somebody is just being offered this ticket; try again once their time is over."


class ReturnOver(Gone):
    """`ended` says how."""

    code = "return_over"
    message = "This offer is over: the ticket was taken, kept, or its time has passed."


def return_until(terms: ReturnTerms, *, starts_at: datetime, now: datetime) -> datetime:
    """Until when a ticket offered back now can find somebody; a refusal if there is no such way."""
    if not terms.allowed:
        raise ReturnNotAllowed
    until = deadline(starts_at, terms.hours_before)
    if now >= until:
        raise ReturnTooLate(ended_at=until)
    return until


def check_returnable(
    order: OrderStatus, ticket: TicketStatus, *, given_on: bool, alone: bool, chosen: bool
) -> None:
    """Pass for a valid ticket of the buyer's that neither brings extras nor comes with others, and
    whose buyer the organizer has not `chosen`.
    """
    fit = order is OrderStatus.CONFIRMED and ticket is TicketStatus.VALID
    if not fit or given_on or not alone or chosen:
        raise ReturnUnfit


def shown_return(
    status: ReturnStatus, ticket: TicketStatus, *, expires_at: datetime, now: datetime
) -> ReturnStatus:
    """It ends with its time, and with whatever else becomes of the ticket."""
    if status is not ReturnStatus.OFFERED:
        return status
    over = now >= expires_at or ticket is not TicketStatus.VALID
    return ReturnStatus.ENDED if over else status
