"""May this ticket enter?"""

from enum import StrEnum

from boxoffice.services.bookings.rules.states import TicketStatus


class ScanReason(StrEnum):
    """Why a scan was answered the way it was."""

    OK = "ok"
    ALREADY_ADMITTED = "already_admitted"
    UNKNOWN_TICKET = "unknown_ticket"
    FORGED = "forged"
    WRONG_EVENT = "wrong_event"
    VOID = "void"
    DATE_CANCELLED = "date_cancelled"
    CANCELLED = "cancelled"
    GIVEN_ON = "given_on"
    CHANGED = "changed"
    UNPAID = "unpaid"


# Why a ticket is void, where the door should know.
DATE_CANCELLED = "date_cancelled"


class Revoked(StrEnum):
    """Why a ticket is void, or why only its newest code is good."""

    CANCELLED = "cancelled"
    GIVEN_ON = "given_on"
    CHANGED = "changed"


def judge_scan(  # noqa: PLR0913  # what is known, all by name
    *,
    right_event: bool,
    current_code: bool,
    status: TicketStatus,
    confirmed: bool,
    admitted: bool,
    void_reason: str | None = None,
    revoked: Revoked | None = None,
) -> ScanReason:
    """May this ticket enter? The first rule that forbids it is the reason."""
    if not right_event:
        return ScanReason.WRONG_EVENT
    if status is TicketStatus.VOID and void_reason == DATE_CANCELLED:
        return ScanReason.DATE_CANCELLED
    if status is TicketStatus.VOID or not current_code:
        return ScanReason(revoked.value) if revoked else ScanReason.VOID
    if not confirmed:
        return ScanReason.UNPAID
    if admitted or status is TicketStatus.USED:
        return ScanReason.ALREADY_ADMITTED
    return ScanReason.OK
