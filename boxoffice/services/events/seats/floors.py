"""Seatings as the rules search them. They never change, so each is read once per process."""

from collections import OrderedDict
from collections.abc import Sequence
from struct import pack, unpack
from typing import TypeVar
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.rules.seats.choosing import Seating
from boxoffice.services.events.rules.seats.floors import Floor, floor_of
from boxoffice.services.events.rules.seats.plans import decoded

V = TypeVar("V")

MOST_FLOORS = 32
_READ = """
SELECT s.occurrence_id, s.version_id,
       ARRAY(SELECT c.category FROM events.seating_categories c
             WHERE c.organizer_id = s.organizer_id AND c.seating_id = s.id
             ORDER BY c.category) AS categories,
       ARRAY(SELECT c.ticket_type_id FROM events.seating_categories c
             WHERE c.organizer_id = s.organizer_id AND c.seating_id = s.id
             ORDER BY c.category) AS types
FROM events.seatings s WHERE s.organizer_id = $1 AND s.id = $2
"""
_READ_PLAN = """
SELECT plan, ordinals FROM events.seat_map_versions WHERE organizer_id = $1 AND id = $2
"""


class Floors:
    """The `MOST_FLOORS` seatings and floors last used."""

    def __init__(self) -> None:
        self._seatings: OrderedDict[UUID, Seating] = OrderedDict()
        self._floors: OrderedDict[UUID, Floor] = OrderedDict()

    async def seating(self, tx: Transaction, seating_id: UUID) -> Seating:
        """The seating with its floor, or `NotFound`."""
        known = self._seatings.get(seating_id)
        if known is None:
            known = await self._load(tx, seating_id)
            _keep(self._seatings, seating_id, known)
        return known

    async def floor(self, tx: Transaction, version_id: UUID) -> Floor:
        """The floor of a version of a map, or `NotFound`."""
        known = self._floors.get(version_id)
        if known is None:
            rows = await tx.connection.exec_driver_sql(_READ_PLAN, (tx.tenant, version_id))
            found = rows.one_or_none()
            if found is None:
                raise NotFound
            known = floor_of(decoded(found.plan), ordinals_in(found.ordinals))
            _keep(self._floors, version_id, known)
        return known

    async def _load(self, tx: Transaction, seating_id: UUID) -> Seating:
        rows = await tx.connection.exec_driver_sql(_READ, (tx.tenant, seating_id))
        found = rows.one_or_none()
        if found is None:
            raise NotFound
        types: dict[UUID, tuple[str, ...]] = {}
        for category, type_id in zip(found.categories, found.types, strict=True):
            types[type_id] = (*types.get(type_id, ()), category)
        return Seating(
            id=seating_id,
            occurrence_id=found.occurrence_id,
            floor=await self.floor(tx, found.version_id),
            types=types,
        )


def ordinals_in(packed: bytes) -> tuple[int, ...]:
    """Ordinals out of four bytes each, the most significant first."""
    return unpack(f">{len(packed) // 4}I", packed)


def packed_ordinals(ordinals: Sequence[int]) -> bytes:
    """Four bytes each, the most significant first."""
    return pack(f">{len(ordinals)}I", *ordinals)


def _keep(kept: OrderedDict[UUID, V], key: UUID, value: V) -> None:
    kept[key] = value
    while len(kept) > MOST_FLOORS:
        kept.popitem(last=False)
