"""Presales: what an event says about early access, who has registered, and passes for winners."""

from alembic import op

revision = "0028_presales"
down_revision = "0027_store_credit"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE events.vouchers ADD COLUMN early boolean NOT NULL DEFAULT false;

CREATE TABLE events.presales (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    opens_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    mode text NOT NULL,
    max_tickets integer NOT NULL,
    total_tickets integer,
    window_starts_at timestamptz NOT NULL,
    window_minutes integer NOT NULL,
    ticket_type_ids uuid[] NOT NULL DEFAULT '{}',
    drawn_at timestamptz,
    seed text,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT presales_event FOREIGN KEY (organizer_id, id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT presales_mode CHECK (mode IN ('first_come', 'draw')),
    CONSTRAINT presales_times CHECK (opens_at < closes_at AND window_minutes >= 1),
    CONSTRAINT presales_numbers CHECK (
        max_tickets >= 1 AND (total_tickets IS NULL OR total_tickets >= 1)),
    CONSTRAINT presales_drawn CHECK ((drawn_at IS NULL) = (seed IS NULL))
);
CREATE INDEX presales_to_draw ON events.presales (closes_at) WHERE drawn_at IS NULL;

CREATE TABLE bookings.presale_registrations (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    person uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    quantity integer NOT NULL,
    link_version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    confirmed_at timestamptz,
    outcome text,
    pass_id uuid,
    told_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT presale_registrations_event FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT presale_registrations_presale FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.presales (organizer_id, id),
    CONSTRAINT presale_registrations_pass FOREIGN KEY (organizer_id, pass_id)
        REFERENCES events.vouchers (organizer_id, id),
    CONSTRAINT presale_registrations_quantity CHECK (quantity >= 1),
    CONSTRAINT presale_registrations_outcome CHECK (
        outcome IN ('won', 'lost', 'withdrawn', 'removed'))
);
CREATE UNIQUE INDEX presale_registrations_one_each
    ON bookings.presale_registrations (organizer_id, event_id, person)
    WHERE outcome IS NULL OR outcome IN ('won', 'lost');
CREATE INDEX presale_registrations_of_event
    ON bookings.presale_registrations (organizer_id, event_id, id);
CREATE INDEX presale_registrations_to_tell
    ON bookings.presale_registrations (organizer_id, event_id)
    WHERE outcome IN ('won', 'lost') AND told_at IS NULL;
"""

_BACK = """
DROP TABLE bookings.presale_registrations;
DROP TABLE events.presales;
DELETE FROM events.vouchers WHERE early;
ALTER TABLE events.vouchers DROP COLUMN early;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def downgrade() -> None:
    _run(_BACK)


def _run(statements: str) -> None:
    for statement in filter(None, map(str.strip, statements.split(";\n"))):
        op.execute(statement)
