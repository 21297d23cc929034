"""What goes back to whom when a date does not take place. Pure."""

from typing import Literal

import msgspec

from boxoffice.services.bookings.rules import OPEN, OrderStatus

RefundName = Literal["full", "keep_fee", "none"]
RefundAs = Literal["money", "gift_card"]
Outcome = Literal["cancelled", "released", "expired", "told"]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """`keep_fee` keeps a percentage of what was paid and an amount a ticket, in minor units. What
    goes back goes the way it came, or all of it to a new gift card of the buyer's.
    """

    refund: RefundName = "full"
    keep_percent: int = 0
    keep_per_ticket: int = 0
    refund_as: RefundAs = "money"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one order: its new status and how much goes back, in minor units."""

    outcome: Outcome
    status: OrderStatus
    refund: int = 0


def due(policy: Policy, *, kept: int, tickets: int) -> int:
    """What of the money we have goes back; fees round down, in the buyer's favour."""
    if policy.refund == "none" or kept <= 0:
        return 0
    if policy.refund == "full":
        return kept
    fee = kept * policy.keep_percent // 100 + policy.keep_per_ticket * tickets
    return max(0, kept - fee)


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What of an order the cancelled dates are: so many tickets, and of the money that we have so
    much, in minor units. `remains`: there are tickets for other dates.
    """

    tickets: int
    kept: int
    remains: bool = False


def share(*, kept: int, whole: bool, concerned: int) -> int:
    """What of the money we have is for the cancelled dates, whose positions cost `concerned`."""
    return kept if whole else min(kept, concerned)


def cancelled(policy: Policy, status: OrderStatus, part: Share) -> Step | None:
    """An order of a cancelled date; None if it has ended before.

    What was not yet bought is let go, without any money to move; what came for an order that had
    expired goes back whole, because it bought nothing. An order for other dates as well goes on.
    """
    if status is OrderStatus.CONFIRMED:
        refund = due(policy, kept=part.kept, tickets=part.tickets)
        after = OrderStatus.CONFIRMED if part.remains else OrderStatus.CANCELLED
        return Step(outcome="cancelled", status=after, refund=refund)
    if status in OPEN:
        return Step(outcome="released", status=OrderStatus.CANCELLED)
    if status is OrderStatus.AWAITING_APPROVAL:
        return Step(outcome="released", status=OrderStatus.REJECTED)
    if status is OrderStatus.EXPIRED:
        return Step(outcome="expired", status=OrderStatus.EXPIRED, refund=max(0, part.kept))
    return None


def as_gift_card(refund_as: RefundAs, outcome: str, refund: int) -> bool:
    """Whether an order's refund is store credit; money that bought nothing goes back as money."""
    return refund_as == "gift_card" and outcome == "cancelled" and refund > 0


def postponed(status: OrderStatus) -> Step | None:
    """An order of a date that moves: who has tickets, waits for approval, or has it and is still to
    pay, is told.
    """
    told = {OrderStatus.CONFIRMED, OrderStatus.AWAITING_APPROVAL, OrderStatus.AWAITING_PAYMENT}
    if status in told:
        return Step(outcome="told", status=status)
    return None
