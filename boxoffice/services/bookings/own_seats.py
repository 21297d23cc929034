"""Seats that somebody cannot have because they have them already, in an order of theirs."""

from collections.abc import Mapping
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import Conflict, Refusal
from boxoffice.services.events.api import SeatTaken

_OWN = """
SELECT o.buyer_id, o.id, p.seat_id
FROM bookings.orders o
JOIN bookings.order_positions p ON p.organizer_id = o.organizer_id AND p.order_id = o.id
WHERE o.organizer_id = $1 AND o.buyer_id = ANY($2::uuid[]) AND p.seat_id = ANY($3::uuid[])
  AND o.status IN ('held', 'awaiting_payment') AND o.hold_expires_at > clock_timestamp()
"""


class SeatsHeldByYou(Conflict):
    """`order_id` is the open order that has them."""

    code = "seats_held_by_you"
    message = "You are holding these seats already; go on with that order, or let it go first."


async def tell_own(
    tx: Transaction, refused: Mapping[int, tuple[UUID, SeatTaken]]
) -> dict[int, Refusal]:
    """Of refusals of these buyers, those that are about the buyer's own open orders, as such."""
    if not refused:
        return {}
    buyers = list({buyer for buyer, _ in refused.values()})
    seats = list({seat for _, one in refused.values() for seat in one.facts["seat_ids"]})
    rows = await tx.connection.exec_driver_sql(_OWN, (tx.tenant, buyers, seats))
    owned = {(row.buyer_id, row.seat_id): row.id for row in rows}
    own: dict[int, Refusal] = {}
    for index, (buyer, refusal) in refused.items():
        gone: list[UUID] = refusal.facts["seat_ids"]
        orders = {owned.get((buyer, seat)) for seat in gone}
        if None not in orders:
            own[index] = SeatsHeldByYou(order_id=min(filter(None, orders)), seat_ids=gone)
    return own
