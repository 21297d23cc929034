"""Cancelling tickets one by one: what was cancelled, why, and what comes back."""

from alembic import op

revision = "0017_cancellations"
down_revision = "0016_spread_orders"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE bookings.order_positions ADD COLUMN cancelled_at timestamptz;
ALTER TABLE bookings.tickets ADD COLUMN revoked_because text;

CREATE TABLE bookings.event_policies (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    policy jsonb NOT NULL,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, id) REFERENCES events.events (organizer_id, id) ON DELETE CASCADE
);

CREATE TABLE bookings.cancellations (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    by text NOT NULL,
    because text NOT NULL,
    whole boolean NOT NULL,
    currency text NOT NULL,
    old_total bigint NOT NULL,
    new_total bigint NOT NULL,
    fee_amount bigint NOT NULL,
    refund_amount bigint NOT NULL,
    refund_tax bigint NOT NULL,
    lines jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT cancellations_order FOREIGN KEY (organizer_id, order_id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT cancellations_amounts CHECK (refund_amount >= 0 AND fee_amount >= 0)
);
CREATE INDEX cancellations_of_order ON bookings.cancellations (organizer_id, order_id);
"""


_BACK = """
DROP TABLE bookings.cancellations, bookings.event_policies;
ALTER TABLE bookings.tickets DROP COLUMN revoked_because;
ALTER TABLE bookings.order_positions DROP COLUMN cancelled_at;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def downgrade() -> None:
    _run(_BACK)
