"""The plants of `plants.py` that are about gift cards: `:one` is a card and its payment."""

from tests.app.plants import Plant

_CARD = """
INSERT INTO payments.gift_cards (organizer_id, id, code_hash, code_end, currency, value, balance,
    note, for_tests) VALUES (:organizer, :one, '', 'CARD', 'EUR', 500, 500, '', false)"""
_PAID_BY_CARD = """
INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live, amount,
    currency, gift_card_id)
VALUES (:organizer, :one, {}, 'gift_card', '{}', false, 500, 'EUR', :one)"""
_BOOKED = """
INSERT INTO payments.gift_card_entries (organizer_id, id, gift_card_id, kind, amount, balance,
    reference, payment_id, because, made_by)
VALUES (:organizer, gen_random_uuid(), :one, '{}', {}, 0, :held, :one, '', '')"""
_NAMED_BY_ORDER = """
UPDATE bookings.orders SET charges = jsonb_build_object('gift_cards', jsonb_build_array(
    jsonb_build_object('gift_card_id', :one, 'payment_id', :one, 'code_end', 'CARD', 'amount', {})))
WHERE id = :held"""


def _plant(breaks: str, what: str, *does: str) -> Plant:
    return Plant(breaks, what, does)


PLANTS = (
    _plant("I3 gift cards add up", "money on a card that no entry tells of", _CARD),
    _plant(
        "I9 gift cards pay once",
        "paid by a card that has lost nothing",
        _PAID_BY_CARD.format(":held", "pending"),
    ),
    _plant(
        "I9 gift cards pay once",
        "let go, and never given back",
        _PAID_BY_CARD.format(":held", "failed"),
        _BOOKED.format("spent", -500),
    ),
    _plant(
        "I9 gift cards pay once",
        "let go, and given back twice",
        _PAID_BY_CARD.format(":held", "failed"),
        _BOOKED.format("spent", -500),
        _BOOKED.format("given_back", 500),
        _BOOKED.format("given_back", 500),
    ),
    _plant(
        "I7 gift cards wait for open orders alone",
        "an order that is confirmed and has not taken it",
        _PAID_BY_CARD.format(":paid", "pending"),
    ),
    _plant(
        "I7 gift cards wait for open orders alone",
        "an order that has expired and has not let go",
        _PAID_BY_CARD.format(":held", "pending"),
        "UPDATE bookings.orders SET status = 'expired' WHERE id = :held",
    ),
    _plant(
        "I8 orders know their gift cards",
        "a card that pays, and the order does not say so",
        _PAID_BY_CARD.format(":held", "pending"),
    ),
    _plant(
        "I8 orders know their gift cards",
        "an order that names a card which was let go",
        _PAID_BY_CARD.format(":held", "failed"),
        _NAMED_BY_ORDER.format(500),
    ),
    _plant(
        "I8 orders know their gift cards",
        "an order that says another amount",
        _PAID_BY_CARD.format(":held", "pending"),
        _NAMED_BY_ORDER.format(499),
    ),
)
