"""Refunds: money back to the card, never more than came."""

import sqlite3
import time

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.practice import charges, events
from boxoffice.practice.idempotency import Kept, once
from boxoffice.practice.wire import Charge, Problem, Refund, RefundRequest


def create(book: sqlite3.Connection, *, key: str, body: bytes) -> Kept:
    """Give money back. 201 with the refund; the same again for the same key."""
    wanted = msgspec.json.decode(body, type=RefundRequest)
    return once(book, "refund", key=key, body=body, act=lambda: _create(book, key, wanted))


def _create(book: sqlite3.Connection, key: str, wanted: RefundRequest) -> Kept:
    charge = charges.read(book, wanted.charge)
    amount = _amount(charge, wanted)
    refund = Refund(
        id=f"re_{new_id().hex}",
        charge=charge.id,
        merchant=charge.merchant,
        amount=amount,
        currency=charge.currency,
        idempotency_key=key,
        created=int(time.time()),
    )
    _insert(book, refund)
    events.record(book, "refund.succeeded", refund)
    return Kept(201, msgspec.json.encode(refund))


def _amount(charge: Charge, wanted: RefundRequest) -> int:
    left = charge.amount_captured - charge.amount_refunded
    if charge.status != "succeeded":
        raise Problem(409, "charge_not_succeeded", "Only money that has come can go back.")
    amount = wanted.amount or left
    if amount == 0 or amount > left:
        raise Problem(409, "refund_exceeds_charge", f"{left} is left of this charge.")
    return amount


def _insert(book: sqlite3.Connection, refund: Refund) -> None:
    book.execute(
        "UPDATE charges SET amount_refunded = amount_refunded + ? WHERE id = ?",
        (refund.amount, refund.charge),
    )
    book.execute(
        "INSERT INTO refunds VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                refund.id,
                refund.charge,
                refund.merchant,
                refund.amount,
                refund.currency,
            ),
            *(refund.idempotency_key, refund.created),
        ),
    )
