"""Which orders were split, so that both can name the other."""

from alembic import op

revision = "0033_splits"
down_revision = "0032_waiting_told"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE bookings.splits (
            organizer_id uuid NOT NULL REFERENCES users.organizers (id),
            id uuid NOT NULL,
            order_id uuid NOT NULL,
            new_order_id uuid NOT NULL,
            because text NOT NULL,
            tickets jsonb NOT NULL,
            currency text NOT NULL,
            total_amount bigint NOT NULL,
            paid_amount bigint NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (organizer_id, id),
            CONSTRAINT splits_order FOREIGN KEY (organizer_id, order_id)
                REFERENCES bookings.orders (organizer_id, id),
            CONSTRAINT splits_new_order FOREIGN KEY (organizer_id, new_order_id)
                REFERENCES bookings.orders (organizer_id, id),
            CONSTRAINT splits_made_once UNIQUE (organizer_id, new_order_id)
        )
    """)
    op.execute("CREATE INDEX splits_of_order ON bookings.splits (organizer_id, order_id)")


def downgrade() -> None:
    op.execute("DROP TABLE bookings.splits")
