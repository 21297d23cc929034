"""What the provider says becomes what we know: the only place where a payment's status moves."""

from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments import rows
from boxoffice.services.payments.facts import PaymentFailed, PaymentSucceeded
from boxoffice.services.payments.providers.port import ProviderCharge
from boxoffice.services.payments.rules import PaymentStatus, next_status
from boxoffice.services.payments.tables import PaymentRow

log = structlog.get_logger(__name__)


async def settle(tx: Transaction, row: PaymentRow, seen: ProviderCharge) -> None:
    """Record what the provider's book says of a locked payment, and report what is new."""
    if seen.amount != Money(amount=row.amount, currency=row.currency):
        log.error("charge_of_another_amount", payment_id=str(row.id), charge_id=seen.id)
        return
    row.charge_id = seen.id or row.charge_id
    following = next_status(row.status, seen.status)
    if following is None:
        return
    row.status, row.decline_code, row.message = following, seen.decline_code, seen.message
    match following:
        case PaymentStatus.SUCCEEDED:
            await _succeed(tx, row)
        case PaymentStatus.FAILED:
            await _fail(tx, row)
        case _:
            row.live = row.live or not await _another_is_live(tx, row)


async def fail(tx: Transaction, row: PaymentRow, *, code: str, message: str) -> None:
    """Record that the money will not come; no news for a payment that has ended."""
    if next_status(row.status, PaymentStatus.FAILED) is None:
        return
    row.status, row.decline_code, row.message = PaymentStatus.FAILED, code, message
    await _fail(tx, row)


async def apply(tx: Transaction, organizer_id: UUID, provider: str, seen: ProviderCharge) -> bool:
    """Settle the payment that the charge belongs to, which is made if we have lost it.

    False for a charge that was never ours.
    """
    if seen.organizer_id != organizer_id or seen.payment_id is None or seen.reference is None:
        log.warning("charge_is_not_ours", charge_id=seen.id)
        return False
    row = await rows.lock(tx, organizer_id, seen.payment_id)
    if row is None:
        row = await _adopt(tx, organizer_id, provider, seen)
    await settle(tx, row, seen)
    return True


def is_of_a_stranger(error: IntegrityError) -> bool:
    """Whether it failed because there is no such organizer here."""
    return getattr(error.orig, "sqlstate", "") == "23503"


async def _adopt(
    tx: Transaction, organizer_id: UUID, provider: str, seen: ProviderCharge
) -> PaymentRow:
    log.warning("charge_without_payment", charge_id=seen.id, payment_id=str(seen.payment_id))
    row = PaymentRow(
        organizer_id=organizer_id,
        id=seen.payment_id or new_id(),
        reference=seen.reference,
        provider=provider,
        status=PaymentStatus.CREATED,
        live=False,
        amount=seen.amount.amount,
        currency=seen.amount.currency,
        captured=0,
        refunded=0,
    )
    tx.session.add(row)
    await tx.session.flush()
    return row


async def _succeed(tx: Transaction, row: PaymentRow) -> None:
    row.captured, row.settled_at = row.amount, await tx.now()
    row.live = row.live or not await _another_is_live(tx, row)
    tx.tell(
        PaymentSucceeded(organizer_id=row.organizer_id, payment_id=row.id, reference=row.reference)
    )


async def _fail(tx: Transaction, row: PaymentRow) -> None:
    row.live, row.settled_at = False, await tx.now()
    tx.tell(
        PaymentFailed(organizer_id=row.organizer_id, payment_id=row.id, reference=row.reference)
    )


async def _another_is_live(tx: Transaction, row: PaymentRow) -> bool:
    found = await tx.session.scalar(
        select(PaymentRow.id).where(
            PaymentRow.organizer_id == row.organizer_id,
            PaymentRow.reference == row.reference,
            PaymentRow.live,
            PaymentRow.id != row.id,
        )
    )
    return found is not None
