"""For every invariant, rows that break it: what only raw SQL can do to a healthy database.

Run as the superuser with foreign keys asleep and, where a constraint would object, without that
constraint; nothing of it is committed. `:names` are of `stages.Healthy`.
"""

from typing import NamedTuple

_CLAIM = """
INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, ticket_type_id, units, seat_id,
    expires_at) VALUES (:organizer, gen_random_uuid(), :quota, """
_VOUCHER = """
INSERT INTO events.vouchers (organizer_id, id, event_id, code, code_key, effect, max_uses, on_stock)
VALUES (:organizer, :one, :event, 'SPRING', 'spring', 'none', 3, 'reserve')"""
_OVERUSED = """
INSERT INTO events.vouchers (organizer_id, id, event_id, code, code_key, effect, max_uses, used)
VALUES (:organizer, :one, :event, 'SPRING', 'spring', 'none', 3, 4)"""
_RETURN = """
INSERT INTO bookings.returns (organizer_id, id, order_id, ticket_id, position_id, event_id,
    occurrence_id, ticket_type_id, face_amount, status, taken_by_id, expires_at, created_at)
VALUES (:organizer, gen_random_uuid(), :order, :ticket, :position, :event, :date, :type, 0, 'taken',
    :paid, clock_timestamp(), clock_timestamp())"""
_GIVEN_ON = """
INSERT INTO bookings.transfers (organizer_id, id, order_id, ticket_id, from_name, from_email,
    to_email, message, status, expires_at, created_at)
VALUES (:organizer, gen_random_uuid(), :order, :ticket, 'Ada', 'ada@example.org', 'bob@example.org',
    '', 'accepted', clock_timestamp(), clock_timestamp())"""
_ADMITTED = """
INSERT INTO bookings.scans (organizer_id, id, event_id, ticket_id, reason, gate, scanned_at,
    received_at, scanned_by)
SELECT :organizer, gen_random_uuid(), :event, :ticket, 'ok', 'A', clock_timestamp(),
    clock_timestamp(), 'door' FROM generate_series(1, {})"""
CHANGE = """
INSERT INTO bookings.order_changes (organizer_id, id, order_id, status, by, wish, change, currency,
    due_amount, expires_at, created_at) VALUES (:organizer, :one, {}, '{}', 'staff', '{{}}', '{{}}',
    'EUR', 100, clock_timestamp() + interval '1 hour', clock_timestamp())"""
_HELD = f"{_CLAIM} 'order', :one, :type, 1, NULL, clock_timestamp() + interval '2 hours')"
_MONEY_OF_IT = """UPDATE payments.payments SET purpose = :one,
    settled_at = settled_at - interval '1 hour' WHERE id = :payment"""
TWIN_PAYMENT = """
INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live, amount,
    currency, captured, charge_id)
SELECT organizer_id, gen_random_uuid(), reference, provider, status, {}, amount, currency, captured,
    {} FROM payments.payments WHERE id = :payment"""


class Plant(NamedTuple):
    """`breaks` is the invariant's name, `does` what happens to the rows."""

    breaks: str
    what: str
    does: tuple[str, ...]


def _plant(breaks: str, what: str, *does: str) -> Plant:
    return Plant(breaks, what, does)


