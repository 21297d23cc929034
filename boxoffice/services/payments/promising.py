"""Promising money back: decided under the payments' locks, so never more than has come."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.idempotency import KeyReused
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments import rows
from boxoffice.services.payments.rules import PAID, RefundStatus, spread
from boxoffice.services.payments.tables import PaymentRow, RefundRow


async def promise(
    tx: Transaction,
    organizer_id: UUID,
    reference: UUID,
    amount: Money,
    key: str,
    payment_id: UUID | None,
) -> list[UUID]:
    """The refunds under this key: those of the first call, or new ones."""
    payments = await rows.lock_of_reference(tx, organizer_id, reference)
    earlier = await _under_key(tx, organizer_id, reference, key)
    if earlier:
        _check_same(earlier, amount)
        return [refund.id for refund in earlier]
    holding = {
        row.id: row
        for row in payments
        if row.status in PAID
        and row.currency == amount.currency
        # What came apart goes back alone.
        and (not row.apart if payment_id is None else row.id == payment_id)
    }
    parts = spread(amount.amount, [rows.balance(row) for row in holding.values()])
    return [_add(tx, holding[part.payment_id], part.amount, key) for part in parts]


def _add(tx: Transaction, payment: PaymentRow, amount: int, key: str) -> UUID:
    refund = RefundRow(
        organizer_id=payment.organizer_id,
        id=new_id(),
        payment_id=payment.id,
        reference=payment.reference,
        key=key,
        status=RefundStatus.CREATED,
        amount=amount,
        currency=payment.currency,
    )
    payment.refunded += amount
    tx.session.add(refund)
    return refund.id


def _check_same(earlier: Sequence[RefundRow], amount: Money) -> None:
    given = Money(amount=sum(one.amount for one in earlier), currency=earlier[0].currency)
    if given != amount:
        raise KeyReused


async def _under_key(
    tx: Transaction, organizer_id: UUID, reference: UUID, key: str
) -> Sequence[RefundRow]:
    found = await tx.session.scalars(
        select(RefundRow)
        .where(
            RefundRow.organizer_id == organizer_id,
            RefundRow.reference == reference,
            RefundRow.key == key,
        )
        .order_by(RefundRow.id)
    )
    return found.all()
