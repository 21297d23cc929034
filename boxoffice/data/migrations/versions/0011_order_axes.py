"""What went back of an order's money is an axis of its own."""

from alembic import op

revision = "0011_order_axes"
down_revision = "0010_prices"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE bookings.orders ADD COLUMN refund_status text NOT NULL DEFAULT 'none';
UPDATE bookings.orders SET refund_status = payment_status, payment_status = 'paid'
    WHERE payment_status IN ('refunded', 'partially_refunded');
"""


_BACK = """
UPDATE bookings.orders SET payment_status = refund_status
    WHERE refund_status IN ('refunded', 'partially_refunded');
ALTER TABLE bookings.orders DROP COLUMN refund_status;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def downgrade() -> None:
    _run(_BACK)
