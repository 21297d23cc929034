"""Tickets that need approval, and the applications for them."""

from alembic import op

revision = "0021_approvals"
down_revision = "0020_extras"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE events.ticket_types ADD COLUMN needs_approval boolean NOT NULL DEFAULT false;

CREATE TABLE bookings.applications (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    message text NOT NULL,
    sent_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    closed_at timestamptz,
    score integer,
    note text NOT NULL DEFAULT '',
    approved boolean,
    answer text NOT NULL DEFAULT '',
    decided_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT applications_order FOREIGN KEY (organizer_id, id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT applications_score CHECK (score BETWEEN 0 AND 10),
    CONSTRAINT applications_decided CHECK ((decided_at IS NULL) = (approved IS NULL))
);
CREATE INDEX applications_of_event ON bookings.applications (organizer_id, event_id, id);
CREATE INDEX applications_due ON bookings.applications (due_at) WHERE closed_at IS NULL;
"""

_BACK = """
DROP TABLE bookings.applications;
ALTER TABLE events.ticket_types DROP COLUMN needs_approval;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def downgrade() -> None:
    _run(_BACK)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)
