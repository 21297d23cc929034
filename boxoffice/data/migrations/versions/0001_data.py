"""The data layer: outbox, deliveries, idempotency keys, audit log, job queue, the application's
role.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_data"
down_revision = None
branch_labels = None
depends_on = None

_NOW = sa.text("clock_timestamp()")
_CREATE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'boxoffice_app') THEN
        CREATE ROLE boxoffice_app NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'boxoffice_app', 'MEMBER') THEN
        EXECUTE format('GRANT boxoffice_app TO %I', current_user);
    END IF;
END $$
"""


def _time(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, postgresql.TIMESTAMP(timezone=True), **options)


def upgrade() -> None:
    op.execute("CREATE SCHEMA data")
    op.execute(_CREATE_ROLE)
    op.create_table(
        "outbox",
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("organizer_id", sa.UUID()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        _time("created_at", server_default=_NOW, nullable=False),
        _time("relayed_at"),
        schema="data",
    )
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["id"],
        schema="data",
        postgresql_where=sa.text("relayed_at IS NULL"),
    )
    op.create_table(
        "delivered",
        sa.Column("fact_id", sa.UUID(), primary_key=True),
        sa.Column("listener", sa.Text(), primary_key=True),
        _time("at", server_default=sa.func.now(), nullable=False),
        schema="data",
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("answer", sa.LargeBinary()),
        _time("created_at", server_default=sa.func.now(), nullable=False),
        schema="data",
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.UUID(), primary_key=True),
        sa.Column("organizer_id", sa.UUID()),
        _time("at", server_default=_NOW, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("trace_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=False),
        schema="data",
    )
    op.create_index("audit_log_of_organizer", "audit_log", ["organizer_id", "id"], schema="data")
    _install_queue()


def _install_queue() -> None:
    """Several statements in one string, which only the driver's simple protocol accepts."""
    ddl = Path(__file__).with_name("pgqueuer_1_6.sql").read_text()
    adapted: Any = op.get_bind().connection.dbapi_connection

    async def run(connection: Any) -> None:
        await connection.execute(ddl)

    adapted.run_async(run)


def downgrade() -> None:
    op.execute("DROP SCHEMA data CASCADE")
