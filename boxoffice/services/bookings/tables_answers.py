"""The PostgreSQL schema `bookings`: what buyers and guests have answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

SCHEMA: dict[str, Any] = {"schema": "bookings"}


class AnswerFile(OrganizerOwned, Base):
    """A file that somebody uploaded for an answer; forgotten after a day if none names it."""

    __tablename__ = "answer_files"
    __table_args__ = (
        reference("bookings.orders", "order_id"),
        Index("answer_files_of_order", "organizer_id", "order_id"),
        Index("answer_files_by_age", "uploaded_at"),
        SCHEMA,
    )

    order_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    blob_key: Mapped[str] = mapped_column(Text)
    uploaded_at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.clock_timestamp()
    )


class AnswerRow(OrganizerOwned, Base):
    """One answer, with the question as it was asked: that may be changed or gone by now.

    Without a position it is about the whole order. `shown` is the value as people read it.
    """

    __tablename__ = "answers"
    __table_args__ = (
        reference("events.events", "event_id"),
        reference("bookings.orders", "order_id"),
        reference("bookings.order_positions", "position_id"),
        reference("bookings.answer_files", "file_id"),
        UniqueConstraint(
            "organizer_id", "order_id", "question_id", "position_id",
            name="answers_once", postgresql_nulls_not_distinct=True,
        ),
        Index("answers_of_event", "organizer_id", "event_id", "order_id"),
        Index(
            "answers_of_file", "organizer_id", "file_id",
            postgresql_where=text("file_id IS NOT NULL"),
        ),
        SCHEMA,
    )  # fmt: skip

    event_id: Mapped[UUID]
    order_id: Mapped[UUID]
    position_id: Mapped[UUID | None]
    question_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    value: Mapped[Any] = mapped_column(JSONB)
    shown: Mapped[str] = mapped_column(Text)
    at_check_in: Mapped[bool] = mapped_column(server_default=text("false"))
    file_id: Mapped[UUID | None]
    answered_at: Mapped[datetime] = mapped_column(
        TIMESTAMP(timezone=True), server_default=func.clock_timestamp()
    )
