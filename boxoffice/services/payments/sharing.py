"""One payment's money for several references: what is moved on becomes a payment of its own, a
*part* of the one that was charged.

A part has its own reference, and is refunded, counted and shared on like any other; the provider
knows it by the charge of its root. Nothing is asked of the provider here. Each row guards its own
money (`refunded + moved <= captured`) under its own lock, so a refund and a share never spend the
same: payments of one reference are locked sorted by id, as for refunds.
"""

from collections.abc import Mapping
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments import rows
from boxoffice.services.payments.refunds import close
from boxoffice.services.payments.refusals import TooMuchToShare
from boxoffice.services.payments.rules import PAID, PaymentStatus, spread_at_most
from boxoffice.services.payments.tables import PaymentRow
from boxoffice.services.payments.views import PartView


async def share(
    tx: Transaction, payment_id: UUID, shares: Mapping[UUID, Money]
) -> dict[UUID, PartView]:
    """See `api.Payments.share`."""
    row = await rows.lock(tx, tx.tenant, payment_id)
    if row is None:
        raise NotFound
    wanted = sum(one.amount for one in shares.values())
    if (
        row.status not in PAID
        or row.apart
        or any(one.amount <= 0 or one.currency != row.currency for one in shares.values())
        or wanted > rows.left(row)
    ):
        raise TooMuchToShare
    parts = {
        reference: await _part(tx, row, reference, one.amount) for reference, one in shares.items()
    }
    await close(tx, row)
    return parts


async def pass_on(
    tx: Transaction, *, reference: UUID, to: UUID, amount: Money, payment_id: UUID | None
) -> list[PartView]:
    """See `api.Payments.pass_on`."""
    payments = await rows.lock_of_reference(tx, tx.tenant, reference)
    holding = {
        row.id: row
        for row in payments
        if row.status in PAID and not row.apart and row.currency == amount.currency
        # Another charge for the reference itself came twice, and is on its way back.
        if row.gift_card_id or row.purpose or row.part_of or row.id == payment_id
    }
    parts: list[PartView] = []
    for part in spread_at_most(amount.amount, [rows.balance(row) for row in holding.values()]):
        row = holding[part.payment_id]
        parts.append(await _part(tx, row, to, part.amount))
        await close(tx, row)
    return parts


async def _part(tx: Transaction, row: PaymentRow, reference: UUID, amount: int) -> PartView:
    part = PaymentRow(
        organizer_id=row.organizer_id,
        id=new_id(),
        reference=reference,
        part_of=row.part_of or row.id,
        provider=row.provider,
        status=PaymentStatus.SUCCEEDED,
        live=False,
        amount=amount,
        currency=row.currency,
        captured=amount,
        charge_id=row.charge_id,
        gift_card_id=row.gift_card_id,
        settled_at=await tx.now(),
    )
    row.moved += amount
    tx.session.add(part)
    await tx.session.flush()
    return PartView(
        id=part.id,
        taken_from=row.id,
        reference=reference,
        amount=Money(amount=amount, currency=row.currency),
        gift_card_id=row.gift_card_id,
    )
