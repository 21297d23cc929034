"""What the provider says becomes what we know: the only place where a payment moves."""

from datetime import datetime
from uuid import UUID

import msgspec
import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.facts import Fact
from boxoffice.kernel.money import Money
from boxoffice.services.payments import rows
from boxoffice.services.payments.facts import (
    PaymentAuthorised,
    PaymentFailed,
    PaymentSucceeded,
    PaymentVoided,
)
from boxoffice.services.payments.providers.port import ProviderCharge
from boxoffice.services.payments.rules import PaymentStatus, sources
from boxoffice.services.payments.tables import PaymentRow
from boxoffice.services.payments.views import PaymentView

log = structlog.get_logger(__name__)

# A payment that had made way for another becomes live again only if no other is. Of one that we had
# lost we may not have known that its card was to hold the money.
_MOVE = """
UPDATE payments.payments AS p SET
    status = $3, charge_id = coalesce($4, charge_id), decline_code = $5, message = $6,
    captured = CASE WHEN $3 = 'succeeded' THEN amount ELSE captured END,
    settled_at = CASE WHEN $3 IN ('pending', 'authorised') THEN settled_at
                      ELSE clock_timestamp() END,
    authorised_until = coalesce($10, authorised_until),
    manual = manual OR $3 IN ('authorised', 'voided'),
    live = $3 NOT IN ('failed', 'voided') AND (wish IS DISTINCT FROM 'void' OR $3 = 'succeeded')
        AND (live OR NOT EXISTS (
        SELECT FROM payments.payments AS other WHERE other.organizer_id = p.organizer_id
        AND other.reference = p.reference
        AND coalesce(other.purpose, other.reference) = coalesce(p.purpose, p.reference)
        AND other.live))
WHERE organizer_id = $1 AND id = $2 AND status = ANY($7::text[])
  AND ($8::bigint IS NULL OR (amount = $8 AND currency = $9))
RETURNING reference, amount, currency, created_at, purpose, authorised_until
"""


_TOLD = {
    PaymentStatus.AUTHORISED: PaymentAuthorised,
    PaymentStatus.SUCCEEDED: PaymentSucceeded,
    PaymentStatus.FAILED: PaymentFailed,
    PaymentStatus.VOIDED: PaymentVoided,
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Where a payment is to go, and why. With `amount`, only if it is of exactly that much."""

    to: PaymentStatus
    charge_id: str | None = None
    decline_code: str | None = None
    message: str | None = None
    amount: Money | None = None
    authorised_until: datetime | None = None


async def move(
    tx: Transaction, organizer_id: UUID, payment_id: UUID, step: Step
) -> PaymentView | None:
    """Move the payment if the rules allow it from where it is, and report it; else None."""
    result = await tx.connection.exec_driver_sql(
        _MOVE,
        (
            *(organizer_id, payment_id, step.to, step.charge_id, step.decline_code, step.message),
            [str(status) for status in sources(step.to)],
            step.amount and step.amount.amount,
            step.amount and step.amount.currency,
            step.authorised_until,
        ),
    )
    row = result.first()
    if row is None:
        return None
    reference, amount, currency, created_at, purpose, authorised_until = tuple(row)
    tx.tell(*_reports(step.to, organizer_id, payment_id, reference, purpose))
    return PaymentView(
        id=payment_id,
        status=step.to,
        amount=Money(amount=amount, currency=currency),
        decline_code=step.decline_code,
        message=step.message,
        created_at=created_at,
        authorised_until=authorised_until,
    )


async def settle(
    tx: Transaction, organizer_id: UUID, payment_id: UUID, seen: ProviderCharge
) -> PaymentView | None:
    """Record what the provider's book says of the payment; None if that is no news."""
    step = Step(
        to=seen.status,
        charge_id=seen.id,
        decline_code=seen.decline_code,
        message=seen.message,
        amount=seen.amount,
        authorised_until=seen.authorised_until,
    )
    view = await move(tx, organizer_id, payment_id, step)
    if view is None:
        await _complain_of_another_amount(tx, organizer_id, payment_id, seen)
    return view


async def apply(tx: Transaction, organizer_id: UUID, provider: str, seen: ProviderCharge) -> bool:
    """Settle the payment that the charge belongs to, which is made if we have lost it.

    False for a charge that was never ours.
    """
    if seen.organizer_id != organizer_id or seen.payment_id is None or seen.reference is None:
        log.warning("charge_is_not_ours", charge_id=seen.id)
        return False
    if await rows.find(tx, organizer_id, seen.payment_id) is None:
        log.warning("charge_without_payment", charge_id=seen.id)
        await _adopt(tx, organizer_id, provider, seen)
    await settle(tx, organizer_id, seen.payment_id, seen)
    return True


def is_of_a_stranger(error: IntegrityError) -> bool:
    """Whether it failed because there is no such organizer here."""
    return getattr(error.orig, "sqlstate", "") == "23503"


def _reports(
    to: PaymentStatus,
    organizer_id: UUID,
    payment_id: UUID,
    reference: UUID,
    purpose: UUID | None,
) -> list[Fact]:
    kind = _TOLD.get(to)
    if kind is None:
        return []
    return [
        kind(
            organizer_id=organizer_id,
            payment_id=payment_id,
            reference=reference,
            purpose=purpose,
        )
    ]


async def _adopt(tx: Transaction, organizer_id: UUID, provider: str, seen: ProviderCharge) -> None:
    await tx.session.execute(
        insert(PaymentRow)
        .values(
            organizer_id=organizer_id,
            id=seen.payment_id,
            reference=seen.reference,
            purpose=seen.purpose,
            provider=provider,
            status=PaymentStatus.CREATED,
            live=False,
            amount=seen.amount.amount,
            currency=seen.amount.currency,
            manual=seen.authorised_until is not None,
        )
        .on_conflict_do_nothing()
    )


async def _complain_of_another_amount(
    tx: Transaction, organizer_id: UUID, payment_id: UUID, seen: ProviderCharge
) -> None:
    row = await rows.find(tx, organizer_id, payment_id)
    if row is not None and seen.amount != Money(amount=row.amount, currency=row.currency):
        log.error("charge_of_another_amount", payment_id=str(payment_id), charge_id=seen.id)
