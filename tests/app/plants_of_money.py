"""The plants of `plants.py` that are about what came for an order, and whether it is enough."""

from tests.app.plants import CHANGE, TWIN_PAYMENT, Plant

_LONG_AGO = "UPDATE payments.payments SET settled_at = clock_timestamp() - interval '1 hour'"


def _plant(breaks: str, what: str, *does: str) -> Plant:
    return Plant(breaks, what, does)


PLANTS = (
    _plant(
        "I8 confirmed orders are paid",
        "nothing came of the payment that it names",
        "UPDATE payments.payments SET captured = 0 WHERE id = :payment",
    ),
    _plant(
        "I8 confirmed orders are covered",
        "money that went back although no ticket did",
        "UPDATE payments.payments SET refunded = 1 WHERE id = :payment",
    ),
    _plant(
        "I8 confirmed orders are covered",
        "an order that became dearer, and nobody paid what was more",
        "UPDATE bookings.orders SET total_amount = total_amount + 100 WHERE id = :paid",
        CHANGE.format(":paid", "done"),
    ),
    _plant(
        "I15 nothing is paid twice",
        "a second charge for an order, which stays",
        TWIN_PAYMENT.format("false", "'another'"),
        _LONG_AGO,
    ),
    _plant(
        "I15 nothing is paid twice",
        "a second charge for a change, which stays",
        "UPDATE payments.payments SET purpose = :one WHERE id = :payment",
        TWIN_PAYMENT.format("false", "'another'"),
        "UPDATE payments.payments SET purpose = :one",
        _LONG_AGO,
    ),
)
