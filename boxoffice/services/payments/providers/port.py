"""What payments needs from whoever moves the money.

`tests/services/payments/provider_contract.py` holds every adapter to these sentences.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.payments.rules import PaymentStatus
from boxoffice.services.payments.views import PaymentMethodView


class ProviderUnreached(Exception):
    """The provider cannot have acted on the call: it was never sent, or turned away unread."""


class OutcomeUnknown(Exception):
    """The call may or may not have been acted on; only the provider's book can tell."""


class RefundRejected(Exception):
    """The provider will not give this money back; asking again changes nothing."""


class ChargeOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Money to be taken from `source`, once, under the key `payment_id`; without `capture` only to
    be held on it.
    """

    organizer_id: UUID
    payment_id: UUID
    reference: UUID
    amount: Money
    source: str
    # What exactly it is for, if not for the whole reference.
    purpose: UUID | None = None
    capture: bool = True


class HoldOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Money that `charge_id` holds to be captured or let go, each once under `payment_id`."""

    organizer_id: UUID
    payment_id: UUID
    charge_id: str


class RefundOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Money of the charge `charge_id` to be given back, once, under the key `refund_id`."""

    organizer_id: UUID
    refund_id: UUID
    charge_id: str
    amount: Money


class ProviderCharge(msgspec.Struct, frozen=True, kw_only=True):
    """A charge as the provider's book has it now.

    `id` is None for one the provider turned down before it became a charge. `organizer_id`,
    `payment_id`, `reference` and `purpose` are what we sent along; None in charges that are not
    ours, `purpose` also in one for the whole reference. `authorised_until`: of one that the card
    was to hold, at the longest until when.
    """

    id: str | None
    status: PaymentStatus
    amount: Money
    organizer_id: UUID | None
    payment_id: UUID | None
    reference: UUID | None
    purpose: UUID | None = None
    decline_code: str | None = None
    message: str | None = None
    authorised_until: datetime | None = None


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook is about. It is a reason to look, never the truth.

    `says` is the status it claims for the charge; `refund_id` is ours, for one about a refund.
    All of them None: a kind of event we do not know.
    """

    event_id: str
    kind: str
    charge_id: str | None = None
    says: PaymentStatus | None = None
    refund_id: UUID | None = None


class CardProvider(Protocol):
    """Every call may raise `ProviderUnreached` or `OutcomeUnknown`."""

    @property
    def name(self) -> str:
        """As in webhook addresses and rows; never changes."""
        ...

    @property
    def holds_for(self) -> timedelta | None:
        """How long a card holds money at the longest; None: none can."""
        ...

    def methods(self) -> list[PaymentMethodView]:
        """How one can pay."""
        ...

    async def charge(self, order: ChargeOrder) -> ProviderCharge:
        """Take the money, or have it held (`authorised`). A refused card is an answer (`failed`),
        not an exception.

        Repeating the order gives the same charge and takes nothing more.
        """
        ...

    async def capture(self, order: HoldOrder) -> ProviderCharge:
        """Take all the money that the charge holds. The charge as it is after that: `succeeded`;
        `failed` if the card refuses after all; `voided` if the hold was over before.

        Repeating the order takes nothing more.
        """
        ...

    async def void(self, order: HoldOrder) -> ProviderCharge:
        """Hold the money no longer. The charge as it is after that: `voided`, or whatever had
        become of it before.
        """
        ...

    async def find(self, organizer_id: UUID, payment_id: UUID) -> ProviderCharge | None:
        """The charge made under that key as it is now, or None if there is none."""
        ...

    async def read(self, organizer_id: UUID, charge_id: str) -> ProviderCharge | None:
        """The charge as it is now; None for an unknown one or another organizer's."""
        ...

    def charges_since(self, moment: datetime) -> AsyncIterator[ProviderCharge]:
        """All charges made since then, of all organizers, in no promised order."""
        ...

    async def refund(self, order: RefundOrder) -> str:
        """Give the money back; the provider's id of the refund. `RefundRejected` if it never will.

        Repeating the order gives the same refund and moves nothing more.
        """
        ...

    def read_webhook(self, organizer_id: UUID, headers: Mapping[str, str], body: bytes) -> Hint:
        """What the webhook is about; `ForgedWebhook` unless signed, fresh, and this organizer's.

        Header names are in lower case.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
