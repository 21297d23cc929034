"""Refunding as store credit: the money stays with the organizer, the buyer gets a gift card for it.

What a gift card for tests has paid was no money: it goes back to that card. One transaction, once
per key: the refunds have succeeded when the card is there.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.payments import rows
from boxoffice.services.payments.facts import GiftCardIssued
from boxoffice.services.payments.gift_cards import ledger
from boxoffice.services.payments.gift_cards.codes import CardCodes
from boxoffice.services.payments.gift_cards.issuing import NewCard, issue
from boxoffice.services.payments.gift_cards.refunding import give_back
from boxoffice.services.payments.promising import promise
from boxoffice.services.payments.refunds import succeeded
from boxoffice.services.payments.rules import RefundStatus
from boxoffice.services.payments.tables import PaymentRow, RefundRow
from boxoffice.services.payments.views import RefundView


class Crediting:
    """Gives money back as gift cards."""

    def __init__(self, db: Database, codes: CardCodes) -> None:
        self._db = db
        self._codes = codes

    async def refund(
        self, organizer_id: UUID, *, reference: UUID, amount: Money, key: str, note: str
    ) -> list[RefundView]:
        """See `api.Payments.refund_as_gift_card`."""
        async with self._db.begin(organizer_id) as tx:
            promised = await promise(tx, organizer_id, reference, amount, key, None)
            refunds = await _refunds(tx, promised)
            if all(refund.status is RefundStatus.CREATED for refund in refunds):
                await self._give(tx, refunds, note)
            return [rows.refund_view(refund) for refund in refunds]

    async def _give(self, tx: Transaction, refunds: Sequence[RefundRow], note: str) -> None:
        payments = await _payments(tx, refunds)
        tests = await _for_tests(tx, payments.values())
        if credited := [one for one in refunds if payments[one.payment_id].id not in tests]:
            await self._credit(tx, credited, note)
        for refund in refunds:
            payment = payments[refund.payment_id]
            if payment.id in tests:
                await give_back(tx, payment, refund)
            await succeeded(tx, payment, refund)

    async def _credit(self, tx: Transaction, refunds: Sequence[RefundRow], note: str) -> None:
        """One new card with all of these on it."""
        first, amount = refunds[0], sum(refund.amount for refund in refunds)
        value = Money(amount=amount, currency=first.currency)
        card = NewCard(value=value, note=note, reference=first.reference, issue_key=first.key)
        row = await issue(tx, self._codes, card)
        for refund in refunds:
            refund.gift_card_id = row.id
        tx.tell(
            GiftCardIssued(organizer_id=tx.tenant, gift_card_id=row.id, reference=first.reference)
        )


async def _payments(tx: Transaction, refunds: Sequence[RefundRow]) -> dict[UUID, PaymentRow]:
    """Those that the refunds come out of, which the promise has locked."""
    found = await tx.session.scalars(
        select(PaymentRow).where(
            PaymentRow.organizer_id == tx.tenant,
            PaymentRow.id.in_([refund.payment_id for refund in refunds]),
        )
    )
    return {row.id: row for row in found}


async def _for_tests(tx: Transaction, payments: Collection[PaymentRow]) -> set[UUID]:
    """The payments by cards that are for tests; their cards are locked."""
    by_card = {row.id: row.gift_card_id for row in payments if row.gift_card_id is not None}
    cards = await ledger.lock(tx, by_card.values())
    return {payment_id for payment_id, card_id in by_card.items() if cards[card_id].for_tests}


async def _refunds(tx: Transaction, refund_ids: Sequence[UUID]) -> Sequence[RefundRow]:
    await tx.session.flush()
    found = await tx.session.scalars(
        select(RefundRow)
        .where(RefundRow.organizer_id == tx.tenant, RefundRow.id.in_(refund_ids))
        .order_by(RefundRow.id)
    )
    return found.all()
