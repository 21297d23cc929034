"""Who waits: which of the add-ons that a ticket needs would do, and what registrants were told."""

from alembic import op

revision = "0032_waiting_told"
down_revision = "0031_purchases"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE events.waiting ADD COLUMN add_on_ids uuid[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE bookings.presale_registrations ADD COLUMN called_off_at timestamptz",
    "ALTER TABLE bookings.presale_registrations ADD COLUMN news_of uuid",
    """
    UPDATE bookings.presale_registrations SET called_off_at = told_at, told_at = NULL
    WHERE outcome IS NULL""",
)
_BACK = (
    "UPDATE bookings.presale_registrations SET told_at = called_off_at WHERE outcome IS NULL",
    "ALTER TABLE bookings.presale_registrations DROP COLUMN news_of, DROP COLUMN called_off_at",
    "ALTER TABLE events.waiting DROP COLUMN add_on_ids",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for statement in _BACK:
        op.execute(statement)
