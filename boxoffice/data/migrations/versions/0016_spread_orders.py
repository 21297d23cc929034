"""Orders over several dates: a position may be for another date than its order."""

from alembic import op

revision = "0016_spread_orders"
down_revision = "0015_tax_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE bookings.order_positions ADD COLUMN occurrence_id uuid, "
        "ADD CONSTRAINT order_positions_date FOREIGN KEY (organizer_id, occurrence_id) "
        "REFERENCES events.occurrences (organizer_id, id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE bookings.order_positions DROP COLUMN occurrence_id")
