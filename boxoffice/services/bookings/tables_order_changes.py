"""Changes of orders that are dearer, in the schema bookings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

_TIME = TIMESTAMP(timezone=True)
_WAITS = text("status = 'awaiting_payment'")


class OrderChange(OrganizerOwned, Base):
    """A change of a confirmed order that costs `due_amount` more, minor units; at most one of an
    order waits for its payment. Its `id` holds the units that it takes until `expires_at`, and is
    the purpose of its payments. `wish` is a `changing.wishes.ChangeWish` with all prices agreed,
    `change` the `ChangePreviewView` that was accepted; `tender` are the `CardPart`s that gift
    cards are to pay of it once it is made.
    """

    __tablename__ = "order_changes"
    __table_args__ = (
        reference("bookings.orders", "order_id", name="order_changes_order"),
        CheckConstraint(
            "status IN ('awaiting_payment', 'done', 'withdrawn', 'expired', 'refused')",
            name="order_changes_status",
        ),
        CheckConstraint("due_amount > 0", name="order_changes_due"),
        Index("order_changes_of_order", "organizer_id", "order_id"),
        Index(
            "order_changes_one_waits", "organizer_id", "order_id", unique=True,
            postgresql_where=_WAITS,
        ),
        Index("order_changes_lapsing", "expires_at", postgresql_where=_WAITS),
        {"schema": "bookings"},
    )  # fmt: skip

    order_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    settled: Mapped[str | None] = mapped_column(Text)
    wish: Mapped[Any] = mapped_column(JSONB)
    change: Mapped[Any] = mapped_column(JSONB)
    currency: Mapped[str] = mapped_column(Text)
    due_amount: Mapped[int] = mapped_column(BigInteger)
    tender: Mapped[Any] = mapped_column(JSONB, server_default="[]")
    payment_id: Mapped[UUID | None]
    expires_at: Mapped[datetime] = mapped_column(_TIME)
    created_at: Mapped[datetime] = mapped_column(_TIME)
    settled_at: Mapped[datetime | None] = mapped_column(_TIME)
