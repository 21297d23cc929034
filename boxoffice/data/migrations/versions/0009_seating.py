"""Seating: seat maps and their versions, the one a date uses, the staff's blocks, sold seats."""

from alembic import op

revision = "0009_seating"
down_revision = "0008_inventory"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE events.seat_maps (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    name text NOT NULL,
    latest integer NOT NULL,
    next_ordinal integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id)
);

CREATE TABLE events.seat_map_versions (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    seat_map_id uuid NOT NULL,
    number integer NOT NULL,
    plan text NOT NULL,
    ordinals bytea NOT NULL,
    seats integer NOT NULL,
    standing integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, seat_map_id) REFERENCES events.seat_maps (organizer_id, id)
        ON DELETE CASCADE,
    CONSTRAINT seat_map_versions_number UNIQUE (organizer_id, seat_map_id, number)
);

CREATE TABLE events.seatings (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    version_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, occurrence_id) REFERENCES events.occurrences (organizer_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, version_id) REFERENCES events.seat_map_versions (organizer_id, id),
    CONSTRAINT seatings_one_per_occurrence UNIQUE (organizer_id, occurrence_id)
);

CREATE TABLE events.seating_categories (
    organizer_id uuid NOT NULL,
    seating_id uuid NOT NULL,
    category text NOT NULL,
    ticket_type_id uuid NOT NULL,
    PRIMARY KEY (organizer_id, seating_id, category),
    FOREIGN KEY (organizer_id, seating_id) REFERENCES events.seatings (organizer_id, id)
        ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, ticket_type_id) REFERENCES events.ticket_types (organizer_id, id)
);

CREATE TABLE events.blocks (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    reason text NOT NULL,
    expires_at timestamptz,
    released_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, occurrence_id) REFERENCES events.occurrences (organizer_id, id)
        ON DELETE CASCADE
);
CREATE INDEX blocks_of_occurrence ON events.blocks (organizer_id, occurrence_id);

ALTER TABLE events.quotas
    ADD COLUMN seating_id uuid,
    ADD CONSTRAINT quotas_seating FOREIGN KEY (organizer_id, seating_id)
        REFERENCES events.seatings (organizer_id, id);

ALTER TABLE bookings.order_positions
    ADD COLUMN seat_id uuid,
    ADD COLUMN seat jsonb;
"""


def upgrade() -> None:
    for statement in _STATEMENTS.split(";"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE bookings.order_positions DROP COLUMN seat, DROP COLUMN seat_id")
    op.execute("ALTER TABLE events.quotas DROP COLUMN seating_id")
    for table in ("blocks", "seating_categories", "seatings", "seat_map_versions", "seat_maps"):
        op.execute(f"DROP TABLE events.{table}")
