"""Rows of payments: found, locked, shown."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select, update

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments.rules import UNSETTLED, Balance, PaymentStatus, Standing
from boxoffice.services.payments.tables import PaymentRow, RefundRow
from boxoffice.services.payments.views import PaymentView, RefundView


def view(row: PaymentRow) -> PaymentView:
    return PaymentView(
        id=row.id,
        status=row.status,
        amount=Money(amount=row.amount, currency=row.currency),
        decline_code=row.decline_code,
        message=row.message,
        created_at=row.created_at,
        authorised_until=row.authorised_until,
    )


def refund_view(row: RefundRow) -> RefundView:
    return RefundView(
        id=row.id,
        payment_id=row.payment_id,
        status=row.status,
        amount=Money(amount=row.amount, currency=row.currency),
        created_at=row.created_at,
    )


def balance(row: PaymentRow) -> Balance:
    return Balance(row.id, row.captured - row.moved, row.refunded, row.gift_card_id is not None)


def left(row: PaymentRow) -> int:
    """What came, is not for another reference by now, and was not promised back."""
    return row.captured - row.moved - row.refunded


async def of_reference(
    tx: Transaction, organizer_id: UUID, reference: UUID
) -> Sequence[PaymentRow]:
    """The payments for a reference, oldest first."""
    return (await tx.session.scalars(_of_reference(organizer_id, reference))).all()


async def lock_of_reference(
    tx: Transaction, organizer_id: UUID, reference: UUID
) -> Sequence[PaymentRow]:
    """The same, locked in that order, and as they are under their locks."""
    wanted = _of_reference(organizer_id, reference).with_for_update(key_share=True)
    return (await tx.session.scalars(wanted.execution_options(populate_existing=True))).all()


async def take_in(tx: Transaction, organizer_id: UUID, payment_id: UUID) -> None:
    """What came of it is the reference's from now on."""
    await tx.session.execute(
        update(PaymentRow)
        .where(PaymentRow.organizer_id == organizer_id, PaymentRow.id == payment_id)
        .values(apart=False)
    )


async def is_live(tx: Transaction, reference: UUID, purpose: UUID | None) -> bool:
    """Whether a payment stands for that purpose, or for the reference as a whole."""
    found = await tx.session.scalar(
        select(PaymentRow.id).where(
            PaymentRow.organizer_id == tx.tenant,
            PaymentRow.reference == reference,
            PaymentRow.purpose == purpose,
            PaymentRow.live,
        )
    )
    return found is not None


async def find(tx: Transaction, organizer_id: UUID, payment_id: UUID) -> PaymentRow | None:
    return await tx.session.scalar(_one(organizer_id, payment_id))


async def shown(tx: Transaction, organizer_id: UUID, payment_id: UUID) -> PaymentView:
    """The payment as it is now, or `NotFound`."""
    row = await find(tx, organizer_id, payment_id)
    if row is None:
        raise NotFound
    return view(row)


async def lock(tx: Transaction, organizer_id: UUID, payment_id: UUID) -> PaymentRow | None:
    """The payment, locked until the transaction ends."""
    return await tx.session.scalar(
        _one(organizer_id, payment_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def standing(rows: Sequence[PaymentRow]) -> Standing | None:
    """How a reference with these payments stands; None without any. What is `apart` is not its."""
    rows = [row for row in rows if not row.apart]
    if not rows:
        return None
    currency = rows[0].currency
    return Standing(
        paid=Money(amount=sum(row.captured - row.moved for row in rows), currency=currency),
        refunded=Money(amount=sum(row.refunded for row in rows), currency=currency),
        under_way=any(row.status in UNSETTLED for row in rows),
        gone_back=all(
            row.status is PaymentStatus.REFUNDED for row in rows if row.captured > row.moved
        ),
    )


async def standings(
    tx: Transaction, organizer_id: UUID, references: Collection[UUID]
) -> dict[UUID, Standing]:
    """How each of these references stands that has payments."""
    found = await tx.session.scalars(
        select(PaymentRow)
        .where(PaymentRow.organizer_id == organizer_id, PaymentRow.reference.in_(references))
        .order_by(PaymentRow.id)
    )
    by_reference: defaultdict[UUID, list[PaymentRow]] = defaultdict(list)
    for row in found:
        by_reference[row.reference].append(row)
    stood = {reference: standing(payments) for reference, payments in by_reference.items()}
    return {reference: one for reference, one in stood.items() if one is not None}


def _one(organizer_id: UUID, payment_id: UUID):
    return select(PaymentRow).where(
        PaymentRow.organizer_id == organizer_id, PaymentRow.id == payment_id
    )


def _of_reference(organizer_id: UUID, reference: UUID):
    return (
        select(PaymentRow)
        .where(PaymentRow.organizer_id == organizer_id, PaymentRow.reference == reference)
        .order_by(PaymentRow.id)
    )
