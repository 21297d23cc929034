"""Which tries under an idempotency key were refused: earlier ones come to nothing then."""

from alembic import op

revision = "0034_refused_keys"
down_revision = "0033_splits"
branch_labels = None
depends_on = None

_STATEMENT = """
CREATE UNLOGGED TABLE data.refused_keys (
    scope text NOT NULL,
    key text NOT NULL,
    try_id uuid NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_refused_keys PRIMARY KEY (scope, key)
)
"""


def upgrade() -> None:
    op.execute(_STATEMENT)


def downgrade() -> None:
    op.execute("DROP TABLE data.refused_keys")
