"""Offering a ticket back."""

from alembic import op

revision = "0022_returns"
down_revision = "0021_approvals"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE bookings.returns (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    position_id uuid NOT NULL,
    event_id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    ticket_type_id uuid NOT NULL,
    variation_id uuid,
    seat_id uuid,
    face_amount bigint NOT NULL,
    status text NOT NULL,
    holder uuid,
    promised_until timestamptz,
    taken_by_id uuid,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT returns_ticket FOREIGN KEY (organizer_id, ticket_id)
        REFERENCES bookings.tickets (organizer_id, id),
    CONSTRAINT returns_order FOREIGN KEY (organizer_id, order_id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT returns_taken_by FOREIGN KEY (organizer_id, taken_by_id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT returns_status CHECK (status IN ('offered', 'taken', 'withdrawn'))
);
CREATE INDEX returns_of_order ON bookings.returns (organizer_id, order_id);
CREATE UNIQUE INDEX returns_one_offer ON bookings.returns (organizer_id, ticket_id)
    WHERE status = 'offered';
CREATE INDEX returns_offered ON bookings.returns (organizer_id, occurrence_id, id)
    WHERE status = 'offered';
CREATE INDEX returns_of_holder ON bookings.returns (organizer_id, holder)
"""


def upgrade() -> None:
    for statement in filter(str.strip, _STATEMENTS.split(";")):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE bookings.returns")
