"""What the door reads: the verdict in words, with the next step."""

from datetime import datetime

from boxoffice.services.bookings.rules import ScanReason

_MESSAGES = {
    ScanReason.OK: "Welcome.",
    ScanReason.ALREADY_ADMITTED: "Already admitted.",
    ScanReason.UNKNOWN_TICKET: "No such ticket; look the guest up by name or order.",
    ScanReason.FORGED: "Not one of our codes; ask for the original ticket.",
    ScanReason.WRONG_EVENT: "A ticket for another event.",
    ScanReason.VOID: "This ticket is no longer valid; ask for the newest one.",
    ScanReason.DATE_CANCELLED: "This date was cancelled; the ticket lets nobody in any more.",
    ScanReason.CANCELLED: "This ticket was cancelled; it lets nobody in.",
    ScanReason.GIVEN_ON: "This ticket was given to somebody else; only their code is good.",
    ScanReason.CHANGED: "This ticket was changed; ask for the newest one, it came by mail.",
    ScanReason.UNPAID: "This order is not confirmed.",
}


def message_for(reason: ScanReason, *, first_at: datetime | None, gate: str | None) -> str:
    """The sentence for a verdict; for a second entry also when and where the first was, in UTC."""
    if reason is not ScanReason.ALREADY_ADMITTED or first_at is None:
        return _MESSAGES[reason]
    where = f" at {gate}" if gate else ""
    return f"Already admitted on {first_at:%Y-%m-%d at %H:%M:%S} UTC{where}."
