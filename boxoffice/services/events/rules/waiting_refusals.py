"""Why somebody cannot wait, or cannot have an offer, and what to do next."""

from boxoffice.kernel.refusals import Conflict, Gone, Invalid, NotFound


class WaitlistClosed(Conflict):
    code = "waitlist_closed"
    message = "This event takes nobody onto its waiting list right now; look again later."


class TicketsAvailable(Conflict):
    code = "tickets_available"
    message = "These tickets can be had right now; order them instead of waiting."


class NothingToWaitFor(Invalid):
    code = "nothing_to_wait_for"
    message = "None of these ticket types is sold for this date; choose others."


class NotInLine(NotFound):
    code = "not_in_line"
    message = "No such place on the waiting list, or it is not yours to see."


class OfferOver(Gone):
    code = "offer_over"
    message = "This offer is over and others are asked now; you can wait again."


class NotWaiting(Conflict):
    code = "not_waiting"
    message = "This place on the waiting list does not allow that any more; load it again."
