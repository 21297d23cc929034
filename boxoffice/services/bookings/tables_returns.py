"""Tickets offered back, in the schema bookings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

_TIME = TIMESTAMP(timezone=True)


class TicketReturn(OrganizerOwned, Base):
    """A ticket that its buyer would give back for `face_amount`, minor units, once somebody else
    has bought it. `holder` is the place in line or the order that it is promised to, as long as
    that has claims for it.
    """

    __tablename__ = "returns"
    __table_args__ = (
        reference("bookings.tickets", "ticket_id", name="returns_ticket"),
        reference("bookings.orders", "order_id", name="returns_order"),
        reference("bookings.orders", "taken_by_id", name="returns_taken_by"),
        CheckConstraint("status IN ('offered', 'taken', 'withdrawn')", name="returns_status"),
        Index("returns_of_order", "organizer_id", "order_id"),
        Index(
            "returns_one_offer", "organizer_id", "ticket_id", unique=True,
            postgresql_where=text("status = 'offered'"),
        ),
        Index(
            "returns_offered", "organizer_id", "occurrence_id", "id",
            postgresql_where=text("status = 'offered'"),
        ),
        Index("returns_of_holder", "organizer_id", "holder"),
        {"schema": "bookings"},
    )  # fmt: skip

    order_id: Mapped[UUID]
    ticket_id: Mapped[UUID]
    position_id: Mapped[UUID]
    event_id: Mapped[UUID]
    occurrence_id: Mapped[UUID]
    ticket_type_id: Mapped[UUID]
    variation_id: Mapped[UUID | None]
    seat_id: Mapped[UUID | None]
    face_amount: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(Text)
    holder: Mapped[UUID | None]
    promised_until: Mapped[datetime | None] = mapped_column(_TIME)
    taken_by_id: Mapped[UUID | None]
    expires_at: Mapped[datetime] = mapped_column(_TIME)
    created_at: Mapped[datetime] = mapped_column(_TIME)
    settled_at: Mapped[datetime | None] = mapped_column(_TIME)