STOCK = (
    _plant(
        "I1 no oversell",
        "units beyond the ceiling",
        f"{_CLAIM} 'order', :order, :type, 1000, NULL, NULL)",
    ),
    _plant(
        "I1 no oversell",
        "a ceiling that nobody needs",
        "UPDATE events.quotas SET ceiling = ceiling + 1 WHERE id = :quota",
    ),
    _plant(
        "I2 one claim per seat",
        "two orders with one seat",
        "DROP INDEX events.claims_one_per_seat",
        f"{_CLAIM} 'order', :order, :type, 1, :one, NULL)",
        f"{_CLAIM} 'order', :paid, :type, 1, :one, NULL)",
    ),
    _plant(
        "I3 counters are true",
        "a unit that is counted and claimed by nobody",
        "UPDATE events.quotas SET claimed = claimed + 1 WHERE id = :quota",
    ),
    _plant(
        "I3 counters are true",
        "a counter written back from a value read before",
        "UPDATE events.quotas SET claimed = 0 WHERE id = :quota",
    ),
    _plant(
        "I4 no claim of nobody's",
        "a block of no block",
        f"{_CLAIM} 'block', :one, NULL, 1, NULL, NULL)",
    ),
    _plant(
        "I20 vouchers are counted",
        "a use that was counted and is in no order",
        _VOUCHER,
        "UPDATE events.vouchers SET used = 1 WHERE id = :one",
    ),
    _plant(
        "I27 offers are real",
        "an offer without units",
        """
INSERT INTO events.waiting (organizer_id, id, event_id, occurrence_id, units, ticket_type_ids, rank,
    offered_at, offer_ends_at)
VALUES (:organizer, :one, :event, :date, 2, ARRAY[:type], 1, clock_timestamp(),
    clock_timestamp() + interval '1 hour')""",
        f"{_CLAIM} 'offer', :one, :type, 1, NULL, clock_timestamp() + interval '1 hour')",
    ),
    _plant(
        "I30 stock is of its event",
        "a quota for another event's date",
        "UPDATE events.quotas SET occurrence_id = :one WHERE id = :quota",
    ),
    _plant(
        "I30 stock is of its event",
        "a claim for another event's type",
        "UPDATE events.claims SET ticket_type_id = :one WHERE holder = :order",
    ),
    _plant(
        "I35 dates make sense",
        "an end before the beginning",
        "ALTER TABLE events.occurrences DROP CONSTRAINT occurrences_end_after_start",
        "UPDATE events.occurrences SET ends_at = starts_at - interval '1 hour' WHERE id = :date",
    ),
    _plant(
        "I35 dates make sense",
        "a time zone of another planet",
        "UPDATE events.events SET timezone = 'Mars/Phobos' WHERE id = :event",
    ),
    _plant(
        "I39 the line is first",
        "a mark beside free units",
        """
INSERT INTO events.claims (organizer_id, id, quota_id, kind, holder, units, expires_at)
VALUES (:organizer, :quota, :quota, 'offer', :quota, 0, 'epoch')""",
    ),
    _plant(
        "I40 what is set aside adds up",
        "a unit that a voucher has lost",
        _VOUCHER,
        f"{_CLAIM} 'voucher', :one, :type, 2, NULL, NULL)",
    ),
)
ORDERS = (
    _plant(
        "I2 one ticket per seat",
        "one seat on two tickets",
        "UPDATE bookings.order_positions SET seat_id = :one WHERE order_id = :order",
    ),
    _plant(
        "I5 confirmed orders have their tickets",
        "a ticket that is missing",
        "DELETE FROM bookings.tickets WHERE id = :ticket",
    ),
    _plant(
        "I5 confirmed orders have their tickets",
        "two tickets for one position",
        "ALTER TABLE bookings.tickets DROP CONSTRAINT tickets_one_per_position",
        """
INSERT INTO bookings.tickets (organizer_id, id, position_id, order_id, event_id, occurrence_id,
    status) VALUES (:organizer, :one, :position, :order, :event, :date, 'valid')""",
    ),
    _plant(
        "I6 no ticket without a confirmed order",
        "a ticket of an order that has expired",
        "UPDATE bookings.orders SET status = 'expired' WHERE id = :order",
    ),
    _plant(
        "I6 no ticket without a confirmed order",
        "a ticket of a position that was cancelled",
        "UPDATE bookings.order_positions SET cancelled_at = clock_timestamp() WHERE id = :position",
    ),
    _plant(
        "I10 totals add up",
        "a total that is not the sum",
        "UPDATE bookings.orders SET total_amount = total_amount + 1 WHERE id = :paid",
    ),
    _plant(
        "I10 totals add up",
        "a fee that is in no total",
        """
UPDATE bookings.orders SET charges = '{"fees": [{"price": 150, "payer": "buyer"}]}'
WHERE id = :paid""",
    ),
    _plant(
        "I19 orders stand where orders can",
        "a state that no order has",
        "UPDATE bookings.orders SET status = 'bought' WHERE id = :order",
    ),
    _plant(
        "I19 orders stand where orders can",
        "confirmed, and its hold ends",
        "UPDATE bookings.orders SET hold_expires_at = clock_timestamp() WHERE id = :order",
    ),
    _plant("I23 one admission per ticket", "two gates let one ticket in", _ADMITTED.format(2)),
    _plant(
        "I24 admissions and tickets agree",
        "somebody is in whose ticket knows nothing of it",
        _ADMITTED.format(1),
    ),
    _plant(
        "I24 admissions and tickets agree",
        "a used ticket that nobody used",
        "UPDATE bookings.tickets SET status = 'used' WHERE id = :ticket",
    ),
    _plant(
        "I26 codes are unique",
        "two orders with one code",
        "ALTER TABLE bookings.orders DROP CONSTRAINT orders_code",
        "UPDATE bookings.orders SET code = 'TWICE' WHERE id IN (:order, :paid)",
    ),
    _plant("I26 codes that were given on are dead", "the giver's code still opens", _GIVEN_ON),
    _plant(
        "I30 tickets are of their order",
        "a ticket for another event than its order",
        "UPDATE bookings.tickets SET event_id = :one WHERE id = :ticket",
    ),
    _plant(
        "I30 tickets are of their order",
        "a ticket of another organizer",
        "UPDATE bookings.tickets SET organizer_id = :stranger WHERE id = :ticket",
    ),
    _plant(
        "I35 times make sense",
        "confirmed before it was opened",
        "UPDATE bookings.orders SET created_at = confirmed_at + interval '1 ms' WHERE id = :order",
    ),
    _plant(
        "I35 times make sense",
        "opened tomorrow",
        """
UPDATE bookings.orders SET created_at = clock_timestamp() + interval '1 day' WHERE id = :order""",
    ),
    _plant(
        "I38 amounts make sense",
        "more tax than price",
        "UPDATE bookings.order_positions SET tax_amount = price_amount + 1 WHERE id = :position",
    ),
    _plant(
        "I41 what comes along goes along",
        "an add-on without its ticket",
        "UPDATE bookings.order_positions SET cancelled_at = clock_timestamp() WHERE id = :position",
        """
UPDATE bookings.order_positions SET parent_id = :position
WHERE order_id = :order AND id <> :position""",
    ),
    _plant("I42 what was taken was given up", "a ticket that was sold on and opens", _RETURN),
)
PAYMENTS = (
    _plant(
        "I9 refunds are covered",
        "money promised back by no refund",
        "UPDATE payments.payments SET refunded = 1 WHERE id = :payment",
    ),
    _plant(
        "I14 one payment per charge",
        "one charge counted twice",
        "DROP INDEX payments.payments_charge",
        TWIN_PAYMENT.format("false", "charge_id"),
    ),
    _plant(
        "I38 payments make sense",
        "more came than was asked for",
        "ALTER TABLE payments.payments DROP CONSTRAINT payments_captured",
        "UPDATE payments.payments SET captured = amount + 1 WHERE id = :payment",
    ),
)
BETWEEN = (
    _plant(
        "I4 no leaked hold",
        "a cancelled order that keeps its units",
        "UPDATE bookings.orders SET status = 'cancelled' WHERE id = :held",
    ),
    _plant(
        "I4 no leaked hold",
        "a confirmed order whose units will lapse",
        """UPDATE events.claims SET expires_at = clock_timestamp() + interval '1 hour'
WHERE holder = :order""",
    ),
    _plant(
        "I4 no leaked hold",
        "units of nobody",
        _HELD,
    ),
    _plant(
        "I4 no leaked hold",
        "a change that was withdrawn and keeps its units",
        CHANGE.format(":order", "withdrawn"),
        _HELD,
    ),
    _plant(
        "I4 no leaked hold",
        "a change that waits, of an order that is not confirmed",
        CHANGE.format(":held", "awaiting_payment"),
        _HELD,
    ),
    _plant(
        "I4 no leaked hold",
        "a change that waits shorter than its units are held",
        CHANGE.format(":order", "awaiting_payment"),
        _HELD,
    ),
    _plant(
        "I5 confirmed orders have their stock",
        "units that were given to others",
        "UPDATE events.claims SET released_at = clock_timestamp() WHERE holder = :order",
    ),
    _plant(
        "I5 confirmed orders have their stock",
        "a ticket more than there are units",
        "UPDATE events.claims SET units = units - 1 WHERE holder = :order",
    ),
    _plant(
        "I5 confirmed orders have their stock",
        "units that nobody has a ticket for",
        "DELETE FROM bookings.order_positions WHERE order_id = :order",
    ),
    _plant(
        "I5 tickets have their seats",
        "a seat that its order has not claimed",
        "UPDATE bookings.order_positions SET seat_id = :one WHERE id = :position",
    ),
    _plant(
        "I7 money has an order or goes back",
        "money for an order that was let go",
        """
UPDATE bookings.orders SET status = 'cancelled', confirmed_at = NULL WHERE id = :paid""",
        "UPDATE payments.payments SET settled_at = settled_at - interval '1 hour'",
    ),
    _plant(
        "I7 money has an order or goes back",
        "money for a change that was refused",
        CHANGE.format(":paid", "refused"),
        _MONEY_OF_IT,
    ),
    _plant(
        "I7 money has an order or goes back",
        "money for a change that was made with other money",
        CHANGE.format(":paid", "done"),
        _MONEY_OF_IT,
    ),
    _plant(
        "I11 one currency",
        "paid in another currency",
        "UPDATE payments.payments SET currency = 'USD' WHERE id = :payment",
    ),
    _plant(
        "I30 orders are of their event",
        "an order for a date of another event",
        "UPDATE bookings.orders SET occurrence_id = :one WHERE id = :order",
    ),
    _plant(
        "I30 orders are of their event",
        "a ticket type of another event",
        "UPDATE events.ticket_types SET event_id = :one WHERE id = :type",
    ),
    _plant(
        "I36 a cancelled date has nothing sold",
        "a cancelled date that is sold",
        "UPDATE events.occurrences SET status = 'cancelled' WHERE id = :date",
    ),
)
PLANTS = (*STOCK, *ORDERS, *PAYMENTS, *BETWEEN)


