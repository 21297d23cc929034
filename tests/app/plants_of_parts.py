"""The plants of `plants.py` that are about one payment for several references."""

from tests.app.plants import Plant

_PART = """
INSERT INTO payments.payments (organizer_id, id, reference, part_of, provider, status, live, amount,
    currency, captured, charge_id)
SELECT organizer_id, gen_random_uuid(), :one, id, provider, status, false, 1, currency, 1, {}
FROM payments.payments WHERE id = :payment"""


def _plant(breaks: str, what: str, *does: str) -> Plant:
    return Plant(breaks, what, does)


PLANTS = (
    _plant(
        "I14 parts add up",
        "money that was moved on to nobody",
        "UPDATE payments.payments SET moved = 1 WHERE id = :payment",
    ),
    _plant(
        "I14 parts add up",
        "a part of what it did not come through",
        "UPDATE payments.payments SET moved = 1 WHERE id = :payment",
        _PART.format("'another'"),
    ),
)
