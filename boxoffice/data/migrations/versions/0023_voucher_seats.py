"""Vouchers for seats."""

from alembic import op

revision = "0023_voucher_seats"
down_revision = "0022_returns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE events.vouchers ADD COLUMN seat_ids uuid[] NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    op.execute("ALTER TABLE events.vouchers DROP COLUMN seat_ids")
