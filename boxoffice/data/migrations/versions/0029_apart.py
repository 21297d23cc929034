"""What is paid for a change is the order's once the change is made."""

from alembic import op

revision = "0029_apart"
down_revision = "0028_presales"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE payments.payments ADD COLUMN apart boolean NOT NULL DEFAULT false")
    op.execute(
        "UPDATE payments.payments p SET apart = true WHERE p.purpose IS NOT NULL AND NOT EXISTS ("
        "SELECT FROM bookings.order_changes k WHERE k.organizer_id = p.organizer_id "
        "AND k.id = p.purpose AND k.status = 'done' AND k.payment_id = p.id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE payments.payments DROP COLUMN apart")
