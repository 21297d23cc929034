"""Tables of the schema bookings: applications for tickets that need approval."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

_TIME = TIMESTAMP(timezone=True)


class Application(OrganizerOwned, Base):
    """What was asked with the order whose `id` this is, and what the organizer decided.

    Where it stands follows from its order. `closed_at`: nothing is left to be done by time.
    """

    __tablename__ = "applications"
    __table_args__ = (
        reference("bookings.orders", "id", name="applications_order"),
        CheckConstraint("score BETWEEN 0 AND 10", name="applications_score"),
        CheckConstraint(
            "(decided_at IS NULL) = (approved IS NULL)", name="applications_decided"
        ),
        Index("applications_of_event", "organizer_id", "event_id", "id"),
        Index("applications_due", "due_at", postgresql_where=text("closed_at IS NULL")),
        {"schema": "bookings"},
    )  # fmt: skip

    event_id: Mapped[UUID]
    message: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(_TIME)
    # Until when it must be decided, then until when paid.
    due_at: Mapped[datetime] = mapped_column(_TIME)
    closed_at: Mapped[datetime | None] = mapped_column(_TIME)
    score: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, server_default="")
    approved: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, server_default="")
    decided_at: Mapped[datetime | None] = mapped_column(_TIME)
