"""Prices: tax rules, event price rules, vouchers and their uses; what an order's parts cost."""

from alembic import op

revision = "0010_prices"
down_revision = "0009_seating"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE events.tax_rules (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    name text NOT NULL,
    rate integer NOT NULL,
    inclusive boolean NOT NULL,
    country text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT tax_rules_rate CHECK (rate BETWEEN 0 AND 100000)
);

CREATE TABLE events.event_prices (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    rules jsonb NOT NULL,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, id) REFERENCES events.events (organizer_id, id) ON DELETE CASCADE
);

CREATE TABLE events.vouchers (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    code text NOT NULL,
    code_key text NOT NULL,
    note text NOT NULL DEFAULT '',
    effect text NOT NULL,
    value bigint NOT NULL DEFAULT 0,
    budget bigint,
    spent bigint NOT NULL DEFAULT 0,
    max_uses integer NOT NULL DEFAULT 1,
    used integer NOT NULL DEFAULT 0,
    max_per_order integer,
    valid_from timestamptz,
    valid_until timestamptz,
    ticket_type_ids uuid[] NOT NULL DEFAULT '{}',
    on_stock text NOT NULL DEFAULT 'normal',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id)
        REFERENCES events.events (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT vouchers_effect CHECK (effect IN ('none', 'percent', 'amount', 'price')),
    CONSTRAINT vouchers_on_stock CHECK (on_stock IN ('normal', 'reserve', 'bypass')),
    CONSTRAINT vouchers_value CHECK (value >= 0),
    CONSTRAINT vouchers_never_overused CHECK (used BETWEEN 0 AND max_uses),
    CONSTRAINT vouchers_never_overspent
        CHECK (spent >= 0 AND (budget IS NULL OR spent <= budget))
);
CREATE UNIQUE INDEX vouchers_code ON events.vouchers (organizer_id, event_id, code_key)
    WHERE deleted_at IS NULL;

CREATE TABLE events.voucher_uses (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    voucher_id uuid NOT NULL,
    holder uuid NOT NULL,
    units integer NOT NULL,
    amount bigint NOT NULL,
    expires_at timestamptz,
    released_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, voucher_id)
        REFERENCES events.vouchers (organizer_id, id) ON DELETE CASCADE,
    CONSTRAINT voucher_uses_numbers CHECK (units >= 1 AND amount >= 0)
);
CREATE INDEX voucher_uses_of_holder ON events.voucher_uses (organizer_id, holder);
CREATE INDEX voucher_uses_standing ON events.voucher_uses (organizer_id, voucher_id, expires_at)
    WHERE released_at IS NULL;

-- What a voucher sets aside may be used up and come back.
ALTER TABLE events.claims
    ADD COLUMN voucher_id uuid,
    DROP CONSTRAINT claims_units,
    ADD CONSTRAINT claims_units CHECK (units >= CASE WHEN kind = 'voucher' THEN 0 ELSE 1 END);

ALTER TABLE bookings.orders ADD COLUMN charges jsonb;
ALTER TABLE bookings.order_positions
    ADD COLUMN list_amount bigint,
    ADD COLUMN tax_amount bigint NOT NULL DEFAULT 0,
    ADD COLUMN charges jsonb;
UPDATE bookings.order_positions SET list_amount = price_amount;
ALTER TABLE bookings.order_positions
    ALTER COLUMN list_amount SET NOT NULL,
    ADD CONSTRAINT order_positions_amounts CHECK (list_amount >= 0 AND tax_amount >= 0);
"""


_BACK = """
ALTER TABLE bookings.order_positions
    DROP COLUMN list_amount, DROP COLUMN tax_amount, DROP COLUMN charges;
ALTER TABLE bookings.orders DROP COLUMN charges;
DELETE FROM events.claims WHERE units = 0;
ALTER TABLE events.claims
    DROP CONSTRAINT claims_units, DROP COLUMN voucher_id,
    ADD CONSTRAINT claims_units CHECK (units >= 1);
DROP TABLE events.voucher_uses, events.vouchers, events.event_prices, events.tax_rules;
"""


def upgrade() -> None:
    _run(_STATEMENTS)


def _run(statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        op.execute(statement)


def downgrade() -> None:
    _run(_BACK)
