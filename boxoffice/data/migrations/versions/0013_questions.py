"""Questions that events ask, answers to them, and the files that answers consist of."""

from alembic import op

revision = "0013_questions"
down_revision = "0012_selective_keys"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE events.questions (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    label text NOT NULL,
    help text NOT NULL DEFAULT '',
    kind text NOT NULL,
    per text NOT NULL,
    required boolean NOT NULL,
    ticket_type_ids uuid[] NOT NULL DEFAULT '{}',
    options text[] NOT NULL DEFAULT '{}',
    minimum double precision,
    maximum double precision,
    depends_on_id uuid,
    depends_on_answers jsonb NOT NULL,
    at_check_in boolean NOT NULL DEFAULT false,
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT questions_depends_on FOREIGN KEY (organizer_id, depends_on_id)
        REFERENCES events.questions (organizer_id, id),
    CONSTRAINT questions_per CHECK (per IN ('order', 'ticket')),
    CONSTRAINT questions_not_on_itself CHECK (depends_on_id <> id)
);
CREATE INDEX questions_of_event ON events.questions (organizer_id, event_id, position);

ALTER TABLE events.events ADD COLUMN answers_close_minutes integer NOT NULL DEFAULT 0;

CREATE TABLE bookings.answer_files (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    name text NOT NULL,
    content_type text NOT NULL,
    size integer NOT NULL,
    blob_key text NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, order_id) REFERENCES bookings.orders (organizer_id, id)
);
CREATE INDEX answer_files_of_order ON bookings.answer_files (organizer_id, order_id);
CREATE INDEX answer_files_by_age ON bookings.answer_files (uploaded_at);

CREATE TABLE bookings.answers (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    order_id uuid NOT NULL,
    position_id uuid,
    question_id uuid NOT NULL,
    label text NOT NULL,
    kind text NOT NULL,
    value jsonb NOT NULL,
    shown text NOT NULL,
    at_check_in boolean NOT NULL DEFAULT false,
    file_id uuid,
    answered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id),
    FOREIGN KEY (organizer_id, order_id) REFERENCES bookings.orders (organizer_id, id),
    FOREIGN KEY (organizer_id, position_id)
        REFERENCES bookings.order_positions (organizer_id, id),
    FOREIGN KEY (organizer_id, file_id) REFERENCES bookings.answer_files (organizer_id, id),
    CONSTRAINT answers_once UNIQUE NULLS NOT DISTINCT
        (organizer_id, order_id, question_id, position_id)
);
CREATE INDEX answers_of_event ON bookings.answers (organizer_id, event_id, order_id);
CREATE INDEX answers_of_file ON bookings.answers (organizer_id, file_id)
    WHERE file_id IS NOT NULL;
"""
_BACK = """
DROP TABLE bookings.answers, bookings.answer_files, events.questions;
ALTER TABLE events.events DROP COLUMN answers_close_minutes;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def downgrade() -> None:
    _run(_BACK)
