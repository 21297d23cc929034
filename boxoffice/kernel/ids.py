"""Identifiers."""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

# Crockford's alphabet: no I, L, O, U, so a code survives a phone call.
_CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ORDER_CODE_LENGTH = 8


def new_id() -> UUID:
    """A UUIDv7: unique everywhere, sorted by the millisecond it was made in."""
    return uuid7()


def new_order_code() -> str:
    """Eight characters a person can read out; unique per organizer by constraint, not by luck."""
    number = secrets.randbits(5 * ORDER_CODE_LENGTH)
    return "".join(
        _CODE_ALPHABET[(number >> shift) & 31] for shift in range(0, 5 * ORDER_CODE_LENGTH, 5)
    )
