"""The journal against the database, after a storm: every acknowledgement must be there."""

import time
from collections import Counter
from typing import Any
from uuid import UUID

import asyncpg

from storm.buying import seats_of
from storm.journal import Journal, Promise
from storm.register import NOBODY, Act, Kind, Outcome
from storm.site import Sale, Site

_ORDERS = """
SELECT o.id::text, o.status, o.total_amount,
       ARRAY(SELECT p.seat_id::text FROM bookings.order_positions p
             WHERE p.organizer_id = o.organizer_id AND p.order_id = o.id
             AND p.seat_id IS NOT NULL) AS given,
       (SELECT count(*) FROM bookings.order_positions p WHERE p.organizer_id = o.organizer_id
        AND p.order_id = o.id AND p.cancelled_at IS NULL) AS positions,
       ARRAY(SELECT t.id::text FROM bookings.tickets t WHERE t.organizer_id = o.organizer_id
             AND t.order_id = o.id AND t.status <> 'void' ORDER BY t.id) AS tickets,
       ARRAY(SELECT c.seat_id::text FROM events.claims c WHERE c.organizer_id = o.organizer_id
             AND c.holder = o.id AND c.released_at IS NULL AND c.seat_id IS NOT NULL
             AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())) AS seats
FROM bookings.orders o WHERE o.organizer_id = $1 AND o.event_id = $2
"""
_KEYS = """
SELECT key, convert_from(answer, 'UTF8')::jsonb ->> 'id' AS id
FROM data.idempotency_keys WHERE key = ANY($1::text[])
"""
_LAPSE = """
WITH moved AS (
    UPDATE bookings.orders SET hold_expires_at = clock_timestamp() - interval '1 second'
    WHERE organizer_id = $1 AND event_id = $2 AND status IN ('held', 'awaiting_payment')
      AND hold_expires_at > clock_timestamp()
    RETURNING id),
lapsed AS (
    UPDATE events.claims c SET expires_at = clock_timestamp() - interval '1 second' FROM moved
    WHERE c.organizer_id = $1 AND c.holder = moved.id AND c.released_at IS NULL)
SELECT id::text FROM moved
"""
_STANDS = {
    "confirmed": {"confirmed"},
    "held": {"held", "awaiting_payment", "expired"},
    "cancelled": {"cancelled"},
    # Somebody has begun to pay and was told of no end; where the money is, is compared apart.
    "paying": {"held", "awaiting_payment", "confirmed", "expired"},
}


async def ask(site: Site, statement: str, *arguments: Any) -> list[asyncpg.Record]:
    """Rows of the database as its owner sees them."""
    connection = await asyncpg.connect(site.owner_url)
    try:
        return await connection.fetch(statement, *arguments)
    finally:
        await connection.close()


async def let_lapse(site: Site, sale: Sale) -> int:
    """End the time of everything that is held, as if fifteen minutes had passed; how many."""
    begun = time.perf_counter()
    rows = await ask(site, _LAPSE, sale.organizer_id, UUID(sale.event_id))
    ended, lapsed = time.perf_counter(), {row["id"] for row in rows}
    for promise in site.journal.orders:
        if promise.id in lapsed:
            for seat in seats_of(promise.told):
                act = Act(Kind.DROP, promise.told.key, begun, ended)
                site.journal.acts[f"seat {seat}"].append(act)
    return len(lapsed)


async def compare(site: Site, sale: Sale) -> int:
    """Offences are noted in the journal; gives the number of tickets sold."""
    journal = site.journal
    rows = await ask(site, _ORDERS, sale.organizer_id, UUID(sale.event_id))
    stored = {row["id"]: row for row in rows}
    for promise in journal.orders:
        _compare(journal, promise, stored.get(promise.id))
    late = await _keys(site)
    for order_id, promise in late.items():
        for seat in stored[order_id]["given"] if order_id in stored else ():
            journal.perhaps(f"seat {seat}", promise.told.key, promise.told.begun)
    journal.late = len(late)
    _nobodys(journal, stored, late)
    _owners(journal, sale, rows, late)
    return sum(len(row["tickets"]) for row in rows if row["status"] == "confirmed")


def _compare(journal: Journal, promise: Promise, row: asyncpg.Record | None) -> None:
    if promise.told.outcome is not Outcome.OK:
        return
    if row is None:
        journal.offend(f"an acknowledged order is lost: {promise.id}")
        return
    if row["status"] not in _STANDS[promise.stands]:
        journal.offend(f"order {promise.id} was {promise.stands} and is {row['status']}")
    if row["positions"] != len(promise.told.body["positions"]):
        journal.offend(f"order {promise.id} has {row['positions']} positions, not as told")
    told = sorted(ticket["id"] for ticket in promise.told.body["tickets"])
    if told and told != list(row["tickets"]):
        journal.offend(f"order {promise.id} has other tickets than was told")


def _nobodys(journal: Journal, stored: dict[str, asyncpg.Record], late: dict[str, Promise]) -> None:
    """What is stored was acknowledged, or comes of a request whose answer its asker never saw."""
    known = {promise.id for promise in journal.orders if promise.told.outcome is Outcome.OK}
    strange = [order_id for order_id in stored if order_id not in known | late.keys()]
    if strange:
        journal.offend(f"{len(strange)} orders that nobody was told of, first {strange[0]}")


async def _keys(site: Site) -> dict[str, Promise]:
    """A key leads to the order that was told, and to none where it was refused; unless there were
    tries without an answer, one of which was carried out in the end. Those are given, by order.
    """
    promises = {promise.told.key: promise for promise in site.journal.orders}
    late: dict[str, Promise] = {}
    for row in await ask(site, _KEYS, list(promises)):
        promise = promises[row["key"]]
        if promise.told.outcome is not Outcome.OK and promise.told.unanswered:
            late[row["id"]] = promise
        elif promise.told.outcome is Outcome.FAIL:
            site.journal.offend(f"refused, and yet there is order {row['id']}: {promise.told.body}")
        elif promise.told.outcome is Outcome.OK and row["id"] != promise.id:
            site.journal.offend(f"told of order {promise.id}, and the key leads to {row['id']}")
    return late


def _owners(
    journal: Journal, sale: Sale, rows: list[asyncpg.Record], late: dict[str, Promise]
) -> None:
    """Whose each seat is now ends its history."""
    keys = {promise.id: promise.told.key for promise in journal.orders}
    keys |= {order_id: promise.told.key for order_id, promise in late.items()}
    owners: dict[str, str] = {
        str(seat): keys.get(row["id"], str(row["id"]))
        for row in rows
        for seat in row["seats"]
        if row["status"] in ("confirmed", "held", "awaiting_payment")
    }
    twice = Counter(seat for row in rows if row["status"] == "confirmed" for seat in row["seats"])
    for seat, times in twice.items():
        if times > 1:
            journal.offend(f"seat {seat} is sold {times} times")
    for seat in sale.seats:
        journal.seen(f"seat {seat}", owners.get(seat, NOBODY))
