"""Paying orders with gift cards, in the transactions of whoever locks the order.

What a card is to pay leaves its balance at once, as a payment that is `pending`; that succeeds when
the order is confirmed, and fails when the order comes to nothing: then the money is back, once.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.payments.gift_cards import ledger
from boxoffice.services.payments.gift_cards.codes import code_hash
from boxoffice.services.payments.gift_cards.ledger import Movement
from boxoffice.services.payments.gift_cards.refusals import (
    GiftCardEmpty,
    GiftCardNotUsedHere,
    GiftCardUnknown,
)
from boxoffice.services.payments.gift_cards.rules import (
    EntryKind,
    GiftCardStatus,
    check_another,
    check_spendable,
    split,
    status_of,
)
from boxoffice.services.payments.gift_cards.views import CardPart, GiftCardUse
from boxoffice.services.payments.rules import PaymentStatus
from boxoffice.services.payments.tables_gift_cards import GiftCardRow

PROVIDER = "gift_card"
_PAY = """
INSERT INTO payments.payments
    (organizer_id, id, reference, provider, status, live, amount, currency, gift_card_id)
VALUES ($1, $2, $3, $4, $5, false, $6, $7, $8)
"""
_LOCK = """
SELECT id FROM payments.payments WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
"""
_SETTLE = """
UPDATE payments.payments
SET status = $3, captured = amount, settled_at = clock_timestamp()
WHERE organizer_id = $1 AND reference = ANY($2::uuid[]) AND status = $4
  AND gift_card_id IS NOT NULL
"""
_SETTLE_THESE = """
UPDATE payments.payments
SET status = $3, captured = amount, settled_at = clock_timestamp()
WHERE organizer_id = $1 AND id = ANY($2::uuid[])
"""
_LET_GO = """
UPDATE payments.payments SET status = $3, decline_code = 'let_go', settled_at = clock_timestamp()
WHERE organizer_id = $1 AND reference = ANY($2::uuid[]) AND status = $4
  AND gift_card_id IS NOT NULL AND ($5::uuid[] IS NULL OR id = ANY($5))
