"""Tables of the schema bookings: what happens to an order after the sale."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference

_TIME = TIMESTAMP(timezone=True)


class EventPolicy(OrganizerOwned, Base):
    """What the organizer of the event whose `id` this is lets buyers do: `rules.OrderPolicy`."""

    __tablename__ = "event_policies"
    __table_args__ = (
        reference("events.events", "id", ondelete="CASCADE"),
        {"schema": "bookings"},
    )

    policy: Mapped[Any] = mapped_column(JSONB)


class Cancellation(OrganizerOwned, Base):
    """Tickets of one order that were cancelled together; never changed.

    `lines` are `cancelling.figures.Line`s. `refund_amount` is what goes back, `fee_amount` what was
    kept of their price. `blocked` are `cancelling.views.BlockedView`s: what is not sold again.
    """

    __tablename__ = "cancellations"
    __table_args__ = (
        reference("bookings.orders", "order_id", name="cancellations_order"),
        CheckConstraint("refund_amount >= 0 AND fee_amount >= 0", name="cancellations_amounts"),
        Index("cancellations_of_order", "organizer_id", "order_id"),
        {"schema": "bookings"},
    )

    order_id: Mapped[UUID]
    by: Mapped[str] = mapped_column(Text)
    because: Mapped[str] = mapped_column(Text)
    whole: Mapped[bool]
    currency: Mapped[str] = mapped_column(Text)
    old_total: Mapped[int] = mapped_column(BigInteger)
    new_total: Mapped[int] = mapped_column(BigInteger)
    fee_amount: Mapped[int] = mapped_column(BigInteger)
    refund_amount: Mapped[int] = mapped_column(BigInteger)
    refund_tax: Mapped[int] = mapped_column(BigInteger)
    lines: Mapped[Any] = mapped_column(JSONB)
    blocked: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    created_at: Mapped[datetime] = mapped_column(_TIME)


class Transfer(OrganizerOwned, Base):
    """A ticket offered by whoever has it to another person. The accepted ones of a ticket, each
    from the one before (`from_id`), are its chain of custody.
    """

    __tablename__ = "transfers"
    __table_args__ = (
        reference("bookings.tickets", "ticket_id", name="transfers_ticket"),
        reference("bookings.transfers", "from_id", name="transfers_from"),
        Index("transfers_of_order", "organizer_id", "order_id"),
        Index(
            "transfers_one_offer", "organizer_id", "ticket_id", unique=True,
            postgresql_where=text("status = 'offered'"),
        ),
        {"schema": "bookings"},
    )  # fmt: skip

    order_id: Mapped[UUID]
    ticket_id: Mapped[UUID]
    from_id: Mapped[UUID | None]
    from_name: Mapped[str] = mapped_column(Text)
    from_email: Mapped[str] = mapped_column(Text)
    to_email: Mapped[str] = mapped_column(Text)
    to_name: Mapped[str | None] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(_TIME)
    created_at: Mapped[datetime] = mapped_column(_TIME)
    settled_at: Mapped[datetime | None] = mapped_column(_TIME)
