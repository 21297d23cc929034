"""Vouchers where the stock is claimed: locked after the quotas, used and given back exactly.

A use is a row that lapses with its order, as a claim does. Units that a voucher has set aside are
one claim of kind `voucher` in each quota; an order takes them from there and they return to it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.services.events.rules.pricing.vouchers import Use, Voucher, code_key
from boxoffice.services.events.rules.selling import Bill, HeldOrder, ring_up_held
from boxoffice.services.events.rules.shelf import Granted, Shelf, Want

# `lapsed` are what orders hold of it whose time was over at `$5`.
_READ = """
SELECT id, event_id, code, effect, value, budget, spent, max_uses, used, max_per_order,
       valid_from, valid_until, ticket_type_ids, on_stock, seat_ids, early,
       (SELECT json_build_array(sum(u.units), sum(u.amount))::text FROM events.voucher_uses u
        WHERE u.organizer_id = $1 AND u.voucher_id = vouchers.id AND u.released_at IS NULL
          AND u.expires_at <= $5
        HAVING count(*) > 0) AS lapsed
FROM events.vouchers
WHERE organizer_id = $1 AND deleted_at IS NULL AND id = ANY(ARRAY(
    SELECT unnest($2::uuid[])
    UNION
    SELECT v.id FROM unnest($3::uuid[], $4::text[]) AS w(event_id, code_key)
    JOIN events.vouchers v ON v.organizer_id = $1 AND v.event_id = w.event_id
         AND v.code_key = w.code_key AND v.deleted_at IS NULL))
ORDER BY id
"""
_LOCK = _READ + "FOR NO KEY UPDATE"
_LOCK_OF_HOLDERS = """
SELECT id FROM events.vouchers
WHERE organizer_id = $1 AND id = ANY(ARRAY(
    SELECT voucher_id FROM events.voucher_uses WHERE organizer_id = $1 AND holder = ANY($2::uuid[])
    UNION
    SELECT v.id FROM unnest($3::uuid[], $4::text[]) AS w(event_id, code_key)
    JOIN events.vouchers v ON v.organizer_id = $1 AND v.event_id = w.event_id
         AND v.code_key = w.code_key AND v.deleted_at IS NULL))
ORDER BY id FOR NO KEY UPDATE
"""
_RESERVED = """
SELECT holder, quota_id, sum(units)::int AS units,
       array_agg(seat_id) FILTER (WHERE seat_id IS NOT NULL) AS seats
FROM events.claims
WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND kind = 'voucher' AND released_at IS NULL
  AND (expires_at IS NULL OR expires_at > clock_timestamp())
GROUP BY holder, quota_id
"""
_USE = """
WITH made AS (
    INSERT INTO events.voucher_uses
        (organizer_id, id, voucher_id, holder, units, amount, expires_at)
    SELECT $1, u.* FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::bigint[],
                               $7::timestamptz[]) AS u)
UPDATE events.vouchers v SET used = v.used + d.units, spent = v.spent + d.amount
FROM unnest($8::uuid[], $9::int[], $10::bigint[]) AS d(id, units, amount)
WHERE v.organizer_id = $1 AND v.id = d.id
"""
_TAKE_RESERVED = """
UPDATE events.claims c SET units = c.units - d.units
FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS d(voucher_id, quota_id, units)
WHERE c.organizer_id = $1 AND c.kind = 'voucher' AND c.holder = d.voucher_id
  AND c.quota_id = d.quota_id AND c.seat_id IS NULL AND c.released_at IS NULL
"""
# The order's claims count in their place, in quota and seat.
_TAKE_SEATS = """
UPDATE events.claims c SET released_at = clock_timestamp()
FROM unnest($2::uuid[], $3::uuid[]) AS d(voucher_id, seat_id)
WHERE c.organizer_id = $1 AND c.kind = 'voucher' AND c.holder = d.voucher_id
  AND c.seat_id = d.seat_id AND c.released_at IS NULL
"""
# What `gone` claims had from a voucher returns to it as long as it sets units aside (its claim on
# no seat says so, with no units where all are seats), seats as claims of their own; the rest is
# `freed`: it is `kept` for those who wait for units of that quota (`kept.marks`), else it is
# everybody's again.
FREED_BESIDE_VOUCHERS = """
back AS (
    UPDATE events.claims c SET units = c.units + g.units
    FROM (SELECT voucher_id, quota_id, sum(units)::int AS units FROM gone
          WHERE voucher_id IS NOT NULL AND NOT EXISTS (
              SELECT FROM events.vouchers v
              WHERE v.organizer_id = $1 AND v.id = voucher_id AND seat_id = ANY(v.seat_ids))
          GROUP BY voucher_id, quota_id) g
    WHERE c.organizer_id = $1 AND c.kind = 'voucher' AND c.holder = g.voucher_id
      AND c.quota_id = g.quota_id AND c.seat_id IS NULL AND c.released_at IS NULL
      AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())
    RETURNING c.quota_id, g.units),
