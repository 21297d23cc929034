"""Giving a ticket on to another person."""

from alembic import op

revision = "0018_transfers"
down_revision = "0017_cancellations"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE bookings.tickets ADD COLUMN transfer_id uuid;

CREATE TABLE bookings.transfers (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    from_id uuid,
    from_name text NOT NULL,
    from_email text NOT NULL,
    to_email text NOT NULL,
    to_name text,
    message text NOT NULL,
    status text NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT transfers_ticket FOREIGN KEY (organizer_id, ticket_id)
        REFERENCES bookings.tickets (organizer_id, id),
    CONSTRAINT transfers_from FOREIGN KEY (organizer_id, from_id)
        REFERENCES bookings.transfers (organizer_id, id)
);
CREATE INDEX transfers_of_order ON bookings.transfers (organizer_id, order_id);
CREATE UNIQUE INDEX transfers_one_offer ON bookings.transfers (organizer_id, ticket_id)
    WHERE status = 'offered';
"""


_BACK = """
DROP TABLE bookings.transfers;
ALTER TABLE bookings.tickets DROP COLUMN transfer_id;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def downgrade() -> None:
    _run(_BACK)
