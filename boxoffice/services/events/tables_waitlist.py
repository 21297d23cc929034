"""The waiting line's table in the schema `events`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference
from boxoffice.services.events.tables import SCHEMA

_TIME = TIMESTAMP(timezone=True)


class WaitingRow(OrganizerOwned, Base):
    """A place in line for one date; who waits there is known to others by its id.

    Without `offered_at` it waits; then it has an offer until `offer_ends_at`, whose claims it
    holds; `lapsed_at` says that the end of an offer not taken was noticed. With `ended_at` it is
    over for good.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        reference("events.occurrences", "occurrence_id", ondelete="CASCADE"),
        CheckConstraint("units >= 1", name="waiting_units"),
        CheckConstraint(
            "(offered_at IS NULL) = (offer_ends_at IS NULL)", name="waiting_offer_ends"
        ),
        Index(
            "waiting_in_line", "organizer_id", "occurrence_id", "rank",
            postgresql_where=text("ended_at IS NULL"),
        ),
        SCHEMA,
    )  # fmt: skip

    event_id: Mapped[UUID]
    occurrence_id: Mapped[UUID]
    units: Mapped[int]
    ticket_type_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    variation_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    add_on_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    # Who has the least is first: by the time of joining, or drawn.
    rank: Mapped[int] = mapped_column(BigInteger)
    joined_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())
    offered_at: Mapped[datetime | None] = mapped_column(_TIME)
    offer_ends_at: Mapped[datetime | None] = mapped_column(_TIME)
    offered_type_id: Mapped[UUID | None]
    offered_variation_id: Mapped[UUID | None]
    lapsed_at: Mapped[datetime | None] = mapped_column(_TIME)
    ended_at: Mapped[datetime | None] = mapped_column(_TIME)
