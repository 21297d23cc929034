"""Authorisations: money that a card holds before it is taken."""

from alembic import op

revision = "0036_authorisations"
down_revision = "0035_change_tender"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE payments.payments
    ADD COLUMN manual boolean NOT NULL DEFAULT false,
    ADD COLUMN authorised_until timestamptz,
    ADD COLUMN wish text,
    DROP CONSTRAINT payments_status,
    ADD CONSTRAINT payments_status CHECK (status IN (
        'created', 'pending', 'authorised', 'succeeded', 'failed', 'voided', 'refunded')),
    ADD CONSTRAINT payments_wish CHECK (wish IN ('capture', 'void')),
    ADD CONSTRAINT payments_held CHECK (captured = 0 OR status IN ('succeeded', 'refunded'));
CREATE INDEX payments_authorised ON payments.payments (created_at) WHERE status = 'authorised';
"""

# Nothing came of what was let go; what becomes of what is still held is not known there.
_BACK = """
UPDATE payments.payments SET status = 'failed' WHERE status = 'voided';
UPDATE payments.payments SET status = 'pending' WHERE status = 'authorised';
UPDATE bookings.orders SET payment_status = 'pending' WHERE payment_status = 'authorised';
UPDATE bookings.orders SET payment_status = 'failed' WHERE payment_status = 'released';
DROP INDEX payments.payments_authorised;
ALTER TABLE payments.payments
    DROP CONSTRAINT payments_held,
    DROP CONSTRAINT payments_wish,
    DROP CONSTRAINT payments_status,
    ADD CONSTRAINT payments_status CHECK (status IN (
        'created', 'pending', 'succeeded', 'failed', 'refunded')),
    DROP COLUMN wish,
    DROP COLUMN authorised_until,
    DROP COLUMN manual;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def downgrade() -> None:
    _run(_BACK)


def _run(statements: str) -> None:
    for statement in filter(None, map(str.strip, statements.split(";\n"))):
        op.execute(statement)
