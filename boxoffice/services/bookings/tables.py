"""Tables of the schema bookings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, OrganizerOwnedPart, reference
from boxoffice.kernel.ids import new_id

_TIME = TIMESTAMP(timezone=True)


class Order(OrganizerOwnedPart, Base):
    """A purchase from the first hold to its end. `buyer_id` is the account or visitor that opened
    it. `limited`: how many one person may have was limited when it was opened.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("code", "organizer_id", name="orders_code"),
        reference("events.events", "event_id", name="orders_event"),
        reference("events.occurrences", "occurrence_id", name="orders_occurrence"),
        CheckConstraint("total_amount >= 0", name="orders_total"),
        Index("orders_of_event", "event_id", "id"),
        Index("orders_of_buyer", "buyer_id", postgresql_where=text("buyer_id IS NOT NULL")),
        Index("orders_of_email", text("lower(buyer_email)")),
        Index(
            "orders_lapsing",
            "hold_expires_at",
            postgresql_where=text("status IN ('held', 'awaiting_payment')"),
        ),
        {"schema": "bookings"},
    )

    code: Mapped[str] = mapped_column(Text)
    event_id: Mapped[UUID]
    occurrence_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(Text)
    payment_status: Mapped[str] = mapped_column(Text)
    payment_id: Mapped[UUID | None]
    refund_status: Mapped[str] = mapped_column(Text, server_default="none")
    currency: Mapped[str] = mapped_column(Text)
    total_amount: Mapped[int] = mapped_column(BigInteger)
    # `snapshots.OrderCharges`; null if nothing but list prices makes the total.
    charges: Mapped[Any] = mapped_column(JSONB)
    buyer_id: Mapped[UUID | None]
    buyer_email: Mapped[str | None] = mapped_column(Text)
    buyer_name: Mapped[str | None] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(Text)
    hold_expires_at: Mapped[datetime | None] = mapped_column(_TIME)
    extensions: Mapped[int] = mapped_column(server_default="0")
    limited: Mapped[bool] = mapped_column(server_default=text("false"))
    link_version: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[datetime] = mapped_column(_TIME)
    confirmed_at: Mapped[datetime | None] = mapped_column(_TIME)


class OrderPosition(OrganizerOwnedPart, Base):
    """One unit sold: its own price, and later its own ticket. `seat` is what the ticket says about
    its seat: section, row, number, label.
    """

    __tablename__ = "order_positions"
    __table_args__ = (
        reference("bookings.orders", "order_id", name="order_positions_order"),
        reference("events.occurrences", "occurrence_id", name="order_positions_date"),
        reference("bookings.order_positions", "parent_id", name="order_positions_parent"),
        UniqueConstraint("order_id", "number", "organizer_id", name="order_positions_number"),
        CheckConstraint("price_amount >= 0", name="order_positions_price"),
        CheckConstraint("list_amount >= 0 AND tax_amount >= 0", name="order_positions_amounts"),
        Index(
            "order_positions_of_parent",
            "parent_id",
            postgresql_where=text("parent_id IS NOT NULL"),
        ),
        {"schema": "bookings"},
    )

    order_id: Mapped[UUID]
    number: Mapped[int]
    ticket_type_id: Mapped[UUID]
    ticket_type_name: Mapped[str] = mapped_column(Text)
    variation_id: Mapped[UUID | None]
    variation_name: Mapped[str | None] = mapped_column(Text)
    # What is charged, with `tax_amount` in it.
    price_amount: Mapped[int] = mapped_column(BigInteger)
    list_amount: Mapped[int] = mapped_column(BigInteger)
    tax_amount: Mapped[int] = mapped_column(BigInteger, server_default="0")
    # `snapshots.PositionCharges`; null at list price without tax.
    charges: Mapped[Any] = mapped_column(JSONB)
    attendee_name: Mapped[str | None] = mapped_column(Text)
    cancelled_at: Mapped[datetime | None] = mapped_column(_TIME)
    seat_id: Mapped[UUID | None]
    seat: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    # Another date than the order's.
    occurrence_id: Mapped[UUID | None]
    # The position that this one comes with, as part of a bundle or as an add-on.
    parent_id: Mapped[UUID | None]
    bundled: Mapped[bool] = mapped_column(server_default=text("false"))
    admits: Mapped[bool] = mapped_column(server_default=text("true"))
    # `events.Demanded`, of add-ons that the parent must have some of.
    demanded: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class Person(Base):
    """Somebody who buys for an event that limits what one person may have; locked to be counted.

    `person` is a digest of the folded e-mail address. What they have is counted from their
    standing orders, so nothing here can be wrong.
    """

    __tablename__ = "persons"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        {"schema": "bookings"},
    )

    organizer_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[UUID] = mapped_column(primary_key=True)


