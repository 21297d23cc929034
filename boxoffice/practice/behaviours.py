"""How each merchant is treated, kept in the book so that a restart changes nothing."""

import sqlite3

import msgspec

from boxoffice.practice.wire import Behaviour


def behaviour_of(book: sqlite3.Connection, merchant: str) -> Behaviour:
    """What was set for the merchant, or the well-behaved default."""
    row = book.execute(
        "SELECT behaviour FROM behaviours WHERE merchant = ?", (merchant,)
    ).fetchone()
    return msgspec.json.decode(row[0], type=Behaviour) if row else Behaviour()


def set_behaviour(book: sqlite3.Connection, merchant: str, body: bytes) -> Behaviour:
    """From now on; webhooks already on their way keep their times."""
    behaviour = msgspec.json.decode(body, type=Behaviour)
    book.execute(
        "INSERT OR REPLACE INTO behaviours VALUES (?, ?)",
        (merchant, msgspec.json.encode(behaviour).decode()),
    )
    return behaviour
