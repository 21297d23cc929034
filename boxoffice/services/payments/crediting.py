"""Refunding as store credit: the money stays with the organizer, the buyer gets a gift card for it.

One transaction, once per key: the refunds have succeeded when the card is there.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments import rows
from boxoffice.services.payments.facts import GiftCardIssued
from boxoffice.services.payments.gift_cards.codes import CardCodes
from boxoffice.services.payments.gift_cards.issuing import NewCard, issue
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
                card = NewCard(value=amount, note=note, reference=reference, issue_key=key)
                await self._credit(tx, card, refunds)
            return [rows.refund_view(refund) for refund in refunds]

    async def _credit(self, tx: Transaction, card: NewCard, refunds: Sequence[RefundRow]) -> None:
        row = await issue(tx, self._codes, card)
        for refund in refunds:
            payment = await tx.session.get(PaymentRow, (tx.tenant, refund.payment_id))
            if payment is None:
                raise NotFound
            refund.gift_card_id = row.id
            await succeeded(tx, payment, refund)
        tx.tell(
            GiftCardIssued(
                organizer_id=tx.tenant, gift_card_id=row.id, reference=refunds[0].reference
            )
        )


async def _refunds(tx: Transaction, refund_ids: Sequence[UUID]) -> Sequence[RefundRow]:
    await tx.session.flush()
    found = await tx.session.scalars(
        select(RefundRow)
        .where(RefundRow.organizer_id == tx.tenant, RefundRow.id.in_(refund_ids))
        .order_by(RefundRow.id)
    )
    return found.all()
