"""A card provider in this process whose slow cards settle when they are told to, never by time."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.services.payments.providers.port import (
    ChargeOrder,
    Hint,
    HoldOrder,
    OutcomeUnknown,
    ProviderCharge,
    RefundOrder,
    RefundRejected,
)
from boxoffice.services.payments.rules import PaymentStatus
from boxoffice.services.payments.views import PaymentMethodView, PracticeSource

OK, DECLINED, SLOW = "bank_ok", "bank_declined", "bank_slow"
_FIRST = {
    OK: PaymentStatus.SUCCEEDED,
    DECLINED: PaymentStatus.FAILED,
    SLOW: PaymentStatus.PENDING,
}


class _Notice(msgspec.Struct, frozen=True, kw_only=True):
    event_id: str
    charge_id: str


class Bank:
    """A `CardProvider` with its book in memory: `charges` by payment, `returned` by charge."""

    name = "practice"
    holds_for = None

    def __init__(self) -> None:
        self.charges: dict[UUID, ProviderCharge] = {}
        self.refunds: dict[UUID, RefundOrder] = {}

    def methods(self) -> list[PaymentMethodView]:
        sources = [PracticeSource(source=one, label=one) for one in _FIRST]
        return [PaymentMethodView(provider="practice", label="Bank card", sources=sources)]

    async def charge(self, order: ChargeOrder) -> ProviderCharge:
        declined = order.source == DECLINED
        made = ProviderCharge(
            id=f"ch_{order.payment_id}",
            status=_FIRST[order.source],
            amount=order.amount,
            organizer_id=order.organizer_id,
            payment_id=order.payment_id,
            reference=order.reference,
            purpose=order.purpose,
            decline_code="declined" if declined else None,
            message="Declined." if declined else None,
        )
        return self.charges.setdefault(order.payment_id, made)

    async def capture(self, order: HoldOrder) -> ProviderCharge:
        raise OutcomeUnknown(f"this bank holds nothing, and not {order.charge_id}")

    async def void(self, order: HoldOrder) -> ProviderCharge:
        raise OutcomeUnknown(f"this bank holds nothing, and not {order.charge_id}")

    async def find(self, organizer_id: UUID, payment_id: UUID) -> ProviderCharge | None:
        found = self.charges.get(payment_id)
        return found if found and found.organizer_id == organizer_id else None

    async def read(self, organizer_id: UUID, charge_id: str) -> ProviderCharge | None:
        return await self.find(organizer_id, UUID(charge_id.removeprefix("ch_")))

    async def charges_since(self, moment: datetime) -> AsyncIterator[ProviderCharge]:
        for one in list(self.charges.values()) if moment < datetime.now(UTC) else ():
            yield one

    async def refund(self, order: RefundOrder) -> str:
        known = order.refund_id in self.refunds
        if not known and self.kept(order.charge_id) < order.amount.amount:
            raise RefundRejected("more than is left")
        self.refunds[order.refund_id] = order
        return f"re_{order.refund_id}"

    def read_webhook(self, organizer_id: UUID, headers: Mapping[str, str], body: bytes) -> Hint:
        notice = msgspec.json.decode(body, type=_Notice)
        return Hint(event_id=notice.event_id, kind="charge", charge_id=notice.charge_id)

    async def close(self) -> None:
        """There is nothing to let go of."""

    def settle(self, payment_id: UUID, status: PaymentStatus) -> bytes:
        """A slow card's charge ends so; the webhook that says it."""
        before = self.charges[payment_id]
        self.charges[payment_id] = msgspec.structs.replace(before, status=status)
        return self.webhook(payment_id)

    def webhook(self, payment_id: UUID) -> bytes:
        return msgspec.json.encode(_Notice(event_id=str(new_id()), charge_id=f"ch_{payment_id}"))

    def kept(self, charge_id: str) -> int:
        """What came by the charge and did not go back, in minor units."""
        charge = self.charges[UUID(charge_id.removeprefix("ch_"))]
        came = charge.amount.amount if charge.status is PaymentStatus.SUCCEEDED else 0
        back = (one.amount.amount for one in self.refunds.values() if one.charge_id == charge_id)
        return came - sum(back)

    def kept_for(self, reference: UUID) -> int:
        """The same of all charges for the reference."""
        whose = (one.id for one in self.charges.values() if one.reference == reference)
        return sum(self.kept(one) for one in whose if one is not None)
