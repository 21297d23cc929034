"""The plants of `plants.py` that are about money that cards hold."""

from tests.app.plants import Plant

_HELD = """
UPDATE payments.payments SET status = 'authorised', captured = 0, manual = true,
    created_at = clock_timestamp() - interval '1 hour',
    authorised_until = clock_timestamp() + interval '1 day' WHERE id = :payment"""

PLANTS = (
    Plant(
        "I44 what is held has not come",
        "held, and counted as ours",
        (
            "ALTER TABLE payments.payments DROP CONSTRAINT payments_held",
            "UPDATE payments.payments SET status = 'authorised' WHERE id = :payment",
        ),
    ),
    Plant(
        "I44 holds on cards end with their orders",
        "held for an order that was denied",
        (
            _HELD,
            "UPDATE bookings.orders SET status = 'rejected', confirmed_at = NULL WHERE id = :paid",
        ),
    ),
)
