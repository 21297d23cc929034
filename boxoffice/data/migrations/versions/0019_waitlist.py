"""The waitlist: places in line, what an event says about it, and who waits."""

from alembic import op

revision = "0019_waitlist"
down_revision = "0018_transfers"
branch_labels = None
depends_on = None

_STATEMENTS = """
ALTER TABLE events.events
    ADD COLUMN waitlist_mode text NOT NULL DEFAULT 'fifo',
    ADD COLUMN waitlist_open boolean NOT NULL DEFAULT false,
    ADD COLUMN waitlist_minutes integer NOT NULL DEFAULT 1440,
    ADD CONSTRAINT events_waitlist CHECK (
        waitlist_mode IN ('fifo', 'lottery') AND waitlist_minutes BETWEEN 5 AND 20160);

CREATE TABLE events.waiting (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    units integer NOT NULL,
    ticket_type_ids uuid[] NOT NULL,
    variation_ids uuid[] NOT NULL DEFAULT '{}',
    rank bigint NOT NULL,
    joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    offered_at timestamptz,
    offer_ends_at timestamptz,
    offered_type_id uuid,
    offered_variation_id uuid,
    lapsed_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, occurrence_id)
        REFERENCES events.occurrences (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT waiting_units CHECK (units >= 1),
    CONSTRAINT waiting_offer_ends CHECK ((offered_at IS NULL) = (offer_ends_at IS NULL))
);
CREATE INDEX waiting_in_line ON events.waiting (organizer_id, occurrence_id, rank)
    WHERE ended_at IS NULL;

-- A quota's mark that people wait for its units may have none of them.
ALTER TABLE events.claims
    DROP CONSTRAINT claims_units,
    ADD CONSTRAINT claims_units
        CHECK (units >= CASE WHEN kind IN ('voucher', 'offer') THEN 0 ELSE 1 END);

CREATE TABLE bookings.waitlist_entries (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    person uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    link_version integer NOT NULL DEFAULT 1,
    outcome text,
    order_id uuid,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT waitlist_entries_event FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT waitlist_entries_outcome CHECK (
        outcome IN ('accepted', 'declined', 'left', 'removed'))
);
CREATE UNIQUE INDEX waitlist_entries_one_each
    ON bookings.waitlist_entries (organizer_id, occurrence_id, person) WHERE outcome IS NULL;
CREATE INDEX waitlist_entries_of_event ON bookings.waitlist_entries (organizer_id, event_id, id);
"""

_BACK = """
DROP TABLE bookings.waitlist_entries;
DELETE FROM events.claims WHERE units = 0;
ALTER TABLE events.claims
    DROP CONSTRAINT claims_units,
    ADD CONSTRAINT claims_units CHECK (units >= CASE WHEN kind = 'voucher' THEN 0 ELSE 1 END);
DROP TABLE events.waiting;
ALTER TABLE events.events
    DROP COLUMN waitlist_mode, DROP COLUMN waitlist_open, DROP COLUMN waitlist_minutes;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def downgrade() -> None:
    _run(_BACK)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)
