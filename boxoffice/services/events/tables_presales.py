"""The presales' table in the schema `events`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference
from boxoffice.services.events.tables import SCHEMA

_TIME = TIMESTAMP(timezone=True)


class PresaleRow(OrganizerOwned, Base):
    """How early access to an event is given; `id` is the event's. Who registers is known to others.

    With `drawn_at` it is settled for good: who got early access followed from the `seed`. No
    `ticket_type_ids`: all types that are sold to everybody.
    """

    __tablename__ = "presales"
    __table_args__ = (
        reference("events.events", "id", name="presales_event", ondelete="CASCADE"),
        CheckConstraint("mode IN ('first_come', 'draw')", name="presales_mode"),
        CheckConstraint("opens_at < closes_at AND window_minutes >= 1", name="presales_times"),
        CheckConstraint(
            "max_tickets >= 1 AND (total_tickets IS NULL OR total_tickets >= 1)",
            name="presales_numbers",
        ),
        CheckConstraint("(drawn_at IS NULL) = (seed IS NULL)", name="presales_drawn"),
        Index("presales_to_draw", "closes_at", postgresql_where=text("drawn_at IS NULL")),
        SCHEMA,
    )

    opens_at: Mapped[datetime] = mapped_column(_TIME)
    closes_at: Mapped[datetime] = mapped_column(_TIME)
    mode: Mapped[str] = mapped_column(Text)
    max_tickets: Mapped[int]
    total_tickets: Mapped[int | None]
    window_starts_at: Mapped[datetime] = mapped_column(_TIME)
    window_minutes: Mapped[int]
    ticket_type_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    drawn_at: Mapped[datetime | None] = mapped_column(_TIME)
    seed: Mapped[str | None] = mapped_column(Text)
