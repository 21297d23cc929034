"""The PostgreSQL schema `events`: seat maps, what dates use of them, and what the staff blocks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

SCHEMA: dict[str, Any] = {"schema": "events"}


def _time(**options: Any) -> Mapped[Any]:
    return mapped_column(TIMESTAMP(timezone=True), **options)


class SeatMapRow(OrganizerOwned, Base):
    """A hall's seats; what they are is in its versions. Ordinals are never given twice."""

    __tablename__ = "seat_maps"
    __table_args__ = (SCHEMA,)

    name: Mapped[str] = mapped_column(Text)
    latest: Mapped[int]
    next_ordinal: Mapped[int]
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class SeatMapVersionRow(OrganizerOwned, Base):
    """One plan of a map, never changed. `ordinals` are four bytes a seat, in the plan's order."""

    __tablename__ = "seat_map_versions"
    __table_args__ = (
        reference("events.seat_maps", "seat_map_id", ondelete="CASCADE"),
        UniqueConstraint("organizer_id", "seat_map_id", "number", name="seat_map_versions_number"),
        SCHEMA,
    )

    seat_map_id: Mapped[UUID]
    number: Mapped[int]
    plan: Mapped[str] = mapped_column(Text)
    ordinals: Mapped[bytes] = mapped_column(LargeBinary)
    seats: Mapped[int]
    standing: Mapped[int]
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class SeatingRow(OrganizerOwned, Base):
    """The version of a map that a date uses. Never changed: another version is another row."""

    __tablename__ = "seatings"
    __table_args__ = (
        reference("events.occurrences", "occurrence_id", ondelete="CASCADE"),
        reference("events.seat_map_versions", "version_id"),
        UniqueConstraint("organizer_id", "occurrence_id", name="seatings_one_per_occurrence"),
        SCHEMA,
    )

    occurrence_id: Mapped[UUID]
    version_id: Mapped[UUID]
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class SeatingCategoryRow(Base):
    """On that date the category's seats are sold as this ticket type."""

    __tablename__ = "seating_categories"
    __table_args__ = (
        reference("events.seatings", "seating_id", ondelete="CASCADE"),
        reference("events.ticket_types", "ticket_type_id"),
        SCHEMA,
    )

    organizer_id: Mapped[UUID] = mapped_column(primary_key=True)
    seating_id: Mapped[UUID] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(Text, primary_key=True)
    ticket_type_id: Mapped[UUID]


class BlockRow(OrganizerOwned, Base):
    """Seats or units that the staff keeps from the sale; its id is the holder of the claims."""

    __tablename__ = "blocks"
    __table_args__ = (
        reference("events.occurrences", "occurrence_id", ondelete="CASCADE"),
        Index("blocks_of_occurrence", "organizer_id", "occurrence_id"),
        SCHEMA,
    )

    occurrence_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = _time()
    released_at: Mapped[datetime | None] = _time()
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
