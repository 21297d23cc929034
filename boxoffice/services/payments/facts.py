"""What payments reports. `reference` is what the money is for: to bookings, an order. `purpose`:
a part of it that came to cost more later.
"""

from typing import ClassVar
from uuid import UUID

from boxoffice.kernel.facts import Fact


class PaymentSucceeded(Fact, frozen=True, kw_only=True):
    """The money has come. Told once per payment, in the transaction that records it."""

    name: ClassVar[str] = "payments.payment_succeeded.v1"
    payment_id: UUID
    reference: UUID
    purpose: UUID | None = None


class PaymentFailed(Fact, frozen=True, kw_only=True):
    """The money did not come; should it come later after all, PaymentSucceeded follows."""

    name: ClassVar[str] = "payments.payment_failed.v1"
    payment_id: UUID
    reference: UUID
    purpose: UUID | None = None


class GiftCardIssued(Fact, frozen=True, kw_only=True):
    """Money for `reference` was given back as a new gift card, whose owner has to be told."""

    name: ClassVar[str] = "payments.gift_card_issued.v1"
    gift_card_id: UUID
    reference: UUID


class RefundSucceeded(Fact, frozen=True, kw_only=True):
    """Money of a payment has gone back."""

    name: ClassVar[str] = "payments.refund_succeeded.v1"
    refund_id: UUID
    payment_id: UUID
    reference: UUID
