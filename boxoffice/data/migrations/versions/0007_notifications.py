"""Notifications: what was sent to whom, once each, and mail caught in development."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_notifications"
down_revision = "0006_support"
branch_labels = None
depends_on = None


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, postgresql.TIMESTAMP(timezone=True), **options)


def _delivery_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("fact_id", sa.UUID(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        _time("claimed_at", nullable=False),
        _time("sent_at"),
    ]


def upgrade() -> None:
    op.execute("CREATE SCHEMA notifications")
    once = ["fact_id", "template", "recipient"]
    owner = sa.Column(
        "organizer_id", sa.UUID(), sa.ForeignKey("users.organizers.id"), primary_key=True
    )
    _create_deliveries("deliveries", owner, once=["organizer_id", *once])
    _create_deliveries("platform_deliveries", once=once)
    op.create_table(
        "caught_mail",
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        _time("caught_at", server_default=sa.text("clock_timestamp()"), nullable=False),
        schema="notifications",
    )


def _create_deliveries(name: str, *owner: sa.Column[Any], once: list[str]) -> None:
    op.create_table(
        name,
        *owner,
        *_delivery_columns(),
        sa.UniqueConstraint(*once, name=f"{name}_once"),
        sa.CheckConstraint(
            "status IN ('sending', 'sent', 'failed', 'rejected')", name=f"{name}_status"
        ),
        schema="notifications",
    )
    op.create_index(f"{name}_by_age", name, ["claimed_at"], schema="notifications")


def downgrade() -> None:
    op.execute("DROP SCHEMA notifications CASCADE")
