"""Changes of orders: what gift cards are to pay of the difference."""

from alembic import op

revision = "0035_change_tender"
down_revision = "0034_refused_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE bookings.order_changes ADD COLUMN tender jsonb NOT NULL DEFAULT '[]'")


def downgrade() -> None:
    op.execute("ALTER TABLE bookings.order_changes DROP COLUMN tender")
