"""What refunds would be made of, before anything is promised: for a dry run."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.payments import rows
from boxoffice.services.payments.rules import PAID, Balance, RefundParts, parts_of
from boxoffice.services.payments.tables import PaymentRow
from boxoffice.services.payments.tables_gift_cards import GiftCardRow


async def foreseen(tx: Transaction, amounts: Mapping[UUID, int]) -> dict[UUID, RefundParts]:
    """Of each reference, what would be given back for it; chosen as `promise` chooses."""
    found = await tx.session.execute(
        select(PaymentRow, GiftCardRow.for_tests)
        .outerjoin(
            GiftCardRow,
            (GiftCardRow.organizer_id == PaymentRow.organizer_id)
            & (GiftCardRow.id == PaymentRow.gift_card_id),
        )
        .where(PaymentRow.organizer_id == tx.tenant, PaymentRow.reference.in_(amounts))
        .order_by(PaymentRow.id)
    )
    balances: defaultdict[UUID, list[Balance]] = defaultdict(list)
    tests: set[UUID] = set()
    for row, for_tests in found:
        if row.status in PAID and not row.apart:
            balances[row.reference].append(rows.balance(row))
            if for_tests:
                tests.add(row.id)
    return {one: parts_of(amount, balances[one], tests) for one, amount in amounts.items()}
