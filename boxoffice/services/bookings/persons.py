"""Who may still buy: limits per person, counted from what their standing orders hold.

A person is an e-mail address, folded. Nothing is counted up or down: confirmed orders and holds
that have not ended are read under the person's lock, so an ended hold never counts against its
owner. Lock order: quotas, then persons, then orders.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.events.api import (
    PersonLimitReached,
    PersonLimits,
    Stock,
    check_person,
)

# A conflicting row is locked even where nothing is written to it.
_LOCK = """
INSERT INTO bookings.persons (organizer_id, event_id, person)
SELECT $1, w.event_id, w.person FROM unnest($2::uuid[], $3::uuid[]) AS w(event_id, person)
ORDER BY w.event_id, w.person
ON CONFLICT (organizer_id, event_id, person) DO UPDATE SET person = excluded.person WHERE false
"""
_COUNT = """
SELECT w.event_id, w.person, p.ticket_type_id, count(*)::int AS units
FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS w(event_id, person, email)
JOIN bookings.orders o
  ON o.organizer_id = $1 AND lower(o.buyer_email) = lower(w.email) AND o.event_id = w.event_id
JOIN bookings.order_positions p ON p.organizer_id = o.organizer_id AND p.order_id = o.id
WHERE o.id <> ALL ($5::uuid[]) AND p.cancelled_at IS NULL
  AND p.parent_id IS NULL
  AND (o.status = 'confirmed'
       OR (o.status IN ('held', 'awaiting_payment', 'awaiting_approval')
           AND o.hold_expires_at > clock_timestamp()))
GROUP BY w.event_id, w.person, p.ticket_type_id
"""
_BUYERS = """
SELECT DISTINCT event_id, buyer_email AS email FROM bookings.orders
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND limited AND buyer_email IS NOT NULL
"""
_LIMITED = """
SELECT id, event_id FROM bookings.orders
WHERE organizer_id = $1 AND id = ANY($2::uuid[]) AND limited
"""

# An event and a person who buys for it; what such persons have, by ticket type.
Who = tuple[UUID, UUID]
Taken = dict[Who, Counter[UUID]]


class Buying(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who buys for an event."""

    event_id: UUID
    email: str

    @property
    def who(self) -> Who:
        return self.event_id, person_of(self.email)


def person_of(email: str) -> UUID:
    """The person behind an e-mail address, whatever its case."""
    return UUID(bytes=blake2b(_folded(email).encode(), digest_size=16).digest())


async def lock(tx: Transaction, buying: Iterable[Buying]) -> None:
    """Lock these persons; lock quotas before, and orders after."""
    who = sorted({one.who for one in buying})
    if who:
        await tx.connection.exec_driver_sql(
            _LOCK, (tx.tenant, [event for event, _ in who], [person for _, person in who])
        )


async def lock_as(tx: Transaction, event_ids: Iterable[UUID], email: str) -> None:
    """Lock the person of that address for these events."""
    await lock(tx, [Buying(event_id=event_id, email=email) for event_id in event_ids])


async def lock_buyers(tx: Transaction, order_ids: Collection[UUID]) -> None:
    """Lock the buyers of those orders that were opened under a limit."""
    rows = await tx.connection.exec_driver_sql(_BUYERS, (tx.tenant, list(order_ids)))
    await lock(tx, [Buying(event_id=row.event_id, email=row.email) for row in rows])


async def limited_events(tx: Transaction, order_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The events of those orders that were opened under a limit, by order."""
    rows = await tx.connection.exec_driver_sql(_LIMITED, (tx.tenant, list(order_ids)))
    return {row.id: row.event_id for row in rows}


async def count(
    tx: Transaction, buying: Iterable[Buying], *, besides: Collection[UUID] = ()
) -> Taken:
    """What these persons have in standing orders, besides those orders; lock them before."""
    known = {one.who: _folded(one.email) for one in buying}
    taken: Taken = {who: Counter() for who in known}
    if not known:
        return taken
    rows = await tx.connection.exec_driver_sql(
        _COUNT,
        (
            tx.tenant,
            [event for event, _ in known],
            [person for _, person in known],
            list(known.values()),
            list(besides),
        ),
    )
    for row in rows:
        taken[row.event_id, row.person][row.ticket_type_id] += row.units
    return taken


async def over_limit(
    tx: Transaction, stock: Stock, orders: Sequence[OrderSnapshot], *, live: Collection[UUID]
) -> dict[UUID, PersonLimitReached]:
    """Of orders to be confirmed those that give their buyers too many, each with its refusal.

    `live` orders count for their buyers already; an order that was late does once it passes.
    """
    buying = {
        order.id: Buying(event_id=order.event_id, email=order.buyer.email)
        for order in orders
        if order.limited and order.buyer is not None
    }
    if not buying:
        return {}
    limits = await stock.person_limits(tx, {one.event_id for one in buying.values()})
    taken = await count(tx, buying.values(), besides=list(buying))
    return _judge([order for order in orders if order.id in buying], limits, taken, live)


def _judge(
    orders: Sequence[OrderSnapshot],
    limits: dict[UUID, PersonLimits],
    taken: Taken,
    live: Collection[UUID],
) -> dict[UUID, PersonLimitReached]:
    refused: dict[UUID, PersonLimitReached] = {}
    for order in orders:
        if order.id in live:
            taken[_who(order)] += units_of(order)
    for order in orders:
        others = taken[_who(order)] - (units_of(order) if order.id in live else Counter())
        try:
            check_person(limits[order.event_id], taken=others, wanted=units_of(order))
        except PersonLimitReached as refusal:
            refused[order.id] = refusal
            taken[_who(order)] = others
        else:
            taken[_who(order)] = others + units_of(order)
    return refused


def units_of(order: OrderSnapshot) -> Counter[UUID]:
    """What the order holds, by ticket type; what comes with a ticket is limited there."""
    return Counter(one.ticket_type_id for one in order.positions if one.parent_id is None)


def _who(order: OrderSnapshot) -> Who:
    return order.event_id, person_of(order.buyer.email if order.buyer else "")


def _folded(email: str) -> str:
    return unicodedata.normalize("NFC", email.strip()).lower()