class Wall(NamedTuple):
    """A constraint of the database, and what it refuses, whoever asks."""

    name: str
    act: str


WALLS = (
    Wall(
        "quotas_never_oversold",
        "UPDATE events.quotas SET claimed = ceiling + 1 WHERE id = :quota",
    ),
    Wall("quotas_claimed", "UPDATE events.quotas SET claimed = -1 WHERE id = :quota"),
    Wall(
        "claims_one_per_seat",
        "UPDATE events.claims SET seat_id = :one WHERE holder IN (:order, :paid)",
    ),
    Wall("vouchers_never_overused", _OVERUSED),
    Wall(
        "tickets_one_per_position",
        "UPDATE bookings.tickets SET position_id = :position WHERE order_id = :order",
    ),
    Wall("orders_code", "UPDATE bookings.orders SET code = 'TWICE' WHERE id IN (:order, :paid)"),
    Wall("payments_held", "UPDATE payments.payments SET status = 'voided' WHERE id = :payment"),
    Wall("payments_live", TWIN_PAYMENT.format("true", "'another'")),
    Wall("payments_charge", TWIN_PAYMENT.format("false", "charge_id")),
    Wall(
        "payments_refunded",
        "UPDATE payments.payments SET refunded = captured + 1 WHERE id = :payment",
    ),
)
