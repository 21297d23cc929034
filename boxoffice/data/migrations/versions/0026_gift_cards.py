"""Gift cards, their entries, and payments by them."""

from alembic import op

revision = "0026_gift_cards"
down_revision = "0025_order_changes"
branch_labels = None
depends_on = None

_STATEMENTS = """
CREATE TABLE payments.gift_cards (
    organizer_id uuid NOT NULL REFERENCES users.organizers (id),
    id uuid NOT NULL,
    code_hash bytea NOT NULL,
    code_end text NOT NULL,
    currency char(3) NOT NULL,
    value bigint NOT NULL,
    balance bigint NOT NULL DEFAULT 0,
    note text NOT NULL,
    for_tests boolean NOT NULL,
    expires_at timestamptz,
    voided_at timestamptz,
    reference uuid,
    issue_key text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT gift_cards_code UNIQUE (organizer_id, code_hash),
    CONSTRAINT gift_cards_once UNIQUE (organizer_id, reference, issue_key),
    CONSTRAINT gift_cards_balance CHECK (balance >= 0),
    CONSTRAINT gift_cards_value CHECK (value > 0)
);
CREATE INDEX gift_cards_expiring ON payments.gift_cards (expires_at)
    WHERE balance > 0 AND expires_at IS NOT NULL;

CREATE TABLE payments.gift_card_entries (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    gift_card_id uuid NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    balance bigint NOT NULL,
    reference uuid,
    payment_id uuid,
    because text NOT NULL,
    made_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organizer_id, id),
    CONSTRAINT gift_card_entries_card FOREIGN KEY (organizer_id, gift_card_id)
        REFERENCES payments.gift_cards (organizer_id, id),
    CONSTRAINT gift_card_entries_payment FOREIGN KEY (organizer_id, payment_id)
        REFERENCES payments.payments (organizer_id, id),
    CONSTRAINT gift_card_entries_kind CHECK
        (kind IN ('issued', 'spent', 'given_back', 'adjusted', 'expired', 'voided')),
    CONSTRAINT gift_card_entries_amount CHECK (amount <> 0)
);
CREATE INDEX gift_card_entries_of_card
    ON payments.gift_card_entries (organizer_id, gift_card_id, id);

ALTER TABLE payments.payments ADD COLUMN gift_card_id uuid,
    ADD CONSTRAINT payments_gift_card FOREIGN KEY (organizer_id, gift_card_id)
        REFERENCES payments.gift_cards (organizer_id, id);
ALTER TABLE payments.refunds ADD COLUMN gift_card_id uuid,
    ADD CONSTRAINT refunds_gift_card FOREIGN KEY (organizer_id, gift_card_id)
        REFERENCES payments.gift_cards (organizer_id, id);
"""


def upgrade() -> None:
    for statement in filter(str.strip, _STATEMENTS.split(";\n")):
        op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE payments.refunds DROP COLUMN gift_card_id")
    op.execute("ALTER TABLE payments.payments DROP COLUMN gift_card_id")
    op.execute("DROP TABLE payments.gift_card_entries")
    op.execute("DROP TABLE payments.gift_cards")
