"""May this be applied for, until when may it be decided, and until when paid? Pure."""

from datetime import datetime, timedelta

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Gone, Invalid, NotFound
from boxoffice.services.bookings.rules.holds import HOLD_FOR
from boxoffice.services.bookings.rules.policies import CAPTURE_BEFORE, ApprovalTerms
from boxoffice.services.bookings.rules.states import ApplicationState, OrderStatus

REMIND_BEFORE = timedelta(hours=24)


class ApprovalNeeded(Conflict):
    code = "approval_needed"
    message = "The organizer decides about these tickets; send your application first."


class NoApprovalNeeded(Conflict):
    code = "no_approval_needed"
    message = "These tickets need no approval; pay or confirm the order."


class CardNeeded(Invalid):
    code = "card_needed"
    message = "Give a card with your application; it is charged only if the organizer approves."


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


def takes_card(terms: ApprovalTerms, *, can_hold: bool, due: Money) -> bool:
    """Whether an application that so much is due of comes with a card."""
    return terms.card and can_hold and not due.is_zero


def decide_until(
    terms: ApprovalTerms, *, ends_at: datetime, now: datetime, held_until: datetime | None = None
) -> datetime:
    """Until when an application that is sent now can be decided; with a card before that lets go of
    the money.
    """
    until = ends_at
    if terms.decide_hours is not None:
        until = min(until, now + timedelta(hours=terms.decide_hours))
    if held_until is not None:
        until = min(until, held_until - CAPTURE_BEFORE)
    return max(until, now + HOLD_FOR)


def decide_until_moved(
    terms: ApprovalTerms,
    *,
    ends_at: datetime,
    sent_at: datetime,
    now: datetime,
    held_until: datetime | None = None,
) -> datetime:
    """Until when an application can be decided whose date ends at another time: never at once."""
    until = decide_until(terms, ends_at=ends_at, now=sent_at, held_until=held_until)
    return max(until, now + HOLD_FOR)


def pay_until(
    terms: ApprovalTerms, *, ends_at: datetime, now: datetime, charged_until: datetime | None = None
) -> datetime:
    """Until when who is accepted now must have paid: not after the date, yet never at once, nor
    while their card may still be charged, for nobody can pay otherwise meanwhile.
    """
    until = max(min(ends_at, now + timedelta(hours=terms.pay_hours)), now + HOLD_FOR)
    return until if charged_until is None else max(until, charged_until)


def pay_until_moved(
    terms: ApprovalTerms,
    *,
    ends_at: datetime,
    decided_at: datetime,
    now: datetime,
    charged_until: datetime | None = None,
) -> datetime:
    """Until when who was accepted then must have paid, for a date that ends at another time."""
    until = pay_until(terms, ends_at=ends_at, now=decided_at, charged_until=charged_until)
    return max(until, now + HOLD_FOR)


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
        # What its card held was taken at the provider's own desk.
        OrderStatus.CONFIRMED: ApplicationState.APPROVED,
        OrderStatus.CANCELLED: ApplicationState.WITHDRAWN,
        OrderStatus.REJECTED: ApplicationState.DENIED,
    }
    return endings.get(shown, ApplicationState.LAPSED)


def check_waiting(state: ApplicationState) -> None:
    """Pass while the application can be decided."""
    if state is not ApplicationState.WAITING:
        raise ApplicationOver(state=state.value)
