"""Add-ons and bundles: what comes with ticket types, and with the positions of orders."""

from alembic import op

revision = "0020_extras"
down_revision = "0019_waitlist"
branch_labels = None
depends_on = None

# Only positions that come with others are in the index: others are written without touching it.
_STATEMENTS = """
ALTER TABLE events.ticket_types
    ADD COLUMN extras jsonb,
    DROP CONSTRAINT ticket_types_visibility,
    DROP CONSTRAINT ticket_types_code,
    ADD CONSTRAINT ticket_types_visibility CHECK (visibility IN ('public', 'hidden', 'add_on')),
    ADD CONSTRAINT ticket_types_code CHECK (visibility <> 'hidden' OR access_code IS NOT NULL);
ALTER TABLE bookings.order_positions
    ADD COLUMN parent_id uuid,
    ADD COLUMN bundled boolean NOT NULL DEFAULT false,
    ADD COLUMN admits boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT order_positions_parent FOREIGN KEY (organizer_id, parent_id)
        REFERENCES bookings.order_positions (organizer_id, id);
CREATE INDEX order_positions_of_parent ON bookings.order_positions (parent_id)
    WHERE parent_id IS NOT NULL;
"""
_BACK = """
ALTER TABLE bookings.order_positions
    DROP COLUMN parent_id, DROP COLUMN bundled, DROP COLUMN admits;
UPDATE events.ticket_types SET visibility = 'public', on_sale = false WHERE visibility = 'add_on';
ALTER TABLE events.ticket_types
    DROP COLUMN extras,
    DROP CONSTRAINT ticket_types_visibility,
    DROP CONSTRAINT ticket_types_code,
    ADD CONSTRAINT ticket_types_visibility CHECK (visibility IN ('public', 'hidden')),
    ADD CONSTRAINT ticket_types_code CHECK (visibility = 'public' OR access_code IS NOT NULL);
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def downgrade() -> None:
    _run(_BACK)
