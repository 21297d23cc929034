"""Events: events, occurrences, venues, ticket types, quotas and claims, public discovery."""

from alembic import op

revision = "0003_events"
down_revision = "0002_users"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE SCHEMA events;

CREATE TABLE events.venues (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    name text NOT NULL,
    address text,
    city text,
    country text,
    PRIMARY KEY (organizer_id, id)
);

CREATE TABLE events.events (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL DEFAULT '',
    description text NOT NULL DEFAULT '',
    category text NOT NULL DEFAULT 'other',
    status text NOT NULL DEFAULT 'draft',
    timezone text NOT NULL,
    format text NOT NULL DEFAULT 'in_person',
    currency char(3) NOT NULL,
    venue_id uuid,
    online_url text,
    website text,
    cover_key text,
    cover_width integer,
    cover_height integer,
    import_key text,
    import_digest text,
    published_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, venue_id) REFERENCES events.venues (organizer_id, id),
    CONSTRAINT events_slug UNIQUE (organizer_id, slug),
    CONSTRAINT events_import_key UNIQUE (organizer_id, import_key),
    CONSTRAINT events_status CHECK (status IN ('draft', 'published', 'cancelled')),
    CONSTRAINT events_format CHECK (format IN ('in_person', 'online', 'hybrid'))
);

CREATE TABLE events.occurrences (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    doors_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT occurrences_end_after_start CHECK (ends_at > starts_at)
);
CREATE INDEX occurrences_of_event ON events.occurrences (organizer_id, event_id, starts_at);

CREATE TABLE events.ticket_types (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    price_amount bigint NOT NULL,
    min_per_order integer NOT NULL DEFAULT 1,
    max_per_order integer NOT NULL DEFAULT 10,
    sales_start timestamptz,
    sales_end timestamptz,
    on_sale boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT ticket_types_price CHECK (price_amount >= 0),
    CONSTRAINT ticket_types_per_order CHECK (min_per_order >= 1 AND max_per_order >= min_per_order),
    CONSTRAINT ticket_types_sale_window CHECK (sales_end > sales_start)
);
CREATE INDEX ticket_types_of_event ON events.ticket_types (organizer_id, event_id, position);

CREATE TABLE events.quotas (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    name text NOT NULL,
    capacity integer NOT NULL,
    ceiling integer NOT NULL,
    claimed integer NOT NULL DEFAULT 0,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, occurrence_id)
        REFERENCES events.occurrences (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT quotas_capacity CHECK (capacity >= 0),
    CONSTRAINT quotas_claimed CHECK (claimed >= 0),
    CONSTRAINT quotas_never_oversold CHECK (claimed <= ceiling)
) WITH (fillfactor = 50);
CREATE INDEX quotas_of_event ON events.quotas (organizer_id, event_id);

CREATE TABLE events.quota_ticket_types (
    organizer_id uuid NOT NULL,
    quota_id uuid NOT NULL,
    ticket_type_id uuid NOT NULL,
    PRIMARY KEY (organizer_id, quota_id, ticket_type_id),
    FOREIGN KEY (organizer_id, quota_id)
        REFERENCES events.quotas (organizer_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organizer_id, ticket_type_id)
        REFERENCES events.ticket_types (organizer_id, id) ON DELETE CASCADE
);
CREATE INDEX quota_ticket_types_of_type ON events.quota_ticket_types (organizer_id, ticket_type_id);

CREATE TABLE events.claims (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    quota_id uuid NOT NULL,
    kind text NOT NULL,
    holder uuid NOT NULL,
    ticket_type_id uuid,
    units integer NOT NULL,
    seat_id uuid,
    expires_at timestamptz,
    released_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, quota_id) REFERENCES events.quotas (organizer_id, id),
    CONSTRAINT claims_kind CHECK (kind IN ('order', 'block', 'voucher', 'offer')),
    CONSTRAINT claims_units CHECK (units >= 1)
);
CREATE INDEX claims_lapsing ON events.claims (organizer_id, quota_id, expires_at)
    WHERE released_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX claims_blocked ON events.claims (organizer_id, quota_id)
    WHERE released_at IS NULL AND kind = 'block';
CREATE INDEX claims_of_holder ON events.claims (organizer_id, holder) WHERE released_at IS NULL;
CREATE UNIQUE INDEX claims_one_per_seat ON events.claims (organizer_id, seat_id)
    WHERE released_at IS NULL AND seat_id IS NOT NULL;

CREATE TABLE events.discovery (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    organizer_slug text NOT NULL,
    organizer_name text NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    category text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    timezone text NOT NULL,
    format text NOT NULL,
    venue_name text,
    city text,
    city_key text,
    country text,
    country_key text,
    cover_key text,
    cover_width integer,
    cover_height integer,
    price_from bigint,
    currency char(3) NOT NULL,
    is_free boolean NOT NULL,
    words tsvector NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, event_id)
);
CREATE INDEX discovery_by_date ON events.discovery (starts_at, event_id);
CREATE INDEX discovery_still_on ON events.discovery (ends_at);
CREATE INDEX discovery_city ON events.discovery (city_key, starts_at);
CREATE INDEX discovery_category ON events.discovery (category, starts_at);
CREATE INDEX discovery_words ON events.discovery USING gin (words);
"""


def upgrade() -> None:
    for statement in filter(str.strip, _STATEMENTS.split(";")):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP SCHEMA events CASCADE")
