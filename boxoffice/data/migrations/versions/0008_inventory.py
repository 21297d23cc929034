"""Inventory: categories, variations, open prices, hidden types, tiers, limits per person."""

from alembic import op

revision = "0008_inventory"
down_revision = "0007_notifications"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE events.ticket_categories (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    name text NOT NULL,
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE
);
CREATE INDEX ticket_categories_of_event
    ON events.ticket_categories (organizer_id, event_id, position);

ALTER TABLE events.events ADD COLUMN max_per_person integer;
ALTER TABLE events.events
    ADD CONSTRAINT events_max_per_person CHECK (max_per_person >= 1);

ALTER TABLE events.ticket_types
    ADD COLUMN pricing text NOT NULL DEFAULT 'fixed',
    ADD COLUMN suggested_amount bigint,
    ADD COLUMN category_id uuid,
    ADD COLUMN visibility text NOT NULL DEFAULT 'public',
    ADD COLUMN access_code text,
    ADD COLUMN opens_after_id uuid,
    ADD COLUMN max_per_person integer,
    ADD CONSTRAINT ticket_types_pricing CHECK (pricing IN ('fixed', 'open')),
    ADD CONSTRAINT ticket_types_suggestion CHECK (suggested_amount >= price_amount),
    ADD CONSTRAINT ticket_types_visibility CHECK (visibility IN ('public', 'hidden')),
    ADD CONSTRAINT ticket_types_code CHECK (visibility = 'public' OR access_code IS NOT NULL),
    ADD CONSTRAINT ticket_types_max_per_person CHECK (max_per_person >= 1),
    ADD CONSTRAINT ticket_types_not_after_itself CHECK (opens_after_id <> id),
    ADD FOREIGN KEY (organizer_id, category_id)
        REFERENCES events.ticket_categories (organizer_id, id),
    ADD FOREIGN KEY (organizer_id, opens_after_id)
        REFERENCES events.ticket_types (organizer_id, id);

CREATE TABLE events.variations (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    ticket_type_id uuid NOT NULL,
    name text NOT NULL,
    price_amount bigint,
    on_sale boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, ticket_type_id)
        REFERENCES events.ticket_types (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT variations_price CHECK (price_amount >= 0)
);
CREATE INDEX variations_of_type ON events.variations (organizer_id, ticket_type_id, position);

CREATE TABLE events.quota_variations (
    organizer_id uuid NOT NULL,
    quota_id uuid NOT NULL,
    variation_id uuid NOT NULL,
    ticket_type_id uuid NOT NULL,
    PRIMARY KEY (organizer_id, quota_id, variation_id),
    FOREIGN KEY (organizer_id, quota_id)
        REFERENCES events.quotas (organizer_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, variation_id)
        REFERENCES events.variations (organizer_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, ticket_type_id)
        REFERENCES events.ticket_types (organizer_id, id) ON DELETE CASCADE
);
CREATE INDEX quota_variations_of_type ON events.quota_variations (organizer_id, ticket_type_id);

ALTER TABLE events.claims
    ADD COLUMN variation_id uuid,
    ADD COLUMN paying boolean NOT NULL DEFAULT false;
DROP INDEX events.claims_blocked;
CREATE INDEX claims_reserved ON events.claims (organizer_id, quota_id)
    WHERE released_at IS NULL AND kind <> 'order';

ALTER TABLE bookings.orders ADD COLUMN limited boolean NOT NULL DEFAULT false;
ALTER TABLE bookings.order_positions
    ADD COLUMN variation_id uuid,
    ADD COLUMN variation_name text;

CREATE TABLE bookings.persons (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    person uuid NOT NULL,
    PRIMARY KEY (organizer_id, event_id, person),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE
)
"""

_UNDO = """
DROP TABLE bookings.persons;
ALTER TABLE bookings.order_positions DROP COLUMN variation_id, DROP COLUMN variation_name;
ALTER TABLE bookings.orders DROP COLUMN limited;
DROP INDEX events.claims_reserved;
CREATE INDEX claims_blocked ON events.claims (organizer_id, quota_id)
    WHERE released_at IS NULL AND kind = 'block';
ALTER TABLE events.claims DROP COLUMN variation_id, DROP COLUMN paying;
DROP TABLE events.quota_variations;
DROP TABLE events.variations;
ALTER TABLE events.ticket_types
    DROP COLUMN pricing, DROP COLUMN suggested_amount, DROP COLUMN category_id,
    DROP COLUMN visibility, DROP COLUMN access_code, DROP COLUMN opens_after_id,
    DROP COLUMN max_per_person;
ALTER TABLE events.events DROP COLUMN max_per_person;
DROP TABLE events.ticket_categories
"""


def upgrade() -> None:
    for statement in filter(str.strip, _STATEMENTS.split(";")):
        op.execute(statement)


def downgrade() -> None:
    for statement in filter(str.strip, _UNDO.split(";")):
        op.execute(statement)
