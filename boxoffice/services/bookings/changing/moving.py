"""Writing what tickets have become. Those that are for something else get new codes."""

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.cancelling.writing import cancel_positions
from boxoffice.services.bookings.changing.exchanging import Exchange
from boxoffice.services.bookings.rules import Revoked
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.writing import insert_positions, update_prices

_POSITIONS = """
UPDATE bookings.order_positions p
SET ticket_type_id = n.kind, ticket_type_name = n.name, variation_id = n.variation,
    variation_name = n.variation_name, list_amount = n.list, seat_id = n.seat_id, seat = n.seat
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::bigint[], $8::uuid[],
            $9::jsonb[]) AS n(id, kind, name, variation, variation_name, list, seat_id, seat)
WHERE p.organizer_id = $1 AND p.id = n.id
"""
# The order's own date may be another one now, so every position says anew whether it differs.
_DATES = """
WITH own AS (
    UPDATE bookings.orders SET occurrence_id = $3 WHERE organizer_id = $1 AND id = $2)
UPDATE bookings.order_positions p SET occurrence_id = n.date
FROM unnest($4::uuid[], $5::uuid[]) AS n(id, date)
WHERE p.organizer_id = $1 AND p.id = n.id
"""
_TICKETS = """
UPDATE bookings.tickets t
SET occurrence_id = n.date, code_version = t.code_version + 1, revoked_because = $4
FROM unnest($2::uuid[], $3::uuid[]) AS n(position_id, date)
WHERE t.organizer_id = $1 AND t.position_id = n.position_id
"""


async def write(tx: Transaction, order: OrderSnapshot, done: Exchange, *, codes_stay: bool) -> None:
    """The locked order as it stands in memory. `codes_stay` where only the variation is another."""
    gone = [one.id for one in done.removed]
    if gone:
        await cancel_positions(tx, gone, now=await tx.now())
    new = {one.id for one in done.added}
    insert_positions(tx, order, [one for one in order.positions if one.id in new])
    changed = done.list_prices.keys()
    rows = [one for one in order.positions if one.id in changed]
    await tx.connection.exec_driver_sql(
        _POSITIONS,
        (
            tx.tenant,
            [one.id for one in rows],
            [one.ticket_type_id for one in rows],
            [one.ticket_type_name for one in rows],
            [one.variation_id for one in rows],
            [one.variation_name for one in rows],
            [one.list_price.amount for one in rows],
            [one.seat.id if one.seat else None for one in rows],
            [_printed(one) for one in rows],
        ),
    )
    await write_dates(tx, order)
    await update_prices(tx, order)
    moving = [
        one.target
        for one in done.tickets
        if one.target.moves and not (codes_stay and one.target.varies)
    ]
    if moving:
        moved = [one.position.id for one in moving], [one.date for one in moving]
        await tx.connection.exec_driver_sql(
            _TICKETS, (tx.tenant, *moved, Revoked.CHANGED.value)
        )  # fmt: skip


async def write_dates(tx: Transaction, order: OrderSnapshot) -> None:
    """The date of a locked order, and of each of its positions that has another one."""
    every = [*order.positions, *order.cancelled]
    dates = [one.occurrence_id for one in every]
    ids = [one.id for one in every]
    await tx.connection.exec_driver_sql(
        _DATES, (tx.tenant, order.id, order.occurrence_id, ids, dates)
    )  # fmt: skip


def _printed(position: PositionSnapshot) -> str | None:
    """What the ticket says about its seat, as JSON."""
    if position.seat is None:
        return None
    names = ("section", "row", "number", "label")
    return msgspec.json.encode({name: getattr(position.seat, name) for name in names}).decode()
