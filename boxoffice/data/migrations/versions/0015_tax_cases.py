"""Taxes that depend on the customer's country and on whether they are a business."""

from alembic import op

revision = "0015_tax_cases"
down_revision = "0014_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE events.tax_rules ADD COLUMN cases jsonb NOT NULL DEFAULT '[]'")


def downgrade() -> None:
    op.execute("ALTER TABLE events.tax_rules DROP COLUMN cases")
