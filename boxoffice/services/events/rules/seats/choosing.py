"""Which seats an order gets of those that are free: the ones it names, or the best there are."""

from collections.abc import Sequence
from hashlib import blake2b
from uuid import UUID

import msgspec

from boxoffice.services.events.rules.seats.best import (
    Party,
    Room,
    best_seats,
    free_ordinary,
    longest_block,
)
from boxoffice.services.events.rules.seats.floors import ACCESSIBLE, Floor, Group
from boxoffice.services.events.rules.seats.refusals import (
    NoAccessibleSeats,
    NoAdjacentSeats,
    NotEnoughSeats,
    SeatOfAnotherType,
    SeatTaken,
    SeatTwice,
    UnknownSeat,
)


class BestAvailable(msgspec.Struct, frozen=True, kw_only=True):
    """Find the seats: `accessible` of them for wheelchairs; apart only if `may_split`."""

    category: str | None = None
    accessible: int = 0
    may_split: bool = False


class ChosenSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A seat and what is printed on its ticket."""

    id: UUID
    section: str
    row: str
    number: str
    label: str


class Seating(msgspec.Struct, frozen=True, kw_only=True):
    """A floor as one date uses it; `types` are the categories that each ticket type sells."""

    id: UUID
    occurrence_id: UUID
    floor: Floor
    types: dict[UUID, tuple[str, ...]]

    @property
    def prefix(self) -> bytes:
        return seat_prefix(self.occurrence_id)

    def seat_id(self, seat: int) -> UUID:
        """The seat's id on this date."""
        return UUID(bytes=self.prefix + self.floor.ordinals[seat].to_bytes(4, "big"))

    def index(self, seat_id: UUID) -> int | None:
        """The seat with this id; None if it is not of this date or not on its map."""
        if seat_id.bytes[:12] != self.prefix:
            return None
        return self.floor.index_of.get(int.from_bytes(seat_id.bytes[12:], "big"))

    def group(self, type_id: UUID, category: str | None = None) -> Group:
        """The categories of the type; only `category` if it is one of them."""
        names = self.types.get(type_id, ())
        return self.floor.group([n for n in names if category in (None, n)])

    def chosen(self, seat: int) -> ChosenSeat:
        """The seat with its label."""
        row = self.floor.row(seat)
        number = self.floor.numbers[seat]
        return ChosenSeat(
            id=self.seat_id(seat),
            section=row.section,
            row=row.label,
            number=number,
            label=label_of(row.section, row.label, number, is_table=row.is_table),
        )


def seat_prefix(occurrence_id: UUID) -> bytes:
    """The first twelve bytes of the ids of all seats of one date; a seat's ordinal follows."""
    return blake2b(occurrence_id.bytes, digest_size=12, person=b"seats").digest()


def label_of(section: str, row: str, number: str, *, is_table: bool = False) -> str:
    """`Stalls, row 3, seat 12`."""
    parts = (section, f"{'table' if is_table else 'row'} {row}", f"seat {number}")
    return ", ".join(part for part in parts if part)


class SeatShelf(msgspec.Struct, kw_only=True):
    """The seats of one date as a flush finds them after its locks."""

    seating: Seating
    room: Room

    def named(self, type_id: UUID, seat_ids: Sequence[UUID], *, late: bool) -> list[int]:
        """Those seats, whether free or not; `late` ones may have moved to another type."""
        group = self.seating.group(type_id)
        seats: list[int] = []
        for seat_id in seat_ids:
            seat = self.seating.index(seat_id)
            if seat is None:
                raise UnknownSeat(seat_id=seat_id)
            if not late and self.room.floor.category[seat] not in group:
                raise SeatOfAnotherType(seat_id=seat_id, ticket_type_id=type_id)
            seats.append(seat)
        return seats

    def check_free(self, seats: Sequence[int]) -> None:
        """`SeatTaken` with the ids of all that are gone."""
        if len(set(seats)) < len(seats):
            raise SeatTwice
        gone = [seat for seat in seats if self.room.taken[seat]]
        if gone:
            raise SeatTaken(
                seat_ids=[self.seating.seat_id(seat) for seat in gone],
                seats=[self.seating.chosen(seat).label for seat in gone],
            )

    def find(self, type_id: UUID, size: int, best: BestAvailable) -> list[int]:
        """The best seats for a party of this size, or why there are none."""
        group = self.seating.group(type_id, best.category)
        party = Party(size=size, group=group, accessible=best.accessible, may_split=best.may_split)
        if (type_id, party) in self.room.hopeless:
            known = self.room.hopeless[type_id, party]
            raise type(known)(**known.facts)
        seats = best_seats(self.room, party)
        if seats is None:
            refusal = self._none(type_id, party)
            self.room.hopeless[type_id, party] = refusal
            raise refusal
        return seats

    def _none(
        self, type_id: UUID, party: Party
    ) -> NotEnoughSeats | NoAccessibleSeats | NoAdjacentSeats:
        free = free_ordinary(self.room, party.group)
        wheelchairs = sum(
            flag & ACCESSIBLE and not taken and category in party.group
            for flag, taken, category in zip(
                self.room.floor.flags, self.room.taken, self.room.floor.category, strict=True
            )
        )
        if wheelchairs < party.accessible:
            return NoAccessibleSeats(wanted=party.accessible, left=wheelchairs)
        if not party.accessible and free < party.size:
            return NotEnoughSeats(ticket_type_id=type_id, wanted=party.size, left=free)
        return NoAdjacentSeats(
            ticket_type_id=type_id,
            wanted=party.size,
            longest=longest_block(self.room, party.group),
        )
