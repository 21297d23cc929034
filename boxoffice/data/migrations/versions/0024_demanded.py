"""What a ticket must have of its add-ons, remembered with them."""

from alembic import op

revision = "0024_demanded"
down_revision = "0023_voucher_seats"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE bookings.order_positions ADD COLUMN demanded jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE bookings.order_positions DROP COLUMN demanded")
