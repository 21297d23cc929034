"""Charges: made, read, listed, settled."""

import sqlite3
import time

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.practice import events
from boxoffice.practice.behaviours import behaviour_of
from boxoffice.practice.cards import Card, card
from boxoffice.practice.idempotency import Kept, once
from boxoffice.practice.wire import Charge, ChargeList, ChargeRequest, Problem

MOST_PER_PAGE = 100


def create(book: sqlite3.Connection, *, key: str, body: bytes) -> Kept:
    """Charge the card. 201 with the charge, 402 with a refused one; the same for the same key."""
    wanted = msgspec.json.decode(body, type=ChargeRequest)
    chosen = card(wanted.source)
    return once(
        book,
        "charge",
        key=key,
        body=body,
        act=lambda: _create(book, key, wanted, chosen),
    )


def read(book: sqlite3.Connection, charge_id: str) -> Charge:
    """The charge, or a 404 `Problem`."""
    row = book.execute("SELECT * FROM charges WHERE id = ?", (charge_id,)).fetchone()
    if row is None:
        raise Problem(404, "no_such_charge", f"There is no charge {charge_id!r}.")
    return _charge(row)


def page(book: sqlite3.Connection, query: dict[str, str]) -> ChargeList:
    """Newest first; `merchant`, `reference`, `idempotency_key` and `created_from` narrow it."""
    limit = _number(query, "limit", default=25, most=MOST_PER_PAGE)
    conditions, values = _conditions(query)
    rows = book.execute(
        f"SELECT * FROM charges WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT ?",  # noqa: S608
        (*values, limit + 1),
    ).fetchall()
    return ChargeList(data=[_charge(row) for row in rows[:limit]], has_more=len(rows) > limit)


def settle_due(book: sqlite3.Connection) -> float | None:
    """Settle every slow charge whose time has come; when the next one's comes, if any is left."""
    now = time.time()
    for row in book.execute("SELECT id, source FROM charges WHERE settles <= ?", (now,)).fetchall():
        _settle(book, row["id"], card(row["source"]))
    return book.execute("SELECT min(settles) FROM charges WHERE settles IS NOT NULL").fetchone()[0]


def _create(book: sqlite3.Connection, key: str, wanted: ChargeRequest, chosen: Card) -> Kept:
    charge = _insert(book, key, wanted, chosen)
    events.record(book, f"charge.{charge.status}", charge)
    if charge.status == "failed":
        declined = Problem(402, "card_declined", charge.message or "", charge)
        return Kept(declined.status, declined.body)
    return Kept(201, msgspec.json.encode(charge))


def _insert(book: sqlite3.Connection, key: str, wanted: ChargeRequest, chosen: Card) -> Charge:
    now, settled = time.time(), chosen.first == chosen.finally_
    reason = (chosen.decline_code, chosen.message) if settled else (None, None)
    settles = None if settled else now + behaviour_of(book, wanted.merchant).slow_seconds
    charge_id = f"ch_{new_id().hex}"
    book.execute(
        "INSERT INTO charges (id, merchant, status, amount, currency, source, reference, metadata,"
        " decline_code, message, idempotency_key, created, settles)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                charge_id,
                wanted.merchant,
                chosen.first,
                wanted.amount,
                wanted.currency,
                wanted.source,
            ),
            *(wanted.reference, msgspec.json.encode(wanted.metadata).decode(), *reason),
            *(key, now, settles),
        ),
    )
    return read(book, charge_id)


def _settle(book: sqlite3.Connection, charge_id: str, chosen: Card) -> None:
    book.execute(
        "UPDATE charges SET status = ?, decline_code = ?, message = ?, settles = NULL WHERE id = ?",
        (chosen.finally_, chosen.decline_code, chosen.message, charge_id),
    )
    events.record(book, f"charge.{chosen.finally_}", read(book, charge_id))


def _conditions(query: dict[str, str]) -> tuple[list[str], list[str | int]]:
    conditions, values = ["1"], list[str | int]()
    for column in ("merchant", "reference", "idempotency_key"):
        if column in query:
            conditions.append(f"{column} = ?")
            values.append(query[column])
    if "created_from" in query:
        conditions.append("created >= ?")
        values.append(_number(query, "created_from", default=0, most=2**53))
    if "starting_after" in query:
        conditions.append("seq < (SELECT seq FROM charges WHERE id = ?)")
        values.append(query["starting_after"])
    return conditions, values


def _number(query: dict[str, str], name: str, *, default: int, most: int) -> int:
    text = query.get(name, str(default))
    if not text.isdecimal() or not text.isascii() or len(text) > 16 or int(text) > most:
        raise Problem(400, "bad_parameter", f"`{name}` is a whole number up to {most}.")
    return int(text)


def _charge(row: sqlite3.Row) -> Charge:
    fields = {name: row[name] for name in row.keys() if name not in {"seq", "settles"}}  # noqa: SIM118
    fields["metadata"] = msgspec.json.decode(row["metadata"], type=dict[str, str])
    fields["created"] = int(row["created"])
    return Charge(**fields)
