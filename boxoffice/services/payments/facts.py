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


class PaymentAuthorised(Fact, frozen=True, kw_only=True):
    """A card holds the money: it is not ours yet."""

    name: ClassVar[str] = "payments.payment_authorised.v1"
    payment_id: UUID
    reference: UUID
    purpose: UUID | None = None


class PaymentVoided(Fact, frozen=True, kw_only=True):
    """A card holds the money no longer: it was let go, or the hold has lapsed. Nothing came."""

    name: ClassVar[str] = "payments.payment_voided.v1"
    payment_id: UUID
    reference: UUID
    purpose: UUID | None = None


class HoldDecided(Fact, frozen=True, kw_only=True):
    """It is decided what is to become of money that a card holds: the provider is to be asked."""

    name: ClassVar[str] = "payments.hold_decided.v1"
    organizer_id: UUID
    payment_id: UUID


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
