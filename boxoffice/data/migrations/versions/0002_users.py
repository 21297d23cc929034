"""Users: accounts, organizers, members, sessions."""

from alembic import op

revision = "0002_users"
down_revision = "0001_data"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE users.users (
    id uuid PRIMARY KEY,
    email text NOT NULL CONSTRAINT users_email_key UNIQUE,
    name text NOT NULL,
    password_hash text,
    email_verified_at timestamptz,
    platform_admin boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    access_changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX users_access_changed ON users.users (access_changed_at);
CREATE TABLE users.organizers (
    id uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT organizers_slug_key UNIQUE,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    contact_email text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE users.members (
    organizer_id uuid NOT NULL REFERENCES users.organizers,
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users.users,
    role text NOT NULL CONSTRAINT members_role_known CHECK (
        role IN ('owner', 'manager', 'marketing', 'finance', 'support', 'door', 'read_only')
    ),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT members_once_per_organizer UNIQUE (organizer_id, user_id)
);
CREATE INDEX members_of_user ON users.members (user_id);
CREATE TABLE users.sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users.users,
    generation integer NOT NULL DEFAULT 0
        CONSTRAINT sessions_generation_counts CHECK (generation >= 0),
    rotated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_because text
);
CREATE INDEX sessions_of_user ON users.sessions (user_id);
CREATE INDEX sessions_expiring ON users.sessions (expires_at)
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA users")
    for statement in _TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP SCHEMA users CASCADE")
