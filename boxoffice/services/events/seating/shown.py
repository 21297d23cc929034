"""The seat map for everybody: a drawing that never changes, and what is free, a second old at most.

The decision to sell reads none of this.
"""

import asyncio
import gzip
from base64 import b64encode
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.remembered import Remembered
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.reading import read_event
from boxoffice.services.events.rules.pricing.vouchers import code_key
from boxoffice.services.events.rules.seats.choosing import Seating
from boxoffice.services.events.rules.seats.drawing import draw
from boxoffice.services.events.rules.seats.plans import decoded
from boxoffice.services.events.seating.maps import version_of
from boxoffice.services.events.seating.reading import date_of, seating_row
from boxoffice.services.events.seating.views import (
    CategoryOnSale,
    SeatAvailability,
    VoucherSeats,
)
from boxoffice.services.events.seats.claims import first_of, last_of, mark
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.shown import FRESH_SECONDS, Shown
from boxoffice.services.events.stamps import Stamped, etag_of
from boxoffice.services.events.tables_seating import SeatMapRow, SeatMapVersionRow

_MOST_DATES = 200
_MOST_DRAWINGS = 16
_A_DAY = 24 * 3600.0
# Sold and blocked seats are gone, and those that vouchers set aside; the held ones come back
# unless they are bought.
_TAKEN = """
SELECT string_agg(substr(uuid_send(seat_id), 13, 4), ''::bytea)
           FILTER (WHERE expires_at IS NULL OR kind IN ('block', 'voucher')) AS gone,
       string_agg(substr(uuid_send(seat_id), 13, 4), ''::bytea)
           FILTER (WHERE expires_at IS NOT NULL AND kind NOT IN ('block', 'voucher')) AS held
FROM events.claims
WHERE organizer_id = $1 AND seat_id BETWEEN $2 AND $3 AND released_at IS NULL
  AND (expires_at IS NULL OR expires_at > clock_timestamp())
"""
_ASIDE = """
SELECT c.seat_id FROM events.vouchers v
JOIN events.claims c
  ON c.organizer_id = v.organizer_id AND c.holder = v.id AND c.kind = 'voucher'
     AND c.seat_id IS NOT NULL AND c.released_at IS NULL
     AND (c.expires_at IS NULL OR c.expires_at > clock_timestamp())
WHERE v.organizer_id = $1 AND v.event_id = $2 AND v.code_key = $3 AND v.deleted_at IS NULL
  AND (v.valid_from IS NULL OR v.valid_from <= clock_timestamp())
ORDER BY c.seat_id
"""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One date's seats at `as_of`."""

    as_of: datetime
    version_id: UUID
    seating: Seating
    gone: bytes
    held: bytes


