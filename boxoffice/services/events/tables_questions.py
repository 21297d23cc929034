"""The PostgreSQL schema `events`: what buyers and guests are asked."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference


class QuestionRow(OrganizerOwned, Base):
    """One question of an event. Answers keep what was asked, so it may change and go."""

    __tablename__ = "questions"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        reference("events.questions", "depends_on_id", name="questions_depends_on"),
        CheckConstraint("per IN ('order', 'ticket')", name="questions_per"),
        CheckConstraint("depends_on_id <> id", name="questions_not_on_itself"),
        Index("questions_of_event", "organizer_id", "event_id", "position"),
        {"schema": "events"},
    )

    event_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(Text)
    help: Mapped[str] = mapped_column(Text, server_default="")
    kind: Mapped[str] = mapped_column(Text)
    per: Mapped[str] = mapped_column(Text)
    required: Mapped[bool]
    ticket_type_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    options: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    minimum: Mapped[float | None] = mapped_column(Double)
    maximum: Mapped[float | None] = mapped_column(Double)
    depends_on_id: Mapped[UUID | None]
    # The answers to it that lead here: booleans and options.
    depends_on_answers: Mapped[Any] = mapped_column(JSONB)
    at_check_in: Mapped[bool] = mapped_column(server_default=text("false"))
    position: Mapped[int] = mapped_column(server_default="0")
