"""Bookings: orders, positions, tickets, scans, link requests."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0005_bookings"
down_revision = "0004_payments"
branch_labels = None
depends_on = None

SCHEMA = "bookings"


def _keys() -> list[sa.Column[Any]]:
    return [
        sa.Column(
            "organizer_id", sa.UUID(), sa.ForeignKey("users.organizers.id"), primary_key=True
        ),
        sa.Column("id", sa.UUID(), primary_key=True),
    ]


def _text(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=options.pop("nullable", False), **options)


def _id(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.UUID(), nullable=options.pop("nullable", False), **options)


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(
        name, TIMESTAMP(timezone=True), nullable=options.pop("nullable", False), **options
    )


def _reference(target: str, column: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organizer_id", column], [f"{target}.organizer_id", f"{target}.id"], name=name
    )


def upgrade() -> None:
    op.execute("CREATE SCHEMA bookings")
    _orders()
    _positions()
    _tickets()
    _scans()
    op.create_table(
        "link_requests",
        sa.Column("id", sa.UUID(), primary_key=True),
        _text("email"),
        _time("created_at", server_default=sa.func.now()),
        schema=SCHEMA,
    )


def _orders() -> None:
    op.create_table(
        "orders",
        *_keys(),
        _text("code"),
        _id("event_id"),
        _id("occurrence_id"),
        _text("status"),
        _text("payment_status"),
        _id("payment_id", nullable=True),
        _text("currency"),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        _id("buyer_id", nullable=True),
        _text("buyer_email", nullable=True),
        _text("buyer_name", nullable=True),
        _text("locale"),
        _time("hold_expires_at", nullable=True),
        sa.Column("extensions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("link_version", sa.Integer(), server_default="1", nullable=False),
        _time("created_at"),
        _time("confirmed_at", nullable=True),
        sa.UniqueConstraint("organizer_id", "code", name="orders_code"),
        _reference("events.events", "event_id", "orders_event"),
        _reference("events.occurrences", "occurrence_id", "orders_occurrence"),
        sa.CheckConstraint("total_amount >= 0", name="orders_total"),
        schema=SCHEMA,
    )
    op.create_index("orders_of_event", "orders", ["organizer_id", "event_id", "id"], schema=SCHEMA)
    op.create_index(
        "orders_of_buyer",
        "orders",
        ["buyer_id"],
        schema=SCHEMA,
        postgresql_where=sa.text("buyer_id IS NOT NULL"),
    )
    op.create_index("orders_of_email", "orders", [sa.text("lower(buyer_email)")], schema=SCHEMA)
    op.create_index(
        "orders_lapsing",
        "orders",
        ["hold_expires_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("status IN ('held', 'awaiting_payment')"),
    )


def _positions() -> None:
    op.create_table(
        "order_positions",
        *_keys(),
        _id("order_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _id("ticket_type_id"),
        _text("ticket_type_name"),
        sa.Column("price_amount", sa.BigInteger(), nullable=False),
        _text("attendee_name", nullable=True),
        _reference("bookings.orders", "order_id", "order_positions_order"),
        sa.UniqueConstraint("organizer_id", "order_id", "number", name="order_positions_number"),
        sa.CheckConstraint("price_amount >= 0", name="order_positions_price"),
        schema=SCHEMA,
    )


def _tickets() -> None:
    op.create_table(
        "tickets",
        *_keys(),
        _id("position_id"),
        _id("order_id"),
        _id("event_id"),
        _id("occurrence_id"),
        _text("status"),
        sa.Column("code_version", sa.Integer(), server_default="1", nullable=False),
        _time("admitted_at", nullable=True),
        _text("admitted_gate", nullable=True),
        _reference("bookings.order_positions", "position_id", "tickets_position"),
        sa.UniqueConstraint("organizer_id", "position_id", name="tickets_one_per_position"),
        schema=SCHEMA,
    )
    op.create_index("tickets_of_order", "tickets", ["organizer_id", "order_id"], schema=SCHEMA)
    op.create_index("tickets_of_event", "tickets", ["organizer_id", "event_id"], schema=SCHEMA)


def _scans() -> None:
    op.create_table(
        "scans",
        *_keys(),
        _id("event_id"),
        _id("ticket_id", nullable=True),
        _text("reason"),
        _text("gate"),
        _time("scanned_at"),
        _time("received_at"),
        _time("first_admitted_at", nullable=True),
        _text("first_gate", nullable=True),
        _text("scanned_by"),
        schema=SCHEMA,
    )
    op.create_index("scans_of_ticket", "scans", ["organizer_id", "ticket_id"], schema=SCHEMA)


def downgrade() -> None:
    op.execute("DROP SCHEMA bookings CASCADE")
