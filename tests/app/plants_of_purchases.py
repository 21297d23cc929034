"""For every invariant of purchases, rows that break it; see `plants`."""

from tests.app.plants import Plant

_PURCHASE = """
INSERT INTO bookings.purchases (organizer_id, id, status, settled_at)
VALUES (:organizer, :one, 'held', NULL)"""
_PAID = """
INSERT INTO bookings.purchases (organizer_id, id, status, payment_id, settled_at)
VALUES (:organizer, :one, 'confirmed', :payment, clock_timestamp())"""
_NAMED = """
UPDATE bookings.orders SET charges = jsonb_build_object('purchase_id', :one::uuid)
WHERE id = :order"""

PLANTS = (
    Plant(
        "I8 what a purchase was paid is its orders'",
        "money that none of them has",
        (
            _PAID,
            "UPDATE payments.payments SET reference = :one WHERE id = :payment",
        ),
    ),
    Plant(
        "I43 what is bought together is bought as a whole",
        "one order confirmed, the purchase not",
        (
            _PURCHASE,
            "INSERT INTO bookings.purchase_orders VALUES (:organizer, :order, :one)",
            _NAMED,
        ),
    ),
    Plant(
        "I43 what is bought together is bought as a whole",
        "an order that knows nothing of it",
        (
            _PURCHASE,
            "INSERT INTO bookings.purchase_orders VALUES (:organizer, :held, :one)",
        ),
    ),
)
