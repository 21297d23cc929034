"""Purchases: orders for several events of an organizer that are held and paid together."""

from alembic import op

revision = "0031_purchases"
down_revision = "0030_shared_payments"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE bookings.purchases (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    status text NOT NULL,
    buyer_id uuid,
    link_version integer NOT NULL DEFAULT 1,
    payment_id uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT purchases_status CHECK (status IN ('held', 'confirmed', 'ended')),
    CONSTRAINT purchases_settled CHECK ((status = 'held') = (settled_at IS NULL))
);

CREATE TABLE bookings.purchase_orders (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    purchase_id uuid NOT NULL,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT purchase_orders_order FOREIGN KEY (organizer_id, id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT purchase_orders_purchase FOREIGN KEY (organizer_id, purchase_id)
        REFERENCES bookings.purchases (organizer_id, id)
);
CREATE INDEX purchase_orders_of_purchase
    ON bookings.purchase_orders (purchase_id, id);
"""

# Whoever was bought together stays confirmed; what is still held is bought alone.
_BACK = """
UPDATE bookings.orders SET charges = charges - 'purchase_id' WHERE charges ? 'purchase_id';
DROP TABLE bookings.purchase_orders;
DROP TABLE bookings.purchases;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def downgrade() -> None:
    _run(_BACK)


def _run(statements: str) -> None:
    for statement in filter(None, map(str.strip, statements.split(";\n"))):
        op.execute(statement)
