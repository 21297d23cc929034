"""Dates that are cancelled may give money back as gift cards."""

from alembic import op

revision = "0027_store_credit"
down_revision = "0026_gift_cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE bookings.date_changes ADD COLUMN refund_as text NOT NULL DEFAULT 'money', "
        "ADD CONSTRAINT date_changes_refund_as CHECK (refund_as IN ('money', 'gift_card'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE bookings.date_changes DROP COLUMN refund_as")
