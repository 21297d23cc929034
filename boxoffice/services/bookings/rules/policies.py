"""What an event's organizer lets buyers do with their orders themselves, and until when."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec

from boxoffice.kernel.refusals import Conflict, FieldError, Invalid

Hours = Annotated[int, msgspec.Meta(ge=0, le=24 * 730)]
PositiveHours = Annotated[int, msgspec.Meta(ge=1, le=24 * 365)]
Share = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Amount = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
# What a card holds is taken this long before it is let go, at the latest.
CAPTURE_BEFORE = timedelta(hours=1)


class FeeStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until `hours_before` the event begins, each ticket costs `percent` thousandths of a percent
    of its price and `fixed` minor units to cancel; never more than it cost.
    """

    hours_before: Hours
    percent: Share = 0
    fixed: Amount = 0


class CancellationTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`schedule`: the first step that is not over yet counts; after the last nobody may cancel.
    Without steps it costs nothing until the event begins.

    `discounts`: what becomes of automatic discounts on the tickets that remain: they `keep` them,
    are charged what they cost without (`charge`), or nothing may be cancelled that a discount
    rests on (`forbid`). `keep_fees`: service fees are not given back.
    """

    allowed: bool = False
    schedule: Annotated[list[FeeStep], msgspec.Meta(max_length=20)] = []
    discounts: Literal["keep", "charge", "forbid"] = "charge"
    keep_fees: bool = False


class TransferTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether tickets may be given on to other people, and until when."""

    allowed: bool = True
    hours_before: Hours = 0


class ChangeTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What buyers may change of a confirmed order, and until when."""

    names: bool = True
    variations: bool = False
    add_ons: bool = False
    hours_before: Hours = 0


class ApprovalTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For ticket types that need approval: an application waits `decide_hours` for the organizer,
    None: until its date is over. Who is accepted pays within `pay_hours`. With `card` a card is
    given with the application: it holds the money, which is taken by the approval and let go by any
    other end; then the time to decide ends before the card's does.
    """

    decide_hours: PositiveHours | None = None
    pay_hours: PositiveHours = 72
    card: bool = False


class ReturnTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether tickets may be offered back at face value to those who wait, and until when."""

    allowed: bool = False
    hours_before: Hours = 0


class OrderPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it, for one event."""

    cancellation: CancellationTerms = msgspec.field(default_factory=CancellationTerms)
    transfer: TransferTerms = msgspec.field(default_factory=TransferTerms)
    changes: ChangeTerms = msgspec.field(default_factory=ChangeTerms)
    approval: ApprovalTerms = msgspec.field(default_factory=ApprovalTerms)
    returns: ReturnTerms = msgspec.field(default_factory=ReturnTerms)


class CancellationNotAllowed(Conflict):
    code = "cancellation_not_allowed"
    message = "Tickets for this event cannot be cancelled here; ask the organizer."


class CancellationTooLate(Conflict):
    code = "cancellation_too_late"
    message = "It is too late to cancel; ask the organizer."


def checked_policy(policy: OrderPolicy, *, held_for: timedelta | None = None) -> OrderPolicy:
    """The policy with its steps in order; `Invalid` if two end at the same time, or if applications
    take longer than cards hold money, `held_for` at the most; None: they cannot.
    """
    check_approval(policy.approval, held_for=held_for)
    schedule = policy.cancellation.schedule
    ends = [step.hours_before for step in schedule]
    if len(set(ends)) < len(ends):
        raise _wrong("same_step", "Two steps end at the same time; keep one of them.")
    ordered = sorted(schedule, key=lambda step: -step.hours_before)
    terms = msgspec.structs.replace(policy.cancellation, schedule=ordered)
    return msgspec.structs.replace(policy, cancellation=terms)


def check_approval(terms: ApprovalTerms, *, held_for: timedelta | None) -> None:
    """Pass if these terms can be kept where a card holds money for so long."""
    if not terms.card:
        return
    if held_for is None:
        raise Invalid(
            errors=[
                FieldError(
                    "/approval/card",
                    "cannot_hold",
                    "None of your ways to pay can hold money; let people pay once you approve.",
                )
            ]
        )
    most = longest_to_decide(held_for)
    if terms.decide_hours is not None and terms.decide_hours > most:
        raise Invalid(
            errors=[
                FieldError(
                    "/approval/decide_hours",
                    "outlasts_card_hold",
                    f"Cards hold the money for {most} hours at most; decide within that.",
                )
            ]
        )


def longest_to_decide(held_for: timedelta) -> int:
    """Within how many hours what cards hold for so long must be decided about."""
    return (held_for - CAPTURE_BEFORE) // timedelta(hours=1)


def step_at(terms: CancellationTerms, *, starts_at: datetime, now: datetime) -> FeeStep:
    """The step of the schedule that counts now; a refusal if buyers may not cancel (any more)."""
    if not terms.allowed:
        raise CancellationNotAllowed
    steps = terms.schedule or [FeeStep(hours_before=0)]
    for step in steps:
        if now < deadline(starts_at, step.hours_before):
            return step
    last = deadline(starts_at, steps[-1].hours_before)
    raise CancellationTooLate(ended_at=last)


def deadline(starts_at: datetime, hours_before: int) -> datetime:
    """That many hours before the event begins."""
    return starts_at - timedelta(hours=hours_before)


def _wrong(code: str, message: str) -> Invalid:
    return Invalid(errors=[FieldError("/cancellation/schedule", code, message)])
