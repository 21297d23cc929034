"""Cancellations: what of the tickets the team keeps back in blocks."""

from alembic import op

revision = "0037_voided_into_blocks"
down_revision = "0036_authorisations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE bookings.cancellations ADD COLUMN blocked jsonb NOT NULL DEFAULT '[]'")


def downgrade() -> None:
    op.execute("ALTER TABLE bookings.cancellations DROP COLUMN blocked")
