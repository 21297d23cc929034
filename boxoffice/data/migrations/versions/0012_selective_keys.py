"""Indexes of the tables that grow begin with what tells rows apart, and rows that have a parent
trust its key to name the organizer.

An index that begins with the organizer fits every lookup of a young table as well as its primary
key does: a foreign key's check, planned once for a connection, then reads all rows of the
organizer.
"""

from alembic import op

revision = "0012_selective_keys"
down_revision = "0011_order_axes"
branch_labels = None
depends_on = None

# table, constraint, columns before, columns now
_UNIQUE = (
    ("bookings.orders", "orders_code", "organizer_id, code", "code, organizer_id"),
    ("bookings.order_positions", "order_positions_number",
     "organizer_id, order_id, number", "order_id, number, organizer_id"),
    ("bookings.tickets", "tickets_one_per_position",
     "organizer_id, position_id", "position_id, organizer_id"),
    ("payments.payments", "payments_once", "organizer_id, once_key", "once_key, organizer_id"),
    ("payments.payments", "payments_charge",
     "organizer_id, provider, charge_id", "charge_id, provider, organizer_id"),
    ("payments.refunds", "refunds_once",
     "organizer_id, reference, key, payment_id", "reference, key, payment_id, organizer_id"),
    ("payments.refunds", "refunds_provider",
     "organizer_id, provider_refund_id", "provider_refund_id, organizer_id"),
    ("payments.provider_events", "provider_events_once",
     "organizer_id, provider, event_id", "event_id, provider, organizer_id"),
    ("notifications.deliveries", "deliveries_once",
     "organizer_id, fact_id, template, recipient", "fact_id, template, recipient, organizer_id"),
)  # fmt: skip
_STANDING = "WHERE released_at IS NULL"
# table, index, columns before, columns now, what follows
_INDEXES = (
    ("bookings.orders", "orders_of_event", "organizer_id, event_id, id", "event_id, id", ""),
    ("bookings.tickets", "tickets_of_order", "organizer_id, order_id", "order_id", ""),
    ("bookings.tickets", "tickets_of_event", "organizer_id, event_id", "event_id", ""),
    ("bookings.scans", "scans_of_ticket", "organizer_id, ticket_id", "ticket_id", ""),
    ("events.claims", "claims_lapsing",
     "organizer_id, quota_id, expires_at", "quota_id, expires_at",
     f"{_STANDING} AND expires_at IS NOT NULL"),
    ("events.claims", "claims_reserved",
     "organizer_id, quota_id", "quota_id", f"{_STANDING} AND kind <> 'order'"),
    ("events.voucher_uses", "voucher_uses_of_holder", "organizer_id, holder", "holder", ""),
    ("events.voucher_uses", "voucher_uses_standing",
     "organizer_id, voucher_id, expires_at", "voucher_id, expires_at", _STANDING),
    ("payments.payments", "payments_of_reference",
     "organizer_id, reference, id", "reference, id", ""),
    ("payments.payment_attempts", "payment_attempts_of_payment",
     "organizer_id, payment_id", "payment_id", ""),
    ("payments.refunds", "refunds_of_payment", "organizer_id, payment_id", "payment_id", ""),
)  # fmt: skip
_UNIQUE_INDEXES = (
    ("events.claims", "claims_one_per_seat",
     "organizer_id, seat_id", "seat_id, organizer_id", f"{_STANDING} AND seat_id IS NOT NULL"),
    ("payments.payments", "payments_live",
     "organizer_id, reference", "reference, organizer_id", "WHERE live"),
)  # fmt: skip
_WITHIN_PARENT = (
    "bookings.orders", "bookings.order_positions", "bookings.tickets",
    "events.claims", "events.voucher_uses",
)  # fmt: skip


def upgrade() -> None:
    for table, name, _, now in _UNIQUE:
        _make_unique(table, name, now)
    for table, name, _, now, rest in _INDEXES:
        _make_index("INDEX", table, name, f"({now}) {rest}")
    for table, name, _, now, rest in _UNIQUE_INDEXES:
        _make_index("UNIQUE INDEX", table, name, f"({now}) {rest}")
    # How a holder's claims stand shows in the released ones, too.
    _make_index("INDEX", "events.claims", "claims_of_holder", "(holder)")
    for table in _WITHIN_PARENT:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {_organizer_key(table)}")


def downgrade() -> None:
    for table in _WITHIN_PARENT:
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {_organizer_key(table)} "
            "FOREIGN KEY (organizer_id) REFERENCES users.organizers (id)"
        )
    _make_index("INDEX", "events.claims", "claims_of_holder", f"(organizer_id, holder) {_STANDING}")
    for table, name, before, _, rest in _UNIQUE_INDEXES:
        _make_index("UNIQUE INDEX", table, name, f"({before}) {rest}")
    for table, name, before, _, rest in _INDEXES:
        _make_index("INDEX", table, name, f"({before}) {rest}")
    for table, name, before, _ in _UNIQUE:
        _make_unique(table, name, before)


def _make_unique(table: str, name: str, columns: str) -> None:
    op.execute(
        f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} UNIQUE ({columns})"
    )


def _make_index(kind: str, table: str, name: str, rest: str) -> None:
    op.execute(f"DROP INDEX {table.split('.', maxsplit=1)[0]}.{name}")
    op.execute(f"CREATE {kind} {name} ON {table} {rest}")


def _organizer_key(table: str) -> str:
    return f"{table.split('.')[1]}_organizer_id_fkey"
