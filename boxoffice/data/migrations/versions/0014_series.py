"""Dates of events: series, cancelled and postponed dates, and the work that follows from those."""

from alembic import op

revision = "0014_series"
down_revision = "0013_questions"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE events.series (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    rule text NOT NULL,
    starts timestamp NOT NULL,
    minutes integer NOT NULL,
    doors_minutes integer,
    excepted text[] NOT NULL DEFAULT '{}',
    added text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT series_minutes CHECK (minutes > 0),
    CONSTRAINT series_doors CHECK (doors_minutes >= 0)
);
CREATE INDEX series_of_event ON events.series (organizer_id, event_id);

ALTER TABLE events.occurrences
    ADD COLUMN status text NOT NULL DEFAULT 'scheduled',
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN postponed_from timestamptz,
    ADD COLUMN series_id uuid,
    ADD COLUMN slot timestamp,
    ADD CONSTRAINT occurrences_status CHECK (status IN ('scheduled', 'cancelled')),
    ADD CONSTRAINT occurrences_in_series CHECK ((series_id IS NULL) = (slot IS NULL)),
    ADD CONSTRAINT occurrences_slot UNIQUE (organizer_id, series_id, slot)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT occurrences_series FOREIGN KEY (organizer_id, series_id)
        REFERENCES events.series (organizer_id, id);

ALTER TABLE events.quotas ADD COLUMN kin uuid;
CREATE INDEX quotas_of_date ON events.quotas (organizer_id, occurrence_id);

ALTER TABLE events.discovery
    ADD COLUMN next_ends_at timestamptz,
    ADD COLUMN dates integer NOT NULL DEFAULT 1,
    ADD COLUMN days date[] NOT NULL DEFAULT '{}';
UPDATE events.discovery SET next_ends_at = ends_at;
ALTER TABLE events.discovery ALTER COLUMN next_ends_at SET NOT NULL;
CREATE INDEX discovery_next ON events.discovery (next_ends_at) WHERE next_ends_at < ends_at;

ALTER TABLE bookings.tickets ADD COLUMN void_reason text;

CREATE TABLE bookings.date_changes (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    kind text NOT NULL,
    occurrence_ids uuid[] NOT NULL,
    whole_event boolean NOT NULL,
    refund text NOT NULL,
    keep_percent integer NOT NULL,
    keep_per_ticket bigint NOT NULL,
    message text NOT NULL,
    currency text NOT NULL,
    status text NOT NULL DEFAULT 'running',
    orders integer NOT NULL,
    started_by text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    leased_until timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT date_changes_event FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id),
    CONSTRAINT date_changes_kind CHECK (kind IN ('cancel', 'postpone')),
    CONSTRAINT date_changes_status CHECK (status IN ('running', 'done')),
    CONSTRAINT date_changes_refund CHECK (refund IN ('full', 'keep_fee', 'none'))
);
CREATE INDEX date_changes_of_event ON bookings.date_changes (organizer_id, event_id, id);
CREATE INDEX date_changes_running ON bookings.date_changes (started_at) WHERE status = 'running';

CREATE TABLE bookings.date_change_steps (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    date_change_id uuid NOT NULL,
    order_id uuid NOT NULL,
    outcome text NOT NULL,
    tickets integer NOT NULL,
    refund_amount bigint NOT NULL,
    refunded_amount bigint,
    done_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT date_change_steps_change FOREIGN KEY (organizer_id, date_change_id)
        REFERENCES bookings.date_changes (organizer_id, id),
    CONSTRAINT date_change_steps_order FOREIGN KEY (organizer_id, order_id)
        REFERENCES bookings.orders (organizer_id, id),
    CONSTRAINT date_change_steps_once UNIQUE (organizer_id, date_change_id, order_id),
    CONSTRAINT date_change_steps_refund CHECK (refund_amount >= 0)
);
CREATE INDEX date_change_steps_owing ON bookings.date_change_steps
    (organizer_id, date_change_id) WHERE refund_amount > 0 AND refunded_amount IS NULL;
"""

_UNDO = """
DROP TABLE bookings.date_change_steps;
DROP TABLE bookings.date_changes;
ALTER TABLE bookings.tickets DROP COLUMN void_reason;
DROP INDEX events.discovery_next;
ALTER TABLE events.discovery DROP COLUMN next_ends_at, DROP COLUMN dates, DROP COLUMN days;
DROP INDEX events.quotas_of_date;
ALTER TABLE events.quotas DROP COLUMN kin;
ALTER TABLE events.occurrences
    DROP COLUMN status, DROP COLUMN sequence, DROP COLUMN postponed_from,
    DROP COLUMN series_id, DROP COLUMN slot;
DROP TABLE events.series;
"""


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def upgrade() -> None:
    _run(_STATEMENTS)


def downgrade() -> None:
    _run(_UNDO)
