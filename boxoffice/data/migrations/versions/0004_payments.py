"""Payments: payments, how often we asked, refunds, providers' events."""

from alembic import op

revision = "0004_payments"
down_revision = "0003_events"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE SCHEMA payments;

CREATE TABLE payments.payments (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    reference uuid NOT NULL,
    provider text NOT NULL,
    status text NOT NULL,
    live boolean NOT NULL,
    amount bigint NOT NULL,
    currency char(3) NOT NULL,
    captured bigint NOT NULL DEFAULT 0,
    refunded bigint NOT NULL DEFAULT 0,
    charge_id text,
    decline_code text,
    message text,
    once_key text,
    once_fingerprint bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT payments_once UNIQUE (organizer_id, once_key),
    CONSTRAINT payments_charge UNIQUE (organizer_id, provider, charge_id),
    CONSTRAINT payments_status
        CHECK (status IN ('created', 'pending', 'succeeded', 'failed', 'refunded')),
    CONSTRAINT payments_amount CHECK (amount > 0),
    CONSTRAINT payments_captured CHECK (captured BETWEEN 0 AND amount),
    CONSTRAINT payments_refunded CHECK (refunded BETWEEN 0 AND captured)
);
CREATE UNIQUE INDEX payments_live ON payments.payments (organizer_id, reference) WHERE live;
CREATE INDEX payments_of_reference ON payments.payments (organizer_id, reference, id);
CREATE INDEX payments_unsettled ON payments.payments (created_at)
    WHERE status IN ('created', 'pending');

CREATE TABLE payments.payment_attempts (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    outcome text NOT NULL,
    detail text NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, payment_id) REFERENCES payments.payments (organizer_id, id),
    CONSTRAINT payment_attempts_outcome CHECK (outcome IN ('answered', 'unknown', 'unreached'))
);
CREATE INDEX payment_attempts_of_payment
    ON payments.payment_attempts (organizer_id, payment_id);

CREATE TABLE payments.refunds (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    reference uuid NOT NULL,
    key text NOT NULL,
    status text NOT NULL,
    amount bigint NOT NULL,
    currency char(3) NOT NULL,
    provider_refund_id text,
    failure text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    settled_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, payment_id) REFERENCES payments.payments (organizer_id, id),
    CONSTRAINT refunds_once UNIQUE (organizer_id, reference, key, payment_id),
    CONSTRAINT refunds_provider UNIQUE (organizer_id, provider_refund_id),
    CONSTRAINT refunds_status CHECK (status IN ('created', 'succeeded', 'failed')),
    CONSTRAINT refunds_amount CHECK (amount > 0)
);
CREATE INDEX refunds_of_payment ON payments.refunds (organizer_id, payment_id);
CREATE INDEX refunds_unsettled ON payments.refunds (created_at) WHERE status = 'created';

CREATE TABLE payments.provider_events (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    provider text NOT NULL,
    event_id text NOT NULL,
    kind text NOT NULL,
    outcome text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT provider_events_once UNIQUE (organizer_id, provider, event_id),
    CONSTRAINT provider_events_outcome CHECK (outcome IN ('applied', 'no_news', 'ignored'))
);
"""


def upgrade() -> None:
    for statement in _STATEMENTS.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    op.execute("DROP SCHEMA payments CASCADE")
