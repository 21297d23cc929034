"""Pure decisions of payments. Time comes in as an argument."""

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from boxoffice.kernel.money import Money
from boxoffice.services.payments.refusals import (
    AlreadyPaid,
    NothingToRefund,
    PaymentUnderWay,
    TooMuchToRefund,
)

# A call to the provider is over by now, one way or another: ask what became of it.
ASK_AGAIN_AFTER = timedelta(seconds=20)
# A charge the provider has not heard of by now never reached it: three times as long as a call
# takes at most. Should it come all the same, it is money that came after we had given up.
GIVE_UP_AFTER = timedelta(minutes=1)
# A payment the provider is still pondering makes way for another try.
MAKE_WAY_AFTER = timedelta(minutes=10)
# Comparing the books looks back this far.
COMPARE_SINCE = timedelta(hours=1)


class PaymentStatus(StrEnum):
    CREATED = "created"
    PENDING = "pending"
    AUTHORISED = "authorised"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    VOIDED = "voided"
    REFUNDED = "refunded"


class Wish(StrEnum):
    """What is to become of money that a card holds."""

    CAPTURE = "capture"
    VOID = "void"


class RefundStatus(StrEnum):
    CREATED = "created"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


# The one table of legal moves; docs/services/payments.md shows the same and a test compares them.
# `failed` → `succeeded`, `authorised`: the money came, or is held, after we had given up.
_HELD_AND_OVER = frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.FAILED, PaymentStatus.VOIDED})
TRANSITIONS: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.CREATED: _HELD_AND_OVER | {PaymentStatus.PENDING, PaymentStatus.AUTHORISED},
    PaymentStatus.PENDING: _HELD_AND_OVER | {PaymentStatus.AUTHORISED},
    PaymentStatus.AUTHORISED: _HELD_AND_OVER,
    PaymentStatus.SUCCEEDED: frozenset({PaymentStatus.REFUNDED}),
    PaymentStatus.FAILED: frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.AUTHORISED}),
    PaymentStatus.VOIDED: frozenset(),
    PaymentStatus.REFUNDED: frozenset(),
}
UNSETTLED = frozenset({PaymentStatus.CREATED, PaymentStatus.PENDING})
PAID = frozenset({PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED})


def sources(to: PaymentStatus) -> list[PaymentStatus]:
    """From where a payment may go to `to`."""
    return [now for now, moves in TRANSITIONS.items() if to in moves]


def is_news(now: PaymentStatus, said: PaymentStatus) -> bool:
    """Whether the provider's word moves a payment that is `now`.

    Reports may come twice, late and out of order, so whatever is no legal move is no news.
    """
    return said in TRANSITIONS[now]


def make_way(status: PaymentStatus, *, age: timedelta) -> None:
    """Pass if a payment that is `age` old lets another for the same reference begin, or refuse."""
    if status is PaymentStatus.SUCCEEDED:
        raise AlreadyPaid
    # What becomes of held money is decided elsewhere, and soon.
    if status is PaymentStatus.AUTHORISED or (status in UNSETTLED and age < MAKE_WAY_AFTER):
        raise PaymentUnderWay


def is_over(created_at: datetime, *, now: datetime) -> bool:
    """Whether asking for a payment made then has ended, if only because its process died."""
    return now - created_at >= ASK_AGAIN_AFTER


def never_arrived(created_at: datetime, *, now: datetime) -> bool:
    """Whether a charge that the provider does not know will not come to be any more."""
    return now - created_at >= GIVE_UP_AFTER


class Balance(NamedTuple):
    """What one payment brought its reference and what of it has been promised back, in minor
    units.
    """

    payment_id: UUID
    captured: int
    refunded: int
    by_gift_card: bool = False


class Part(NamedTuple):
    """`amount` minor units out of one payment."""

    payment_id: UUID
    amount: int


def spread(amount: int, balances: Sequence[Balance]) -> list[Part]:
    """Which payments a refund of `amount` comes out of, `balances` being oldest first.

    Money goes back before gift cards get theirs, so that nobody waits for real money; of each the
    newest pay first: they came twice or too late. `TooMuchToRefund` if they hold less.
    """
    if amount <= 0:
        raise NothingToRefund
    parts = spread_at_most(amount, balances)
    if (held := sum(part.amount for part in parts)) < amount:
        raise TooMuchToRefund(refundable=held)
    return parts


def spread_at_most(amount: int, balances: Sequence[Balance]) -> list[Part]:
    """The same for as much of `amount` as they hold."""
    parts: list[Part] = []
    left = amount
    newest_first = [*reversed(balances)]
    for balance in sorted(newest_first, key=lambda one: one.by_gift_card):
        taken = min(left, balance.captured - balance.refunded)
        if taken > 0:
            parts.append(Part(balance.payment_id, taken))
            left -= taken
    return parts


class RefundParts(NamedTuple):
    """What a refund is made of by the way that the money came, in minor units."""

    money: int = 0
    gift_cards: int = 0
    test_cards: int = 0

    @property
    def total(self) -> int:
        return sum(self)


def parts_of(amount: int, balances: Sequence[Balance], tests: Container[UUID]) -> RefundParts:
    """What a refund of as much of `amount` as they hold would come out of; `tests` are payments by
    gift cards that are for tests.
    """
    ways = {one.payment_id: one.by_gift_card for one in balances}
    money = cards = test = 0
    for part in spread_at_most(amount, balances):
        if part.payment_id in tests:
            test += part.amount
        elif ways[part.payment_id]:
            cards += part.amount
        else:
            money += part.amount
    return RefundParts(money=money, gift_cards=cards, test_cards=test)


class Standing(NamedTuple):
    """How a reference stands, computed from its payments, never stored. `paid` is without what
    has been moved on to other references, `refunded` is promised, `gone_back`: all that came has
    arrived where it came from.
    """

    paid: Money
    refunded: Money
    under_way: bool
    gone_back: bool = False

    @property
    def kept(self) -> Money:
        """What came less what was promised back; against the total: over- or underpayment."""
        return Money(amount=self.paid.amount - self.refunded.amount, currency=self.paid.currency)
