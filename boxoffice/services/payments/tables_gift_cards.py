"""The PostgreSQL schema `payments`: gift cards and what happened to their money."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, OrganizerOwnedPart, reference

_TIME = TIMESTAMP(timezone=True)


class GiftCardRow(OrganizerOwned, Base):
    """Money of a buyer's that this organizer owes in tickets.

    The code is not stored: `code_hash` finds the card by it, `code_end` is what staff see of it.
    `balance` moves by deltas only, under the row's lock, each with its entry. A card that was made
    for `reference` (an order, paid back in store credit) is made once per `issue_key`.
    """

    __tablename__ = "gift_cards"
    __table_args__ = (
        UniqueConstraint("code_hash", "organizer_id", name="gift_cards_code"),
        UniqueConstraint("issue_key", "reference", "organizer_id", name="gift_cards_once"),
        CheckConstraint("balance >= 0", name="gift_cards_balance"),
        CheckConstraint("value > 0", name="gift_cards_value"),
        Index(
            "gift_cards_expiring",
            "expires_at",
            postgresql_where=text("balance > 0 AND expires_at IS NOT NULL"),
        ),
        {"schema": "payments"},
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    code_end: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(CHAR(3))
    value: Mapped[int] = mapped_column(BigInteger)
    balance: Mapped[int] = mapped_column(BigInteger, server_default="0")
    note: Mapped[str] = mapped_column(Text)
    for_tests: Mapped[bool]
    expires_at: Mapped[datetime | None] = mapped_column(_TIME)
    voided_at: Mapped[datetime | None] = mapped_column(_TIME)
    reference: Mapped[UUID | None]
    issue_key: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())


class GiftCardEntryRow(OrganizerOwnedPart, Base):
    """One movement of a card's money; the application can only append. `balance` is that after it,
    `reference` the order that it is about, `made_by` who did it, as the audit log names them.
    """

    __tablename__ = "gift_card_entries"
    __table_args__ = (
        reference("payments.gift_cards", "gift_card_id", name="gift_card_entries_card"),
        reference("payments.payments", "payment_id", name="gift_card_entries_payment"),
        CheckConstraint(
            "kind IN ('issued', 'spent', 'given_back', 'adjusted', 'expired', 'voided')",
            name="gift_card_entries_kind",
        ),
        CheckConstraint("amount <> 0", name="gift_card_entries_amount"),
        Index("gift_card_entries_of_card", "gift_card_id", "id"),
        {"schema": "payments"},
    )

    gift_card_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    amount: Mapped[int] = mapped_column(BigInteger)
    balance: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[UUID | None]
    payment_id: Mapped[UUID | None]
    because: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())
