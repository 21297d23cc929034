"""The book of gift cards: the only place where a card's money moves.

Cards are locked sorted by id, after orders and payments; a balance is read after that, and moves by
a delta together with the entry that says why.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments.gift_cards.refusals import GiftCardNotFound
from boxoffice.services.payments.gift_cards.rules import CardState, EntryKind, status_of
from boxoffice.services.payments.gift_cards.views import GiftCardEntryView, GiftCardView
from boxoffice.services.payments.tables_gift_cards import GiftCardEntryRow, GiftCardRow

_LOCK = """
SELECT id FROM payments.gift_cards WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
"""
_BOOK = """
WITH moved AS (
    UPDATE payments.gift_cards SET balance = balance + $3
    WHERE organizer_id = $1 AND id = $2 RETURNING balance)
INSERT INTO payments.gift_card_entries (organizer_id, id, gift_card_id, kind, amount, balance,
    reference, payment_id, because, made_by)
SELECT $1, $4, $2, $5, $3, moved.balance, $6, $7, $8, $9 FROM moved
"""


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """Money onto a card, or off it if `amount` is negative, in minor units."""

    kind: EntryKind
    amount: int
    reference: UUID | None = None
    payment_id: UUID | None = None
    because: str = ""
    made_by: str = ""


async def lock(tx: Transaction, card_ids: Collection[UUID]) -> dict[UUID, GiftCardRow]:
    """The cards as they are under their locks."""
    ids = sorted(set(card_ids))
    await tx.connection.exec_driver_sql(_LOCK, (tx.tenant, ids))
    found = await tx.session.scalars(
        select(GiftCardRow)
        .where(GiftCardRow.organizer_id == tx.tenant, GiftCardRow.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in found}


async def lock_one(tx: Transaction, card_id: UUID) -> GiftCardRow:
    """That card, locked; `GiftCardNotFound`."""
    found = await lock(tx, [card_id])
    if card_id not in found:
        raise GiftCardNotFound
    return found[card_id]


async def find(tx: Transaction, card_id: UUID) -> GiftCardRow:
    """The card as it is now, or `GiftCardNotFound`."""
    row = await tx.session.get(GiftCardRow, (tx.tenant, card_id), populate_existing=True)
    if row is None:
        raise GiftCardNotFound
    return row


async def book(tx: Transaction, card_id: UUID, movement: Movement) -> None:
    """Move money of a locked card; read the card anew to see what is left."""
    await tx.session.flush()
    await tx.connection.exec_driver_sql(
        _BOOK,
        (
            *(tx.tenant, card_id, movement.amount, new_id(), movement.kind.value),
            *(movement.reference, movement.payment_id, movement.because, movement.made_by),
        ),
    )


async def entries(tx: Transaction, card: GiftCardRow) -> list[GiftCardEntryView]:
    """All that happened to the card's money, newest first."""
    found = await tx.session.scalars(
        select(GiftCardEntryRow)
        .where(GiftCardEntryRow.organizer_id == tx.tenant, GiftCardEntryRow.gift_card_id == card.id)
        .order_by(GiftCardEntryRow.id.desc())
    )
    return [_entry(row, card.currency) for row in found]


def state(row: GiftCardRow) -> CardState:
    return CardState(
        id=row.id,
        currency=row.currency,
        balance=row.balance,
        expires_at=row.expires_at,
        voided=row.voided_at is not None,
        for_tests=row.for_tests,
    )


def view(row: GiftCardRow, *, now: datetime) -> GiftCardView:
    return GiftCardView(
        id=row.id,
        code_end=row.code_end,
        status=status_of(state(row), now=now),
        value=Money(amount=row.value, currency=row.currency),
        balance=Money(amount=row.balance, currency=row.currency),
        note=row.note,
        for_tests=row.for_tests,
        expires_at=row.expires_at,
        reference=row.reference,
        created_at=row.created_at,
    )


def _entry(row: GiftCardEntryRow, currency: str) -> GiftCardEntryView:
    return GiftCardEntryView(
        id=row.id,
        kind=EntryKind(row.kind),
        amount=Money(amount=row.amount, currency=currency),
        balance=Money(amount=row.balance, currency=currency),
        reference=row.reference,
        because=row.because,
        created_at=row.created_at,
    )
