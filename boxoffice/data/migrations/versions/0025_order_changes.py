"""Changes of orders that are dearer, and the payments for them."""

from alembic import op

revision = "0025_order_changes"
down_revision = "0024_demanded"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE payments.payments ADD COLUMN purpose uuid;
DROP INDEX payments.payments_live;
CREATE UNIQUE INDEX payments_live
    ON payments.payments (reference, coalesce(purpose, reference), organizer_id) WHERE live;
CREATE TABLE bookings.order_changes (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    status text NOT NULL,
    by text NOT NULL,
    settled text,
    wish jsonb NOT NULL,
    change jsonb NOT NULL,
    currency text NOT NULL,
    due_amount bigint NOT NULL,
    payment_id uuid,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT order_changes_order FOREIGN KEY (organizer_id, order_id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT order_changes_status
        CHECK (status IN ('awaiting_payment', 'done', 'withdrawn', 'expired', 'refused')),
    CONSTRAINT order_changes_due CHECK (due_amount > 0)
);
CREATE INDEX order_changes_of_order ON bookings.order_changes (organizer_id, order_id);
CREATE UNIQUE INDEX order_changes_one_waits ON bookings.order_changes (organizer_id, order_id)
    WHERE status = 'awaiting_payment';
CREATE INDEX order_changes_lapsing ON bookings.order_changes (expires_at)
    WHERE status = 'awaiting_payment'
"""
_DOWN = """
DROP TABLE bookings.order_changes;
DROP INDEX payments.payments_live;
UPDATE payments.payments SET live = false WHERE purpose IS NOT NULL;
CREATE UNIQUE INDEX payments_live ON payments.payments (reference, organizer_id) WHERE live;
ALTER TABLE payments.payments DROP COLUMN purpose
"""


def upgrade() -> None:
    _run(_UP)


def downgrade() -> None:
    _run(_DOWN)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)
