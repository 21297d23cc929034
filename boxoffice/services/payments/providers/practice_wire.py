"""The practice card company's JSON, and what it means to us."""

from datetime import UTC, datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.payments.providers.port import (
    ChargeOrder,
    Hint,
    OutcomeUnknown,
    ProviderCharge,
)
from boxoffice.services.payments.rules import PaymentStatus

T = TypeVar("T")
_STATUSES = {
    "processing": PaymentStatus.PENDING,
    "authorised": PaymentStatus.AUTHORISED,
    "succeeded": PaymentStatus.SUCCEEDED,
    "failed": PaymentStatus.FAILED,
    "voided": PaymentStatus.VOIDED,
}


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    merchant: str
    status: Literal["processing", "authorised", "succeeded", "failed", "voided"]
    amount: int
    currency: str
    reference: str
    idempotency_key: str
    decline_code: str | None
    message: str | None
    metadata: dict[str, str] = {}
    authorised_until: int | None = None

    def seen(self) -> ProviderCharge:
        """The charge in the port's words."""
        until = self.authorised_until
        return ProviderCharge(
            id=self.id,
            status=_STATUSES[self.status],
            amount=Money(amount=self.amount, currency=self.currency),
            organizer_id=_uuid(self.merchant),
            payment_id=_uuid(self.idempotency_key),
            reference=_uuid(self.reference),
            purpose=_uuid(self.metadata.get("purpose", "")),
            decline_code=self.decline_code,
            message=self.message,
            authorised_until=None if until is None else datetime.fromtimestamp(until, UTC),
        )


class Charges(msgspec.Struct, frozen=True, kw_only=True):
    data: list[Charge]
    has_more: bool


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    id: str


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    message: str
    charge: Charge | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    error: Failed


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """What an event is about, as far as it makes us look."""

    id: str
    object: str
    status: str = ""
    charge: str | None = None
    idempotency_key: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    type: str
    merchant: str
    object: Thing

    def hint(self) -> Hint:
        """What there is to look at."""
        match self.object.object:
            case "charge":
                says = _STATUSES.get(self.object.status)
                return Hint(event_id=self.id, kind=self.type, charge_id=self.object.id, says=says)
            case "refund":
                refund_id = _uuid(self.object.idempotency_key)
                return Hint(event_id=self.id, kind=self.type, refund_id=refund_id)
            case _:
                return Hint(event_id=self.id, kind=self.type)


def charge_request(order: ChargeOrder) -> bytes:
    """The body that asks for the charge: the same bytes for the same order."""
    return msgspec.json.encode(
        {
            "merchant": str(order.organizer_id),
            "amount": order.amount.amount,
            "currency": order.amount.currency,
            "source": order.source,
            "reference": str(order.reference),
            **({"metadata": {"purpose": str(order.purpose)}} if order.purpose else {}),
            **({} if order.capture else {"capture": False}),
        }
    )


def refused(body: bytes) -> Charge:
    """The charge in the answer about a refused card."""
    charge = decode(body, Failure).error.charge
    if charge is None:
        raise OutcomeUnknown("a refusal without a charge")
    return charge


def decode(body: bytes, kind: type[T]) -> T:
    """The answer as `kind`; an answer we cannot read leaves the outcome unknown."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise OutcomeUnknown(f"an unreadable answer: {error}") from error


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
