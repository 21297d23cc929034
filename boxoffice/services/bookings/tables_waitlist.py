"""Who waits, in the schema bookings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, func, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

_TIME = TIMESTAMP(timezone=True)


class WaitlistEntry(OrganizerOwned, Base):
    """Somebody on a waiting list; `id` is that of their place in line, which events keeps.

    `person` is a digest of the folded address: one standing entry each for a date. An `outcome`
    is for good.
    """

    __tablename__ = "waitlist_entries"
    __table_args__ = (
        reference(
            "events.events", "event_id", name="waitlist_entries_event", ondelete="CASCADE"
        ),
        CheckConstraint(
            "outcome IN ('accepted', 'declined', 'left', 'removed')",
            name="waitlist_entries_outcome",
        ),
        Index(
            "waitlist_entries_one_each", "organizer_id", "occurrence_id", "person", unique=True,
            postgresql_where=text("outcome IS NULL"),
        ),
        Index("waitlist_entries_of_event", "organizer_id", "event_id", "id"),
        {"schema": "bookings"},
    )  # fmt: skip

    event_id: Mapped[UUID]
    occurrence_id: Mapped[UUID]
    person: Mapped[UUID]
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    link_version: Mapped[int] = mapped_column(server_default="1")
    outcome: Mapped[str | None] = mapped_column(Text)
    order_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())
    ended_at: Mapped[datetime | None] = mapped_column(_TIME)
