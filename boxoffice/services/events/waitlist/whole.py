"""Locking ticket types that people wait for, together with all that must come along with them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import RetryBatch
from boxoffice.services.events.kept.along import read_along
from boxoffice.services.events.rules.along import Kind
from boxoffice.services.events.rules.shelf import Shelf
from boxoffice.services.events.stock import Stock

_HELD = """
SELECT quota_id, ticket_type_id, variation_id, sum(units)::int AS units FROM events.claims
WHERE organizer_id = $1 AND holder = $2 AND released_at IS NULL AND ticket_type_id IS NOT NULL
GROUP BY quota_id, ticket_type_id, variation_id
"""


async def lock_whole(
    tx: Transaction,
    stock: Stock,
    type_ids: Collection[UUID],
    occurrence_ids: Collection[UUID] | None = None,
    *,
    holders: Collection[UUID] = (),
) -> Shelf:
    """As `Stock.lock_types`, with what must come along with these types and what these holders
    have; `RetryBatch` if something else comes along since we have asked.
    """
    along = await read_along(tx, type_ids, holders)
    shelf = await stock.lock_types(tx, {*type_ids, *along}, occurrence_ids)
    wanted = (shelf.types[one].extras.needed() for one in type_ids if one in shelf.types)
    if not set[UUID]().union(*wanted) <= {*type_ids, *along}:
        raise RetryBatch("something else comes with a ticket type")
    return shelf


async def held(tx: Transaction, waiting_id: UUID) -> dict[Kind, int]:
    """What is set aside for that place: units of each type and variation."""
    rows: Any = await tx.connection.exec_driver_sql(_HELD, (tx.tenant, waiting_id))
    units: dict[Kind, int] = {}
    for row in rows:
        kind = row.ticket_type_id, row.variation_id
        units[kind] = max(units.get(kind, 0), row.units)
    return units
