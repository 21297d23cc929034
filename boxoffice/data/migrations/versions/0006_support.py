"""Support: conversations about orders and their messages."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006_support"
down_revision = "0005_bookings"
branch_labels = None
depends_on = None


def _time(name: str) -> sa.Column[Any]:
    return sa.Column(name, postgresql.TIMESTAMP(timezone=True), nullable=False)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.execute("CREATE SCHEMA support")
    _create_conversations()
    _create_messages()


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column(
            "organizer_id", sa.UUID(), sa.ForeignKey("users.organizers.id"), primary_key=True
        ),
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("order_id", sa.UUID(), nullable=False),
        _text("order_code"),
        _text("buyer_name"),
        _text("buyer_email"),
        _text("subject"),
        _text("status"),
        _text("preview"),
        sa.Column("message_count", sa.Integer(), nullable=False),
        _time("opened_at"),
        _time("updated_at"),
        sa.ForeignKeyConstraint(
            ["organizer_id", "order_id"],
            ["bookings.orders.organizer_id", "bookings.orders.id"],
            name="conversations_order",
        ),
        sa.CheckConstraint(
            "status IN ('open', 'pending', 'resolved')", name="conversations_status"
        ),
        schema="support",
    )
    for name, columns in (
        ("conversations_of_order", ["organizer_id", "order_id"]),
        ("conversations_inbox", ["organizer_id", "updated_at", "id"]),
        ("conversations_inbox_by_status", ["organizer_id", "status", "updated_at", "id"]),
    ):
        op.create_index(name, "conversations", columns, schema="support")


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column(
            "organizer_id", sa.UUID(), sa.ForeignKey("users.organizers.id"), primary_key=True
        ),
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("conversation_id", sa.UUID(), nullable=False),
        _text("author"),
        _text("author_name"),
        _text("body"),
        _time("sent_at"),
        sa.ForeignKeyConstraint(
            ["organizer_id", "conversation_id"],
            ["support.conversations.organizer_id", "support.conversations.id"],
            name="messages_conversation",
        ),
        sa.CheckConstraint("author IN ('buyer', 'organizer')", name="messages_author"),
        schema="support",
    )
    op.create_index(
        "messages_of_conversation",
        "messages",
        ["organizer_id", "conversation_id", "sent_at"],
        schema="support",
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA support CASCADE")
