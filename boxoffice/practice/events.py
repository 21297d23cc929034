"""Events: what happened to a charge or a refund, written down with it and delivered as webhooks."""

import sqlite3
import time

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.practice.behaviours import behaviour_of
from boxoffice.practice.wire import Behaviour, Charge, Event, Refund

# A first webhook that waits for a later one to overtake it gives up waiting after this long.
_OVERTAKEN_WITHIN = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE, _MOST_ATTEMPTS = 1.0, 300.0, 20


def record(book: sqlite3.Connection, kind: str, about: Charge | Refund) -> None:
    """Write the event's deliveries in the transaction of what it reports."""
    charge = about.id if isinstance(about, Charge) else about.charge
    behaviour = behaviour_of(book, about.merchant)
    now = time.time()
    event = Event(
        id=f"evt_{new_id().hex}",
        type=kind,
        merchant=about.merchant,
        created=int(now),
        object=about,
    )
    due = now + behaviour.delay_seconds + _overtaking_time(book, behaviour, charge)
    row = (event.id, event.merchant, charge, msgspec.json.encode(event), due)
    book.executemany(
        "INSERT INTO deliveries (event, merchant, charge, body, due) VALUES (?, ?, ?, ?, ?)",
        [row] * (1 + behaviour.duplicates),
    )


def due_deliveries(book: sqlite3.Connection, *, limit: int) -> list[sqlite3.Row]:
    """Deliveries whose time has come, earliest first."""
    return book.execute(
        "SELECT * FROM deliveries WHERE due <= ? ORDER BY due, seq LIMIT ?",
        (time.time(), limit),
    ).fetchall()


def next_due(book: sqlite3.Connection) -> float | None:
    """When the next delivery is due, if any waits."""
    return book.execute("SELECT min(due) FROM deliveries").fetchone()[0]


def delivered(book: sqlite3.Connection, delivery: sqlite3.Row) -> None:
    """Done with it; earlier events of the same charge that were to be overtaken may go now."""
    book.execute("DELETE FROM deliveries WHERE seq = ?", (delivery["seq"],))
    book.execute(
        "UPDATE deliveries SET due = min(due, ?) WHERE charge = ? AND seq < ? AND attempts = 0",
        (time.time(), delivery["charge"], delivery["seq"]),
    )


def undelivered(book: sqlite3.Connection, delivery: sqlite3.Row) -> None:
    """Try again later, each pause twice the last; after the twentieth attempt give up."""
    if delivery["attempts"] + 1 >= _MOST_ATTEMPTS:
        book.execute("DELETE FROM deliveries WHERE seq = ?", (delivery["seq"],))
        return
    pause = min(_FIRST_PAUSE * 2 ** delivery["attempts"], _LONGEST_PAUSE)
    book.execute(
        "UPDATE deliveries SET attempts = attempts + 1, due = ? WHERE seq = ?",
        (time.time() + pause, delivery["seq"]),
    )


def _overtaking_time(book: sqlite3.Connection, behaviour: Behaviour, charge: str) -> float:
    if not behaviour.reordered:
        return 0.0
    earlier = book.execute("SELECT 1 FROM deliveries WHERE charge = ?", (charge,)).fetchone()
    return 0.0 if earlier else _OVERTAKEN_WITHIN
