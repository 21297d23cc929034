"""Booking out what has expired. That it cannot be spent needs no job: the time alone says so."""

from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.services.payments.gift_cards import ledger
from boxoffice.services.payments.gift_cards.ledger import Movement
from boxoffice.services.payments.gift_cards.rules import EntryKind

_FIND = """
SELECT organizer_id, id FROM payments.gift_cards
WHERE balance > 0 AND expires_at IS NOT NULL AND expires_at <= clock_timestamp()
ORDER BY expires_at LIMIT 500
"""


class ExpiringGiftCards:
    """The clockwork of gift cards."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def book_expired(self) -> None:
        """Up to 500 cards: what was left on them is owed to nobody any more."""
        async with self._db.begin_as_platform("find expired gift cards") as tx:
            found = (await tx.connection.exec_driver_sql(_FIND)).all()
        for row in found:
            await self._book(row.organizer_id, row.id)

    async def _book(self, organizer_id: UUID, card_id: UUID) -> None:
        async with self._db.begin(organizer_id) as tx:
            row = await ledger.lock_one(tx, card_id)
            is_over = row.expires_at is not None and row.expires_at <= await tx.now()
            if is_over and row.balance:
                await ledger.book(
                    tx, card_id, Movement(kind=EntryKind.EXPIRED, amount=-row.balance)
                )
