"""Which seats are taken, read under the locks of a flush by one statement, whatever its size."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.events.rules.seats.assigning import seating_of
from boxoffice.services.events.rules.seats.best import Room
from boxoffice.services.events.rules.seats.choosing import Seating, SeatShelf
from boxoffice.services.events.rules.seats.refusals import UnknownSeat
from boxoffice.services.events.rules.shelf import Shelf, Want, WantedLine
from boxoffice.services.events.seats.floors import Floors, ordinals_in

# Standing claims of the seats that wants name, one by one; and of whole dates, whose seats' ids lie
# between two bounds, the last four bytes of each id in a row.
_READ = """
SELECT c.seat_id, c.expires_at IS NOT NULL AND c.expires_at <= $3 AS lapsed,
       NULL::bytea AS live, NULL::uuid AS seating_id
FROM events.claims c
WHERE c.organizer_id = $1 AND c.seat_id = ANY($2::uuid[]) AND c.released_at IS NULL
UNION ALL
SELECT NULL, coalesce(t.lapsed, false), t.live, d.seating_id
FROM unnest($4::uuid[], $5::uuid[], $6::uuid[]) AS d(seating_id, first, last),
     LATERAL (
         SELECT bool_or(c.expires_at <= $3) AS lapsed,
                string_agg(substr(uuid_send(c.seat_id), 13, 4), ''::bytea)
                    FILTER (WHERE c.expires_at IS NULL OR c.expires_at > $3) AS live
         FROM events.claims c
         WHERE c.organizer_id = $1 AND c.seat_id BETWEEN d.first AND d.last
           AND c.released_at IS NULL) AS t
"""


class Needs(msgspec.Struct, kw_only=True):
    """What a flush must know about seats: of these seatings all, of those only the named."""

    whole: set[UUID] = set()
    named: dict[UUID, set[UUID]] = {}

    @property
    def seatings(self) -> list[UUID]:
        return sorted({*self.whole, *self.named})


def needs_of(shelf: Shelf, wants: Iterable[Want]) -> Needs:
    """The seatings and seats that these wants are about."""
    needs = Needs()
    for want in wants:
        for line in want.lines:
            date = line.occurrence_id or want.occurrence_id
            for seating_id in _seatings(shelf, date, line.ticket_type_id):
                if line.seats:
                    needs.named.setdefault(seating_id, set()).update(line.seats)
                else:
                    needs.whole.add(seating_id)
    return needs


def _seatings(shelf: Shelf, date: UUID | None, type_id: UUID) -> set[UUID]:
    kind = shelf.types.get(type_id)
    if kind is None:
        return set()
    if date is not None:
        found = seating_of(shelf, type_id, date)
        return {found} if found else set()
    quotas = (shelf.quotas[quota] for quota in kind.quotas)
    return {quota.seating_id for quota in quotas if quota.seating_id is not None}


async def put_seats(tx: Transaction, shelf: Shelf, wants: Sequence[Want], floors: Floors) -> bool:
    """Put onto the shelf the seats that the wants are about; whether claims on any have lapsed."""
    if not any(quota.seating_id for quota in shelf.quotas.values()):
        return False
    needs = needs_of(shelf, wants)
    if not needs.seatings:
        return False
    seatings = {one: await floors.seating(tx, one) for one in needs.seatings}
    rooms = {
        one: Room(floor=seating.floor, taken=bytearray(seating.floor.count))
        for one, seating in seatings.items()
    }
    shelf.seats = {one: SeatShelf(seating=seatings[one], room=room) for one, room in rooms.items()}
    return _fill(seatings, rooms, await _read(tx, shelf, needs, seatings))


def lines_of(seating: Seating, seat_ids: Iterable[UUID]) -> tuple[WantedLine, ...]:
    """The seats by the ticket type they are sold as, or `UnknownSeat`."""
    by_type: dict[UUID, list[UUID]] = {}
    for seat_id in seat_ids:
        seat = seating.index(seat_id)
        if seat is None:
            raise UnknownSeat(seat_id=seat_id)
        category = seating.floor.categories[seating.floor.category[seat]]
        kind = next(kind for kind, names in seating.types.items() if category in names)
        by_type.setdefault(kind, []).append(seat_id)
    return tuple(
        WantedLine(ticket_type_id=kind, quantity=len(seats), seats=tuple(seats))
        for kind, seats in by_type.items()
    )


async def _read(
    tx: Transaction, shelf: Shelf, needs: Needs, seatings: dict[UUID, Seating]
) -> Sequence[Any]:
    named = [seat for one, seats in needs.named.items() if one not in needs.whole for seat in seats]
    whole = [seatings[one] for one in sorted(needs.whole)]
    rows = await tx.connection.exec_driver_sql(
        _READ,
        (
            tx.tenant,
            named,
            shelf.now,
            [seating.id for seating in whole],
            [first_of(seating) for seating in whole],
            [last_of(seating) for seating in whole],
        ),
    )
    return rows.all()


def first_of(seating: Seating) -> UUID:
    """The least id that a seat of the date can have."""
    return UUID(bytes=seating.prefix + bytes(4))


def last_of(seating: Seating) -> UUID:
    """The greatest id that a seat of the date can have."""
    return UUID(bytes=seating.prefix + b"\xff" * 4)


def _fill(seatings: dict[UUID, Seating], rooms: dict[UUID, Room], rows: Sequence[Any]) -> bool:
    for row in rows:
        if row.seat_id is None:
            mark(rooms[row.seating_id].taken, seatings[row.seating_id], row.live)
        elif not row.lapsed:
            _mark_one(seatings, rooms, row.seat_id)
    return any(row.lapsed for row in rows)


def _mark_one(seatings: dict[UUID, Seating], rooms: dict[UUID, Room], seat_id: UUID) -> None:
    for one, seating in seatings.items():
        seat = seating.index(seat_id)
        if seat is not None:
            rooms[one].taken[seat] = 1


def mark(taken: bytearray, seating: Seating, packed: bytes | None) -> None:
    """Set a 1 for each seat whose ordinal is in the packed ones."""
    index_of = seating.floor.index_of.get
    for ordinal in ordinals_in(packed or b""):
        seat = index_of(ordinal)
        if seat is not None:
            taken[seat] = 1
