"""Holds: money that a card holds is captured or voided, whichever comes first, once."""

import sqlite3
import time
from collections.abc import Callable

import msgspec

from boxoffice.practice import charges
from boxoffice.practice.cards import card
from boxoffice.practice.idempotency import Kept, once
from boxoffice.practice.wire import Charge, Problem

_REFUSED: charges.Reason = ("capture_refused", "The bank does not give the money that it held.")


def capture(book: sqlite3.Connection, charge_id: str, *, key: str) -> Kept:
    """All of the money comes: 201 with the charge; 402 if the card refuses it after all; 409 for
    one that is not held (any more).
    """
    return _once(book, "capture", charge_id, key, lambda held: _capture(book, held))


def void(book: sqlite3.Connection, charge_id: str, *, key: str) -> Kept:
    """The card holds nothing any more: 201 with the charge; 409 for one that is not held."""
    return _once(book, "void", charge_id, key, lambda held: _void(book, held))


def _once(
    book: sqlite3.Connection,
    operation: str,
    charge_id: str,
    key: str,
    act: Callable[[Charge], Kept],
) -> Kept:
    def ended() -> Kept:
        held = charges.read(book, charge_id)
        if held.status != "authorised" or (held.authorised_until or 0) <= int(time.time()):
            raise Problem(409, "charge_not_held", f"This charge is {held.status}.", held)
        return act(held)

    return once(book, operation, key=key, body=charge_id.encode(), act=ended)


def _capture(book: sqlite3.Connection, held: Charge) -> Kept:
    if card(held.source).captures:
        return _made(charges.end(book, held.id, "succeeded"))
    refused = charges.end(book, held.id, "failed", _REFUSED)
    return Kept(402, Problem(402, "capture_refused", refused.message or "", refused).body)


def _void(book: sqlite3.Connection, held: Charge) -> Kept:
    return _made(charges.end(book, held.id, "voided"))


def _made(charge: Charge) -> Kept:
    return Kept(201, msgspec.json.encode(charge))
