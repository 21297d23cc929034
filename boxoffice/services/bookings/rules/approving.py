"""May this be applied for, until when may it be decided, and until when paid? Pure."""

from datetime import datetime, timedelta

from boxoffice.kernel.refusals import Conflict, Gone, NotFound
from boxoffice.services.bookings.rules.holds import HOLD_FOR
from boxoffice.services.bookings.rules.policies import ApprovalTerms
from boxoffice.services.bookings.rules.states import ApplicationState, OrderStatus

REMIND_BEFORE = timedelta(hours=24)


class ApprovalNeeded(Conflict):
    code = "approval_needed"
    message = "The organizer decides about these tickets; send your application first."


class NoApprovalNeeded(Conflict):
    code = "no_approval_needed"
    message = "These tickets need no approval; pay or confirm the order."


class ApplicationSent(Conflict):
    code = "application_sent"
    message = "The organizer decides by what you sent; write to them if it must change."


class ApplicationNotFound(NotFound):
    code = "application_not_found"
    message = "Nobody has applied with this order."


class ApplicationOver(Gone):
    """`state` says how it ended."""

    code = "application_over"
    message = "This application was decided, withdrawn, or has lapsed; load it again."


def decide_until(terms: ApprovalTerms, *, ends_at: datetime, now: datetime) -> datetime:
    """Until when an application that is sent now can be decided."""
    if terms.decide_hours is None:
        return max(ends_at, now + HOLD_FOR)
    return max(min(ends_at, now + timedelta(hours=terms.decide_hours)), now + HOLD_FOR)


def decide_until_moved(
    terms: ApprovalTerms, *, ends_at: datetime, sent_at: datetime, now: datetime
) -> datetime:
    """Until when an application can be decided whose date ends at another time: never at once."""
    return max(decide_until(terms, ends_at=ends_at, now=sent_at), now + HOLD_FOR)


def pay_until(terms: ApprovalTerms, *, ends_at: datetime, now: datetime) -> datetime:
    """Until when who is accepted now must have paid: not after the date, yet never at once."""
    return max(min(ends_at, now + timedelta(hours=terms.pay_hours)), now + HOLD_FOR)


def pay_until_moved(
    terms: ApprovalTerms, *, ends_at: datetime, decided_at: datetime, now: datetime
) -> datetime:
    """Until when who was accepted then must have paid, for a date that ends at another time."""
    return max(pay_until(terms, ends_at=ends_at, now=decided_at), now + HOLD_FOR)


def remind_at(*, decided_at: datetime, due_at: datetime) -> datetime:
    """When who was accepted and has not paid is reminded: a day before the end, or at half-time."""
    return due_at - min(REMIND_BEFORE, (due_at - decided_at) / 2)


def check_unsent(has_applied: bool) -> None:  # noqa: FBT001  # what it is about
    """Pass while its buyer may change what the organizer decides by."""
    if has_applied:
        raise ApplicationSent


def application_state(shown: OrderStatus, *, approved: bool | None) -> ApplicationState:
    """Where the application of an order in that state stands; `approved` None: not decided."""
    if approved is not None:
        return ApplicationState.APPROVED if approved else ApplicationState.DENIED
    endings = {
        OrderStatus.AWAITING_APPROVAL: ApplicationState.WAITING,
        OrderStatus.CANCELLED: ApplicationState.WITHDRAWN,
        OrderStatus.REJECTED: ApplicationState.DENIED,
    }
    return endings.get(shown, ApplicationState.LAPSED)


def check_waiting(state: ApplicationState) -> None:
    """Pass while the application can be decided."""
    if state is not ApplicationState.WAITING:
        raise ApplicationOver(state=state.value)