class Ticket(OrganizerOwnedPart, Base):
    """The right to walk in. Its code is not stored: it is signed when shown."""

    __tablename__ = "tickets"
    __table_args__ = (
        reference("bookings.order_positions", "position_id", name="tickets_position"),
        UniqueConstraint("position_id", "organizer_id", name="tickets_one_per_position"),
        Index("tickets_of_order", "order_id"),
        Index("tickets_of_event", "event_id"),
        {"schema": "bookings"},
    )

    position_id: Mapped[UUID]
    order_id: Mapped[UUID]
    event_id: Mapped[UUID]
    occurrence_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(Text)
    void_reason: Mapped[str | None] = mapped_column(Text)
    code_version: Mapped[int] = mapped_column(server_default="1")
    # Why it is void, or why codes of earlier versions are: `rules.Revoked`.
    revoked_because: Mapped[str | None] = mapped_column(Text)
    # How it came to whoever has it now; null while it is its buyer's.
    transfer_id: Mapped[UUID | None]
    admitted_at: Mapped[datetime | None] = mapped_column(_TIME)
    admitted_gate: Mapped[str | None] = mapped_column(Text)


class Scan(OrganizerOwned, Base):
    """One attempt to enter, with its verdict. `id` is the scanner's nonce: a replay finds its own
    row.
    """

    __tablename__ = "scans"
    __table_args__ = (
        Index("scans_of_ticket", "ticket_id"),
        {"schema": "bookings"},
    )

    event_id: Mapped[UUID]
    ticket_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(Text)
    gate: Mapped[str] = mapped_column(Text)
    scanned_at: Mapped[datetime] = mapped_column(_TIME)
    received_at: Mapped[datetime] = mapped_column(_TIME)
    first_admitted_at: Mapped[datetime | None] = mapped_column(_TIME)
    first_gate: Mapped[str | None] = mapped_column(Text)
    scanned_by: Mapped[str] = mapped_column(Text)


class DateChange(OrganizerOwned, Base):
    """Dates that were cancelled or postponed, and the work for their orders."""

    __tablename__ = "date_changes"
    __table_args__ = (
        reference("events.events", "event_id", name="date_changes_event"),
        CheckConstraint("kind IN ('cancel', 'postpone')", name="date_changes_kind"),
        CheckConstraint("status IN ('running', 'done')", name="date_changes_status"),
        CheckConstraint("refund IN ('full', 'keep_fee', 'none')", name="date_changes_refund"),
        Index("date_changes_of_event", "organizer_id", "event_id", "id"),
        Index("date_changes_running", "started_at", postgresql_where=text("status = 'running'")),
        {"schema": "bookings"},
    )

    event_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    occurrence_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    whole_event: Mapped[bool]
    refund: Mapped[str] = mapped_column(Text)
    refund_as: Mapped[str] = mapped_column(Text, server_default="money")
    keep_percent: Mapped[int]
    keep_per_ticket: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text, server_default="running")
    orders: Mapped[int]
    started_by: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())
    leased_until: Mapped[datetime | None] = mapped_column(_TIME)
    finished_at: Mapped[datetime | None] = mapped_column(_TIME)


class DateChangeStep(OrganizerOwned, Base):
    """One order of a change, dealt with. `refunded_amount` None: its refund is still owed."""

    __tablename__ = "date_change_steps"
    __table_args__ = (
        reference("bookings.date_changes", "date_change_id", name="date_change_steps_change"),
        reference("bookings.orders", "order_id", name="date_change_steps_order"),
        UniqueConstraint(
            "organizer_id", "date_change_id", "order_id", name="date_change_steps_once"
        ),
        CheckConstraint("refund_amount >= 0", name="date_change_steps_refund"),
        Index(
            "date_change_steps_owing",
            "organizer_id",
            "date_change_id",
            postgresql_where=text("refund_amount > 0 AND refunded_amount IS NULL"),
        ),
        {"schema": "bookings"},
    )

    date_change_id: Mapped[UUID]
    order_id: Mapped[UUID]
    outcome: Mapped[str] = mapped_column(Text)
    tickets: Mapped[int]
    refund_amount: Mapped[int] = mapped_column(BigInteger)
    refunded_amount: Mapped[int | None] = mapped_column(BigInteger)
    done_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.clock_timestamp())


class LinkRequest(Base):
    """Somebody asked by e-mail for the links to their orders. Deleted after a day."""

    __tablename__ = "link_requests"
    __table_args__ = ({"schema": "bookings"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_TIME, server_default=func.now())
