"""Money of a confirmed order that goes back to the card it came from."""

from boxoffice.data.transaction import Transaction
from boxoffice.services.payments.gift_cards import ledger
from boxoffice.services.payments.gift_cards.ledger import Movement
from boxoffice.services.payments.gift_cards.rules import EntryKind, expires_after_refund
from boxoffice.services.payments.tables import PaymentRow, RefundRow


async def give_back(tx: Transaction, payment: PaymentRow, refund: RefundRow) -> None:
    """Book a refund of a locked payment onto its card, which then lasts long enough to spend it.

    On a card that was voided meanwhile the money stands until staff decide about it.
    """
    if payment.gift_card_id is None:
        return
    card = await ledger.lock_one(tx, payment.gift_card_id)
    card.expires_at = expires_after_refund(card.expires_at, now=await tx.now())
    movement = Movement(
        kind=EntryKind.GIVEN_BACK,
        amount=refund.amount,
        reference=refund.reference,
        payment_id=payment.id,
    )
    await ledger.book(tx, card.id, movement)
