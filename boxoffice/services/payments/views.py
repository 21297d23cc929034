"""What payments shows to others."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.payments.refusals import CardDeclined
from boxoffice.services.payments.rules import PaymentStatus, RefundStatus


class PaymentView(msgspec.Struct, frozen=True, kw_only=True):
    """`decline_code` and `message` say why it failed; `message` is for people. While it is
    `authorised` the card holds the money, at the longest until `authorised_until`.
    """

    id: UUID
    status: PaymentStatus
    amount: Money
    decline_code: str | None
    message: str | None
    created_at: datetime
    authorised_until: datetime | None = None

    def declined(self) -> CardDeclined:
        """What whoever wanted to pay is told of a failed one."""
        return CardDeclined(self.message, decline_code=self.decline_code, payment_id=self.id)


class RefundView(msgspec.Struct, frozen=True, kw_only=True):
    """Money of one payment on its way back. `created` until the provider has confirmed it."""

    id: UUID
    payment_id: UUID
    status: RefundStatus
    amount: Money
    created_at: datetime


class PartView(msgspec.Struct, frozen=True, kw_only=True):
    """What of the payment `taken_from` is for another reference now, as a payment of its own."""

    id: UUID
    taken_from: UUID
    reference: UUID
    amount: Money
    gift_card_id: UUID | None


class PracticeSource(msgspec.Struct, frozen=True, kw_only=True):
    """A card one can practise with: send `source` to pay with it."""

    source: str
    label: str


class PaymentMethodView(msgspec.Struct, frozen=True, kw_only=True):
    """A way to pay. `sources` are the cards to choose from, where the provider has such. `holds`:
    the money can be held before it is taken.
    """

    provider: Literal["practice", "stripe"]
    label: str
    sources: list[PracticeSource]
    holds: bool = False
