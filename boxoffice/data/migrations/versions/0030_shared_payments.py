"""One payment's money can be for several references."""

from alembic import op

revision = "0030_shared_payments"
down_revision = "0029_apart"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE payments.payments
            ADD COLUMN moved bigint NOT NULL DEFAULT 0,
            ADD COLUMN part_of uuid,
            DROP CONSTRAINT payments_refunded,
            ADD CONSTRAINT payments_refunded
                CHECK (refunded >= 0 AND moved >= 0 AND refunded + moved <= captured),
            ADD CONSTRAINT payments_part CHECK (part_of IS NULL OR NOT (live OR apart)),
            ADD CONSTRAINT payments_part_of FOREIGN KEY (organizer_id, part_of)
                REFERENCES payments.payments,
            DROP CONSTRAINT payments_charge
    """)
    op.execute(
        "CREATE UNIQUE INDEX payments_charge ON payments.payments "
        "(charge_id, provider, organizer_id) WHERE part_of IS NULL"
    )
    op.execute(
        "CREATE INDEX payments_parts ON payments.payments (part_of) WHERE part_of IS NOT NULL"
    )


# A payment that has parts has no way back: the last constraint refuses it, and nothing is changed.
def downgrade() -> None:
    op.execute("DROP INDEX payments.payments_parts")
    op.execute("DROP INDEX payments.payments_charge")
    op.execute("""
        ALTER TABLE payments.payments
            DROP COLUMN part_of,
            DROP CONSTRAINT payments_refunded,
            DROP COLUMN moved,
            ADD CONSTRAINT payments_refunded CHECK (refunded BETWEEN 0 AND captured),
            ADD CONSTRAINT payments_charge UNIQUE (charge_id, provider, organizer_id)
    """)
