"""Taxes that depend on the customer's country and on whether they are a business."""

from alembic import op

revision = "0014_tax_cases"
down_revision = "0013_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE events.tax_rules ADD COLUMN cases jsonb NOT NULL DEFAULT '[]'")


def downgrade() -> None:
    op.execute("ALTER TABLE events.tax_rules DROP COLUMN cases")
