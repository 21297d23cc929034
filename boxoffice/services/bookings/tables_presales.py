"""Who has registered for early access, in the schema bookings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, func, text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

_TIME = TIMESTAMP(timezone=True)


class PresaleRegistration(OrganizerOwned, Base):
    """Somebody who wants early access to an event; it counts once its address is confirmed.

    `person` is a digest of the folded address: one standing registration each for an event. Whoever
    `won` has a pass, which events keeps. `told_at`: the mail that says so is on its
    way, `called_off_at` that about the cancelled event; `news_of` is the latest fact of which the
    person was told that dates have moved.
    """

    __tablename__ = "presale_registrations"
    __table_args__ = (
        reference(
            "events.events", "event_id", name="presale_registrations_event", ondelete="CASCADE"
        ),
        reference("events.presales", "event_id", name="presale_registrations_presale"),
        reference("events.vouchers", "pass_id", name="presale_registrations_pass"),
        CheckConstraint("quantity >= 1", name="presale_registrations_quantity"),
        CheckConstraint(
            "outcome IN ('won', 'lost', 'withdrawn', 'removed')",
            name="presale_registrations_outcome",
        ),
        Index(
            "presale_registrations_one_each", "organizer_id", "event_id", "person", unique=True,
            postgresql_where=text("outcome IS NULL OR outcome IN ('won', 'lost')"),
        ),
        Index("presale_registrations_of_event", "organizer_id", "event_id", "id"),
        Index(
            "presale_registrations_to_tell", "organizer_id", "event_id",
            postgresql_where=text("outcome IN ('won', 'lost') AND told_at IS NULL"),
        ),
        {"schema": "bookings"},
    )  # fmt: skip

    event_id: Mapped[UUID]
    person: Mapped[UUID]
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int]
    link_version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())
    confirmed_at: Mapped[datetime | None] = mapped_column(_TIME)
    outcome: Mapped[str | None] = mapped_column(Text)
    pass_id: Mapped[UUID | None]
    told_at: Mapped[datetime | None] = mapped_column(_TIME)
    called_off_at: Mapped[datetime | None] = mapped_column(_TIME)
    news_of: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(_TIME)
