"""Charges: made, read, listed, settled by time: slow ones, and holds that nobody captured."""

import sqlite3
import time

import msgspec

from boxoffice.kernel.ids import new_id
from boxoffice.practice import events
from boxoffice.practice.behaviours import behaviour_of
from boxoffice.practice.cards import Card, card
from boxoffice.practice.idempotency import Kept, once
from boxoffice.practice.wire import Charge, ChargeList, ChargeRequest, ChargeStatus, Problem

Reason = tuple[str | None, str | None]
MOST_PER_PAGE = 100
LAPSED: Reason = ("authorisation_lapsed", "Nobody captured the money in time.")
_INNER = {"seq", "settles", "capture"}


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
    """Settle every slow charge and void every hold whose time has come; when the next one's comes,
    if any is left.
    """
    now = time.time()
    for row in book.execute("SELECT * FROM charges WHERE settles <= ?", (now,)).fetchall():
        if row["status"] == "authorised":
            end(book, row["id"], "voided", LAPSED)
        else:
            _settle(book, row)
    return book.execute("SELECT min(settles) FROM charges WHERE settles IS NOT NULL").fetchone()[0]


def end(
    book: sqlite3.Connection, charge_id: str, status: ChargeStatus, why: Reason = (None, None)
) -> Charge:
    """A hold is over: captured (`succeeded`), `voided`, or refused after all (`failed`)."""
    book.execute(
        "UPDATE charges SET status = ?, settles = NULL, decline_code = ?, message = ?,"
        " amount_captured = iif(? = 'succeeded', amount, 0) WHERE id = ?",
        (status, *why, status, charge_id),
    )
    charge = read(book, charge_id)
    events.record(book, f"charge.{status}", charge)
    return charge


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
        " decline_code, message, idempotency_key, created, settles, capture)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(
                charge_id,
                wanted.merchant,
                "processing",
                wanted.amount,
                wanted.currency,
                wanted.source,
            ),
            *(wanted.reference, msgspec.json.encode(wanted.metadata).decode(), *reason),
            *(key, now, settles, wanted.capture),
        ),
    )
    if settled:
        _answer(book, charge_id, wanted.merchant, chosen.first, capture=wanted.capture)
    return read(book, charge_id)


def _settle(book: sqlite3.Connection, row: sqlite3.Row) -> None:
    chosen = card(row["source"])
    book.execute(
        "UPDATE charges SET decline_code = ?, message = ? WHERE id = ?",
        (chosen.decline_code, chosen.message, row["id"]),
    )
    _answer(book, row["id"], row["merchant"], chosen.finally_, capture=bool(row["capture"]))
    charge = read(book, row["id"])
    events.record(book, f"charge.{charge.status}", charge)


def _answer(
    book: sqlite3.Connection, charge_id: str, merchant: str, status: ChargeStatus, *, capture: bool
) -> None:
    """What the card says: the money comes, or is held for a while, or does neither."""
    if status == "succeeded" and not capture:
        until = time.time() + behaviour_of(book, merchant).hold_seconds
        book.execute(
            "UPDATE charges SET status = 'authorised', settles = ?, authorised_until = ?"
            " WHERE id = ?",
            (until, until, charge_id),
        )
        return
    book.execute(
        "UPDATE charges SET status = ?, settles = NULL, amount_captured = iif(? = 'succeeded',"
        " amount, 0) WHERE id = ?",
        (status, status, charge_id),
    )


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
    fields = {name: row[name] for name in row.keys() if name not in _INNER}  # noqa: SIM118
    fields["metadata"] = msgspec.json.decode(row["metadata"], type=dict[str, str])
    fields["created"] = int(row["created"])
    until = row["authorised_until"]
    fields["authorised_until"] = None if until is None else int(until)
    return Charge(**fields)
