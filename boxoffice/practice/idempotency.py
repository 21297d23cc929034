"""One key, one effect: the first answer to a key is kept and given again."""

import sqlite3
import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

from boxoffice.practice.wire import Problem


class Kept(NamedTuple):
    """An answer as it was first given; `replayed` when this is not the first time."""

    status: int
    body: bytes
    replayed: bool = False


def once(
    book: sqlite3.Connection,
    operation: str,
    *,
    key: str,
    body: bytes,
    act: Callable[[], Kept],
) -> Kept:
    """What `act` answers, or what it answered when this key came first.

    A missing key or another body is a `Problem`.
    """
    if not 1 <= len(key) <= 255:
        raise Problem(
            400,
            "idempotency_key_required",
            "Send an Idempotency-Key, 255 characters at most.",
        )
    fingerprint = sha256(body).digest()
    row = book.execute(
        "SELECT fingerprint, status, body FROM answers WHERE operation = ? AND key = ?",
        (operation, key),
    ).fetchone()
    if row is None:
        return _keep(book, operation, key, fingerprint, act())
    if row["fingerprint"] != fingerprint:
        raise Problem(
            422,
            "idempotency_mismatch",
            "This Idempotency-Key came with another body before.",
        )
    return Kept(row["status"], row["body"], replayed=True)


def _keep(
    book: sqlite3.Connection, operation: str, key: str, fingerprint: bytes, answer: Kept
) -> Kept:
    book.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
        (operation, key, fingerprint, answer.status, answer.body, time.time()),
    )
    return answer