seats_back AS (
    INSERT INTO events.claims
        (organizer_id, id, quota_id, kind, holder, ticket_type_id, units, expires_at, seat_id)
    SELECT $1, gen_random_uuid(), c.quota_id, 'voucher', c.holder, g.ticket_type_id, g.units,
           c.expires_at, g.seat_id
    FROM gone g
    JOIN events.claims c
      ON c.organizer_id = $1 AND c.kind = 'voucher' AND c.holder = g.voucher_id
         AND c.quota_id = g.quota_id AND c.seat_id IS NULL AND c.released_at IS NULL
         AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())
    JOIN events.vouchers v
      ON v.organizer_id = $1 AND v.id = c.holder AND g.seat_id = ANY(v.seat_ids)
    RETURNING quota_id, units),
freed AS (
    SELECT quota_id, sum(units)::int AS units
    FROM (SELECT quota_id, units FROM gone UNION ALL SELECT quota_id, -units FROM back
          UNION ALL SELECT quota_id, -units FROM seats_back) moved
    GROUP BY quota_id)"""
BACK_TO_VOUCHERS = f"""
{FREED_BESIDE_VOUCHERS},
kept AS (
    UPDATE events.claims c SET units = c.units + f.units FROM freed f
    WHERE c.organizer_id = $1 AND c.id = f.quota_id AND c.kind = 'offer'
      AND c.released_at IS NULL
      AND NOT EXISTS (SELECT FROM gone g WHERE g.quota_id = f.quota_id AND g.holder = f.quota_id)
    RETURNING c.quota_id)"""  # noqa: S608  # our own text
_USES_RETURN = """
left_again AS (
    UPDATE events.vouchers v SET used = v.used - u.units, spent = v.spent - u.amount
    FROM (SELECT voucher_id, sum(units)::int AS units, sum(amount)::bigint AS amount
          FROM unused GROUP BY voucher_id) u
    WHERE v.organizer_id = $1 AND v.id = u.voucher_id)"""
USES_OF_HOLDERS_RETURN = f"""
unused AS (
    UPDATE events.voucher_uses SET released_at = clock_timestamp()
    WHERE organizer_id = $1 AND holder = ANY($2::uuid[]) AND released_at IS NULL
    RETURNING voucher_id, units, amount),
{_USES_RETURN}"""  # noqa: S608  # our own text
# What an order has exchanged is no part of it any more: its row would say that the order lost it.
_UNDO = f"""
WITH unused AS (
    DELETE FROM events.voucher_uses
    WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL
    RETURNING voucher_id, units, amount),
{_USES_RETURN}
SELECT FROM unused
"""  # noqa: S608  # our own text
_RETURN_LAPSED = f"""
WITH unused AS (
    UPDATE events.voucher_uses SET released_at = $3
    WHERE organizer_id = $1 AND voucher_id = ANY($2::uuid[])
      AND released_at IS NULL AND expires_at <= $3
    RETURNING voucher_id, holder, units, amount),
{_USES_RETURN},
gone AS (
    UPDATE events.claims c SET released_at = $3
    FROM unused u
    WHERE c.organizer_id = $1 AND c.holder = u.holder AND c.voucher_id = u.voucher_id
      AND c.released_at IS NULL
    RETURNING c.quota_id, c.units, c.voucher_id, c.holder, c.seat_id, c.ticket_type_id),
{BACK_TO_VOUCHERS}
UPDATE events.quotas q
SET claimed = q.claimed - f.units,
    ceiling = greatest(q.capacity, least(q.ceiling, q.claimed - f.units))
FROM freed f
WHERE q.organizer_id = $1 AND q.id = f.quota_id AND q.id NOT IN (SELECT quota_id FROM kept)
RETURNING q.id, f.units
"""  # noqa: S608  # our own text


async def lock(tx: Transaction, shelf: Shelf, wants: Sequence[Want]) -> None:
    """Lock the vouchers that the wants name and put them on the shelf; no statement without any."""
    named = [(want.event_id, code_key(code)) for want in wants for code in want.voucher_codes]
    ids = [use.voucher_id for want in wants for use in want.uses]
    if named or ids:
        await _fill(tx, shelf, _LOCK, ids, named)


async def look(tx: Transaction, shelf: Shelf, want: Want) -> None:
    """Put the vouchers that the want names on the shelf without locking them."""
    named = [(want.event_id, code_key(code)) for code in want.voucher_codes]
    if named:
        await _fill(tx, shelf, _READ, [], named)
    for voucher in shelf.vouchers:
        voucher.forget_lapsed()


async def read_again(tx: Transaction, shelf: Shelf) -> None:
    """The shelf's vouchers as they are now; they are locked already."""
    if shelf.vouchers:
        await _fill(tx, shelf, _READ, [voucher.id for voucher in shelf.vouchers], [])


async def lock_of_holders(
    tx: Transaction, holders: Collection[UUID], codes: Collection[tuple[UUID, str]]
) -> None:
    """Lock the vouchers that these orders use, and those of the codes, in one order."""
    events, keys = [event for event, _ in codes], [code_key(code) for _, code in codes]
    await tx.connection.exec_driver_sql(_LOCK_OF_HOLDERS, (tx.tenant, list(holders), events, keys))