class SeatsShown:
    """Seat maps of published events, answered from memory."""

    def __init__(self, db: Database, shown: Shown, floors: Floors) -> None:
        self._db = db
        self._shown = shown
        self._floors = floors
        self._taken = Remembered(self._load, seconds=FRESH_SECONDS, most=_MOST_DATES)
        self._drawings = Remembered(self._draw, seconds=_A_DAY, most=_MOST_DRAWINGS)

    async def availability(
        self, organizer: str, event: str, occurrence_id: UUID | None
    ) -> Stamped[SeatAvailability]:
        """What is not free on that date, or the next; `NotFound` where seats have no numbers."""
        stamped = await self._shown.availability(organizer, event, occurrence_id)
        page = await self._shown.page(organizer, event)
        key = (page.organizer.id, stamped.view.occurrence_id)
        taken = await self._taken.get(key)
        drawing = f"/api/v1/events/{organizer}/{event}/seat-maps/{taken.version_id}"
        return Stamped(
            etag=etag_of(taken.seating.id.bytes + taken.gone + taken.held),
            view=_view(taken, drawing),
            is_current=lambda: stamped.is_current() and self._taken.is_current(key, taken),
        )

    async def set_aside(self, organizer: str, event: str, code: str) -> VoucherSeats:
        """What the voucher has set aside of any date, now; nothing for a code that is unknown."""
        page = await self._shown.page(organizer, event)
        async with self._db.glance(page.organizer.id) as tx:
            rows = await tx.connection.exec_driver_sql(
                _ASIDE, (page.organizer.id, page.id, code_key(code))
            )
            return VoucherSeats(seat_ids=[row.seat_id for row in rows])

    async def drawing(self, organizer: str, event: str, version_id: UUID) -> bytes:
        """The drawing of a version that a date of this event uses, as JSON in gzip."""
        page = await self._shown.page(organizer, event)
        for date in page.occurrences:
            try:
                taken = await self._taken.get((page.organizer.id, date.id))
            except NotFound:
                continue
            if taken.version_id == version_id:
                return await self._drawings.get((page.organizer.id, version_id))
        raise NotFound

    async def managed(
        self, organizer_id: UUID, event_id: UUID, occurrence_id: UUID | None
    ) -> SeatAvailability:
        """What is not free on that date of an event in any state, as it is now; for the team."""
        async with self._db.begin(organizer_id) as tx:
            date = date_of(await read_event(tx, event_id), occurrence_id)
        return _view(await self._load((organizer_id, date)), "")

    async def managed_drawing(
        self, organizer_id: UUID, seat_map_id: UUID, number: int | None
    ) -> bytes:
        """The drawing of a map's version, the latest unless named: JSON in gzip, for the team."""
        async with self._db.begin(organizer_id) as tx:
            row = await tx.session.get(SeatMapRow, (organizer_id, seat_map_id))
            if row is None:
                raise NotFound
            version = await version_of(tx, seat_map_id, number or row.latest)
        return await self._drawings.get((organizer_id, version.id))

    async def _load(self, key: tuple[UUID, UUID]) -> Taken:
        organizer_id, occurrence_id = key
        async with self._db.glance(organizer_id) as tx:
            row = await seating_row(tx, occurrence_id)
            if row is None:
                raise NotFound
            seating = await self._floors.seating(tx, row.id)
            gone, held = await _read(tx, seating)
            return Taken(
                as_of=await tx.now(),
                version_id=row.version_id,
                seating=seating,
                gone=gone,
                held=held,
            )

    async def _draw(self, key: tuple[UUID, UUID]) -> bytes:
        organizer_id, version_id = key
        async with self._db.glance(organizer_id) as tx:
            version = await tx.session.get(SeatMapVersionRow, (organizer_id, version_id))
            if version is None:
                raise NotFound
            floor = await self._floors.floor(tx, version_id)
            drawing = msgspec.json.encode(draw(decoded(version.plan), floor))
        return await asyncio.to_thread(gzip.compress, drawing)


async def _read(tx: Transaction, seating: Seating) -> tuple[bytes, bytes]:
    rows = await tx.connection.exec_driver_sql(
        _TAKEN, (tx.tenant, first_of(seating), last_of(seating))
    )
    row = rows.one()
    return _bits(seating, row.gone), _bits(seating, row.held)


def _bits(seating: Seating, packed: bytes | None) -> bytes:
    """One bit a seat, the lowest bit of each byte first."""
    taken = bytearray(seating.floor.count)
    mark(taken, seating, packed)
    return packed_bits(taken)


def packed_bits(flags: bytes | bytearray) -> bytes:
    """Eight flags a byte, the lowest bit first."""
    padded = bytes(flags) + bytes(-len(flags) % 8)
    number = sum(int.from_bytes(padded[bit::8], "little") << bit for bit in range(8))
    return number.to_bytes(len(padded) // 8, "little")


def _view(taken: Taken, drawing: str) -> SeatAvailability:
    seating = taken.seating
    return SeatAvailability(
        occurrence_id=seating.occurrence_id,
        as_of=taken.as_of,
        drawing=drawing,
        seat_prefix=seating.prefix.hex(),
        seats=seating.floor.count,
        gone=b64encode(taken.gone).decode(),
        held=b64encode(taken.held).decode(),
        categories=[
            CategoryOnSale(name=name, ticket_type_id=kind)
            for kind, names in seating.types.items()
            for name in names
        ],
    )
