"""New gift cards, by staff and in the course of a refund."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments.gift_cards import ledger
from boxoffice.services.payments.gift_cards.codes import SHOWN, CardCodes, code_hash
from boxoffice.services.payments.gift_cards.ledger import Movement
from boxoffice.services.payments.gift_cards.rules import EntryKind, check_issue
from boxoffice.services.payments.tables_gift_cards import GiftCardRow


class NewCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a card is to be; with `reference` and `issue_key` it is made for that order, once."""

    value: Money
    expires_at: datetime | None = None
    note: str = ""
    for_tests: bool = False
    reference: UUID | None = None
    issue_key: str | None = None
    because: str = ""
    made_by: str = ""


async def issue(tx: Transaction, codes: CardCodes, card: NewCard) -> GiftCardRow:
    """A card with its value booked onto it."""
    now, card_id = await tx.now(), new_id()
    check_issue(expires_at=card.expires_at, now=now)
    code = codes.new(tx.tenant, card_id)
    row = GiftCardRow(
        organizer_id=tx.tenant,
        id=card_id,
        code_hash=code_hash(tx.tenant, code),
        code_end=code[-SHOWN:],
        currency=card.value.currency,
        value=card.value.amount,
        balance=0,
        note=card.note.strip(),
        for_tests=card.for_tests,
        expires_at=card.expires_at,
        reference=card.reference,
        issue_key=card.issue_key,
        created_at=now,
    )
    tx.session.add(row)
    await ledger.book(
        tx,
        card_id,
        Movement(
            kind=EntryKind.ISSUED,
            amount=card.value.amount,
            reference=card.reference,
            because=card.because,
            made_by=card.made_by,
        ),
    )
    return await ledger.find(tx, card_id)
