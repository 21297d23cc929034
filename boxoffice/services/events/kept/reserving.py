"""What the sale must leave to those who wait: seen under its locks, offered by `offers`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import structs

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.kept.reading import read_types, read_waiting
from boxoffice.services.events.rules.extras.extras import NO_EXTRAS
from boxoffice.services.events.rules.shelf import (
    QuotaState,
    Shelf,
    Want,
    WantedLine,
)
from boxoffice.services.events.rules.waiting import Waiter, reserved_for, serve
from boxoffice.services.events.seats.claims import put_seats
from boxoffice.services.events.seats.floors import Floors

# Quotas that this flush has not locked, as they stand; what has lapsed is free.
_LOOK_AT = """
SELECT q.id, q.occurrence_id, q.capacity, q.seating_id,
       (q.claimed - coalesce(l.units, 0))::int AS claimed
FROM events.quotas q
LEFT JOIN LATERAL (
    SELECT sum(c.units)::int AS units FROM events.claims c
    WHERE c.organizer_id = q.organizer_id AND c.quota_id = q.id
      AND c.released_at IS NULL AND c.expires_at <= $3) l ON true
WHERE q.organizer_id = $1 AND q.id = ANY($2::uuid[])
"""


async def reserve(tx: Transaction, shelf: Shelf, wants: Sequence[Want], floors: Floors) -> None:
    """Count as claimed what those who wait would get; nothing where nobody waits.

    The team's own blocks and vouchers are asked for by whoever made the list: they go first.
    """
    for quota, units in shelf.reserved.items():
        shelf.quotas[quota].claimed -= units
    shelf.reserved = {}
    free = max((shelf.quotas[quota].free for quota in shelf.listed), default=0)
    if not free or all(want.kind in ("block", "voucher") for want in wants):
        return
    dates = {shelf.quotas[quota].occurrence_id for quota in shelf.listed}
    waiters = await read_waiting(tx, dates, free=free)
    if not waiters:
        return
    copy = await _copy(tx, shelf, waiters, dates)
    await put_seats(tx, copy, [sight_of(waiter) for waiter in waiters], floors)
    taken = reserved_for(serve(copy, waiters))
    shelf.reserved = {quota: units for quota, units in taken.items() if quota in shelf.quotas}
    for quota, units in shelf.reserved.items():
        shelf.quotas[quota].claimed += units


async def _copy(
    tx: Transaction, shelf: Shelf, waiters: Sequence[Waiter], dates: set[UUID]
) -> Shelf:
    """A shelf to try on: what is locked as it is now, and what else people wait for as it looks."""
    kinds = dict(shelf.types)
    wished = {kind for waiter in waiters for kind in waiter.ticket_type_ids}
    while missing := wished - kinds.keys():
        found = await read_types(tx, missing, dates)
        kinds |= found
        # What must come along with them is wished for as well; types that are gone are not.
        wished = {one for kind in found.values() for one in kind.extras.needed()}
    extras = any(kind.extras is not NO_EXTRAS for kind in kinds.values())
    quotas = {one.id: structs.replace(one) for one in shelf.quotas.values()}
    unseen = {quota for kind in kinds.values() for quota in kind.all_quotas} - quotas.keys()
    if unseen:
        rows = await tx.connection.exec_driver_sql(_LOOK_AT, (tx.tenant, list(unseen), shelf.now))
        quotas |= {row.id: _state(row) for row in rows}
    return Shelf(quotas=quotas, types=kinds, now=shelf.now, extras=extras)


def _state(row: Any) -> QuotaState:
    return QuotaState(
        id=row.id,
        occurrence_id=row.occurrence_id,
        capacity=row.capacity,
        claimed=row.claimed,
        seating_id=row.seating_id,
    )


def sight_of(waiter: Waiter) -> Want:
    """The want that says which seats must be looked at."""
    return Want(
        holder=waiter.id,
        event_id=waiter.event_id,
        occurrence_id=waiter.occurrence_id,
        lines=tuple(
            WantedLine(ticket_type_id=kind, quantity=waiter.units)
            for kind in waiter.ticket_type_ids
        ),
        expires_at=None,
        kind="offer",
    )