RETURNING id, reference, gift_card_id, amount
"""


class Paying(msgspec.Struct, frozen=True, kw_only=True):
    """A locked order, what it costs, and the cards that pay for it so far. `tests`: whoever asks
    may use cards that are for tests.
    """

    reference: UUID
    total: Money
    uses: tuple[GiftCardUse, ...] = ()
    tests: bool = False

    @property
    def due(self) -> Money:
        """What no card pays."""
        paid = sum(use.amount for use in self.uses)
        return Money(amount=self.total.amount - paid, currency=self.total.currency)


class SpendingGiftCards:
    """Every verb gives the cards that pay from then on. Cards are locked last of all."""

    async def add(self, tx: Transaction, paying: Paying, code: str) -> tuple[GiftCardUse, ...]:
        """Another card pays as much as it can of what is due. `GiftCardUnknown`, `GiftCardEmpty`,
        `GiftCardExpired`, `GiftCardVoid`, `GiftCardCurrency`, `GiftCardForTests`,
        `GiftCardUsedHere`, `TooManyGiftCards`, `NothingToPay`.
        """
        card_id = await _by_code(tx, code)
        check_another([use.gift_card_id for use in paying.uses], card_id)
        card = await ledger.lock_one(tx, card_id)
        due, now = paying.due, await tx.now()
        check_spendable(ledger.state(card), due=due, tests=paying.tests, now=now)
        (amount,) = split(due.amount, [card.balance])
        return (*paying.uses, await _take(tx, paying.reference, card, amount))

    async def remove(
        self, tx: Transaction, paying: Paying, card_id: UUID
    ) -> tuple[GiftCardUse, ...]:
        """That card pays nothing, the others more if they can. `GiftCardNotUsedHere`."""
        if card_id not in {use.gift_card_id for use in paying.uses}:
            raise GiftCardNotUsedHere
        return await self._fit(tx, paying, without=card_id)

    async def fit(self, tx: Transaction, paying: Paying) -> tuple[GiftCardUse, ...]:
        """The order costs something else: the cards pay less, or more if they can."""
        return await self._fit(tx, paying)

    async def settle(self, tx: Transaction, references: Collection[UUID]) -> None:
        """These orders are confirmed: what the cards pay is paid."""
        await tx.connection.exec_driver_sql(
            _SETTLE,
            (tx.tenant, list(references), PaymentStatus.SUCCEEDED, PaymentStatus.PENDING),
        )

    async def let_go(self, tx: Transaction, references: Collection[UUID]) -> set[UUID]:
        """These orders came to nothing: the cards have their money back. Those that had any."""
        return {row.reference for row in await _let_go(tx, references)}

    async def look(
        self, tx: Transaction, due: Money, parts: Sequence[CardPart], code: str, *, tests: bool
    ) -> CardPart:
        """What another card could pay of what is `due` besides those parts; it keeps its money.
        The refusals are those of `add`.
        """
        card_id = await _by_code(tx, code)
        check_another([part.gift_card_id for part in parts], card_id)
        card = await ledger.lock_one(tx, card_id)
        check_spendable(ledger.state(card), due=due, tests=tests, now=await tx.now())
        (amount,) = split(due.amount, [card.balance])
        return CardPart(gift_card_id=card.id, code_end=card.code_end, amount=amount)

    async def spend(
        self, tx: Transaction, reference: UUID, currency: str, parts: Sequence[CardPart]
    ) -> tuple[GiftCardUse, ...]:
        """These cards pay these parts now. `GiftCardEmpty` and the like, if one of them cannot any
        more.
        """
        if not parts:
            return ()
        cards, now = await ledger.lock(tx, [part.gift_card_id for part in parts]), await tx.now()
        uses: list[GiftCardUse] = []
        for part in parts:
            card = cards[part.gift_card_id]
            due = Money(amount=part.amount, currency=currency)
            check_spendable(ledger.state(card), due=due, tests=True, now=now)
            if card.balance < part.amount:
                raise GiftCardEmpty
            uses.append(await _take(tx, reference, card, part.amount))
        await tx.connection.exec_driver_sql(
            _SETTLE_THESE,
            (tx.tenant, [use.payment_id for use in uses], PaymentStatus.SUCCEEDED),
        )
        return tuple(uses)

    async def _fit(
        self, tx: Transaction, paying: Paying, *, without: UUID | None = None
    ) -> tuple[GiftCardUse, ...]:
        await _lock(tx, paying.uses)
        cards = await ledger.lock(tx, [use.gift_card_id for use in paying.uses])
        now = await tx.now()
        kept = [use for use in paying.uses if use.gift_card_id != without]
        most = [
            use.amount
            + (
                cards[use.gift_card_id].balance
                if status_of(ledger.state(cards[use.gift_card_id]), now=now)
                is GiftCardStatus.ACTIVE
                else 0
            )
            for use in kept
        ]
        parts = {
            use.gift_card_id: part
            for use, part in zip(kept, split(paying.total.amount, most), strict=True)
        }
        changed = [use for use in paying.uses if parts.get(use.gift_card_id) != use.amount]
        if changed:
            await _let_go(tx, [paying.reference], only=[use.payment_id for use in changed])
        uses: list[GiftCardUse] = []
        for use in kept:
            part = parts[use.gift_card_id]
            if use not in changed:
                uses.append(use)
            elif part:
                uses.append(await _take(tx, paying.reference, cards[use.gift_card_id], part))
        return tuple(uses)


async def _lock(tx: Transaction, uses: Collection[GiftCardUse]) -> None:
    """The payments, before their cards: so do refunds and whoever lets go."""
    await tx.connection.exec_driver_sql(_LOCK, (tx.tenant, [use.payment_id for use in uses]))


async def _by_code(tx: Transaction, code: str) -> UUID:
    found = await tx.session.scalar(
        select(GiftCardRow.id).where(
            GiftCardRow.organizer_id == tx.tenant,
            GiftCardRow.code_hash == code_hash(tx.tenant, code),
        )
    )
    if found is None:
        raise GiftCardUnknown
    return found


async def _take(tx: Transaction, reference: UUID, card: GiftCardRow, amount: int) -> GiftCardUse:
    payment_id = new_id()
    await tx.connection.exec_driver_sql(
        _PAY,
        (
            *(tx.tenant, payment_id, reference, PROVIDER, PaymentStatus.PENDING),
            *(amount, card.currency, card.id),
        ),
    )
    movement = Movement(
        kind=EntryKind.SPENT, amount=-amount, reference=reference, payment_id=payment_id
    )
    await ledger.book(tx, card.id, movement)
    return GiftCardUse(
        gift_card_id=card.id, payment_id=payment_id, code_end=card.code_end, amount=amount
    )


async def _let_go(
    tx: Transaction, references: Collection[UUID], *, only: Sequence[UUID] | None = None
) -> Sequence[Any]:
    moved = await tx.connection.exec_driver_sql(
        _LET_GO,
        (tx.tenant, list(references), PaymentStatus.FAILED, PaymentStatus.PENDING, only),
    )
    rows = moved.all()
    if rows:
        await ledger.lock(tx, [row.gift_card_id for row in rows])
    for row in rows:
        movement = Movement(
            kind=EntryKind.GIVEN_BACK,
            amount=row.amount,
            reference=row.reference,
            payment_id=row.id,
        )
        await ledger.book(tx, row.gift_card_id, movement)
    return rows
