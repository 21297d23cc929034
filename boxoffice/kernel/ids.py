"""Identifiers."""

import secrets
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

# Crockford's alphabet: no I, L, O, U, so a code survives a phone call.
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ORDER_CODE_LENGTH = 8
VOUCHER_CODE_LENGTH = 12


def new_id() -> UUID:
    """A UUIDv7: unique everywhere, sorted by the millisecond it was made in."""
    return uuid7()


def least_id(at: datetime) -> UUID:
    """No id that `new_id` makes from then on is less."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def new_order_code() -> str:
    """Eight characters a person can read out; unique per organizer by constraint, not by luck."""
    return _random_code(ORDER_CODE_LENGTH)


def new_voucher_code() -> str:
    """Twelve characters (60 bits) in groups of four, that nobody guesses: `7QZK-M2XV-9RTB`."""
    code = _random_code(VOUCHER_CODE_LENGTH)
    return "-".join(code[start : start + 4] for start in range(0, VOUCHER_CODE_LENGTH, 4))


def _random_code(length: int) -> str:
    number = secrets.randbits(5 * length)
    return "".join(_CODE_ALPHABET[(number >> shift) & 31] for shift in range(0, 5 * length, 5))
