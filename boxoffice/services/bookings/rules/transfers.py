"""May this ticket be given on, and is the offer still open? Pure."""

from datetime import datetime

from boxoffice.kernel.refusals import Conflict, Gone, NotFound
from boxoffice.services.bookings.rules.policies import TransferTerms, deadline
from boxoffice.services.bookings.rules.states import OrderStatus, TicketStatus, TransferStatus


class TransferNotFound(NotFound):
    code = "transfer_not_found"
    message = "No such offer of a ticket, or the link is not complete."


class TransferNotAllowed(Conflict):
    code = "transfer_not_allowed"
    message = "Tickets for this event cannot be given on; ask the organizer."


class TransferTooLate(Conflict):
    code = "transfer_too_late"
    message = "It is too late to give tickets on; ask the organizer."


class TicketNotYours(Conflict):
    code = "ticket_not_yours"
    message = "This ticket has been given on; only who has it now can do that."


class TicketUnfit(Conflict):
    code = "ticket_unfit"
    message = "Only a valid ticket that nobody has entered with can be given on."


class OfferStands(Conflict):
    """`transfer_id` is the offer."""

    code = "offer_stands"
    message = "This ticket is offered to somebody already; withdraw that first."


class TransferOver(Gone):
    """`ended` says how."""

    code = "transfer_over"
    message = "This offer is over: it was taken, declined, withdrawn, or its time has passed."


def offer_until(terms: TransferTerms, *, starts_at: datetime, now: datetime) -> datetime:
    """Until when an offer made now can be taken; a refusal if there can be none."""
    if not terms.allowed:
        raise TransferNotAllowed
    until = deadline(starts_at, terms.hours_before)
    if now >= until:
        raise TransferTooLate(ended_at=until)
    return until


def check_giveable(order: OrderStatus, ticket: TicketStatus) -> None:
    """Pass if a ticket in that state can change hands."""
    if order is not OrderStatus.CONFIRMED or ticket is not TicketStatus.VALID:
        raise TicketUnfit(ticket=ticket.value)


def shown_transfer(
    status: TransferStatus, *, expires_at: datetime, now: datetime
) -> TransferStatus:
    """Expiry is a predicate."""
    late = status is TransferStatus.OFFERED and now >= expires_at
    return TransferStatus.EXPIRED if late else status


def check_still_offered(status: TransferStatus, *, expires_at: datetime, now: datetime) -> None:
    """Pass while the offer can be taken, declined or withdrawn."""
    shown = shown_transfer(status, expires_at=expires_at, now=now)
    if shown is not TransferStatus.OFFERED:
        raise TransferOver(ended=shown.value)
