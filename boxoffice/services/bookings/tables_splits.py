"""Tables of the schema bookings: orders that became two."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference


class Split(OrganizerOwned, Base):
    """`tickets`, `splitting.views.SplitTicket`s, left the order for the new one, which cost
    `total_amount` then; `paid_amount` went along. Minor units.
    """

    __tablename__ = "splits"
    __table_args__ = (
        reference("bookings.orders", "order_id", name="splits_order"),
        reference("bookings.orders", "new_order_id", name="splits_new_order"),
        UniqueConstraint("organizer_id", "new_order_id", name="splits_made_once"),
        Index("splits_of_order", "organizer_id", "order_id"),
        {"schema": "bookings"},
    )

    order_id: Mapped[UUID]
    new_order_id: Mapped[UUID]
    because: Mapped[str] = mapped_column(Text)
    tickets: Mapped[Any] = mapped_column(JSONB)
    currency: Mapped[str] = mapped_column(Text)
    total_amount: Mapped[int] = mapped_column(BigInteger)
    paid_amount: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