async def return_lapsed(tx: Transaction, shelf: Shelf) -> Counter[UUID]:
    """Give lapsed uses back to the shelf's vouchers; how many units of quotas became free by it.

    A voucher whose own quotas are not locked here does not fit any type that is wanted.
    """
    ids = [one.id for one in shelf.vouchers if shelf.quotas.keys() >= one.reserved.keys()]
    if not ids:
        return Counter()
    rows = await tx.connection.exec_driver_sql(_RETURN_LAPSED, (tx.tenant, ids, shelf.now))
    return Counter({row.id: row.units for row in rows})


async def write(tx: Transaction, shelf: Shelf, granted: Sequence[Granted]) -> None:
    """Write the uses of what was granted and take it from what vouchers have set aside; before its
    claims are written: a seat has one claim at a time.
    """
    if not any(one.uses for one in granted):
        return
    await _use(tx, [(one.holder, one.expires_at, use) for one in granted for use in one.uses])
    taken: Counter[tuple[UUID, UUID]] = Counter()
    for_seats = {voucher.id for voucher in shelf.vouchers if voucher.seats}
    seats: list[tuple[UUID, UUID]] = []
    for claim in (claim for one in granted for claim in one.claims):
        if claim.voucher_id is None:
            continue
        if claim.seat_id is not None and claim.voucher_id in for_seats:
            seats.append((claim.voucher_id, claim.seat_id))
        else:
            taken[claim.voucher_id, claim.quota_id] += claim.units
    if seats:
        lenders, ids = zip(*seats, strict=True)
        await tx.connection.exec_driver_sql(_TAKE_SEATS, (tx.tenant, list(lenders), list(ids)))
    if taken:
        vouchers, quotas = zip(*taken, strict=True)
        await tx.connection.exec_driver_sql(
            _TAKE_RESERVED, (tx.tenant, list(vouchers), list(quotas), list(taken.values()))
        )


async def exchange(
    tx: Transaction, order: HeldOrder, *, codes: Sequence[str], now: datetime
) -> Bill:
    """Price a held order with other vouchers; its former uses return, the new ones are written.

    Its quotas and all these vouchers are locked and its claims live. Raises what `ring_up` does,
    and `VoucherTooLate`.
    """
    shelf = Shelf(quotas={}, types={}, now=now)
    former = [use.voucher_id for use in order.uses]
    await _fill(tx, shelf, _READ, former, [(order.event_id, code_key(code)) for code in codes])
    if shelf.has_lapsed_uses:
        await return_lapsed(tx, shelf)
        await read_again(tx, shelf)
    bill = ring_up_held(order, shelf.vouchers, codes=codes, now=now)
    if former:
        await tx.connection.exec_driver_sql(_UNDO, (tx.tenant, order.id))
    if bill.uses:
        await _use(tx, [(order.id, order.expires_at, use) for use in bill.uses])
    return bill


async def _use(tx: Transaction, uses: Sequence[tuple[UUID, datetime | None, Use]]) -> None:
    units: Counter[UUID] = Counter()
    amounts: Counter[UUID] = Counter()
    for _, _, use in uses:
        units[use.voucher_id] += use.units
        amounts[use.voucher_id] += use.amount
    await tx.connection.exec_driver_sql(
        _USE,
        (
            tx.tenant,
            [new_id() for _ in uses],
            [use.voucher_id for _, _, use in uses],
            [holder for holder, _, _ in uses],
            [use.units for _, _, use in uses],
            [use.amount for _, _, use in uses],
            [expires_at for _, expires_at, _ in uses],
            list(units),
            list(units.values()),
            [amounts[voucher] for voucher in units],
        ),
    )


async def _fill(
    tx: Transaction, shelf: Shelf, statement: str, ids: list[UUID], named: list[tuple[UUID, str]]
) -> None:
    events, keys = [event for event, _ in named], [key for _, key in named]
    rows = await tx.connection.exec_driver_sql(statement, (tx.tenant, ids, events, keys, shelf.now))
    shelf.vouchers = [_voucher(row) for row in rows]
    await _read_reserved(tx, shelf)


async def _read_reserved(tx: Transaction, shelf: Shelf) -> None:
    by_id = {voucher.id: voucher for voucher in shelf.vouchers if voucher.on_stock == "reserve"}
    if not by_id:
        return
    rows = await tx.connection.exec_driver_sql(_RESERVED, (tx.tenant, list(by_id)))
    for row in rows:
        by_id[row.holder].reserved[row.quota_id] = row.units
        by_id[row.holder].aside.update(row.seats or ())


def _voucher(row: Any) -> Voucher:
    return Voucher(
        id=row.id,
        event_id=row.event_id,
        code=row.code,
        effect=row.effect,
        value=row.value,
        budget=row.budget,
        spent=row.spent,
        max_uses=row.max_uses,
        used=row.used,
        max_per_order=row.max_per_order,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        ticket_type_ids=frozenset(row.ticket_type_ids),
        on_stock=row.on_stock,
        seats=frozenset(row.seat_ids),
        early=row.early,
        lapsed=msgspec.json.decode(row.lapsed, type=tuple[int, int]) if row.lapsed else None,
    )
