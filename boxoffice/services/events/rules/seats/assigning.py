"""All seats of one want, all or nothing: taken from their floors at once, put back if it fails."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol
from uuid import UUID

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.rules.seats.choosing import BestAvailable, ChosenSeat, SeatShelf
from boxoffice.services.events.rules.seats.refusals import NotSeated

# Seats by the number of the line.
Assigned = Mapping[int, tuple[ChosenSeat, ...]]


class LineLike(Protocol):
    """A wanted line."""

    @property
    def ticket_type_id(self) -> UUID: ...
    @property
    def quantity(self) -> int: ...
    @property
    def seats(self) -> tuple[UUID, ...]: ...
    @property
    def best(self) -> BestAvailable | None: ...


class WantLike(Protocol):
    """A want."""

    @property
    def lines(self) -> Sequence[LineLike]: ...
    @property
    def late(self) -> bool: ...


# A line with its number and the seats it is about.
Placed = tuple[int, LineLike, SeatShelf]


class QuotaLike(Protocol):
    """A locked quota."""

    @property
    def occurrence_id(self) -> UUID: ...
    @property
    def seating_id(self) -> UUID | None: ...


class TypeLike(Protocol):
    """A ticket type."""

    @property
    def quotas(self) -> Sequence[UUID]: ...


class ShelfLike(Protocol):
    """What a flush decides on."""

    @property
    def quotas(self) -> Mapping[UUID, QuotaLike]: ...
    @property
    def types(self) -> Mapping[UUID, TypeLike]: ...
    @property
    def seats(self) -> Mapping[UUID, SeatShelf]: ...


def check_lines(lines: Sequence[LineLike]) -> None:
    """Each line names a seat for every unit, or none; `Invalid` with the lines that do not."""
    errors = [
        FieldError(f"/items/{index}/{field}", "contradiction", sentence)
        for index, line in enumerate(lines)
        for field, sentence in _contradictions(line)
    ]
    if errors:
        raise Invalid(errors=errors)


def _contradictions(line: LineLike) -> Iterator[tuple[str, str]]:
    if line.seats and len(line.seats) != line.quantity:
        yield "seats", f"Name {line.quantity} seats, or none; these are {len(line.seats)}."
    if line.seats and line.best:
        yield "best_available", "Give `seats` or `best_available`."
    if line.best and line.best.accessible > line.quantity:
        yield "best_available/accessible", "Not more wheelchair places than people."


@contextmanager
def assign(shelf: ShelfLike, want: WantLike, occurrence_id: UUID) -> Iterator[Assigned]:
    """Seats for every line that needs them; taken unless the block raises."""
    seated = {
        line.ticket_type_id: seating_of(shelf, line.ticket_type_id, occurrence_id)
        for line in want.lines
        if shelf.seats
    }
    if not any(seated.values()):
        _check_unseated(want)
        yield {}
        return
    taken: list[tuple[SeatShelf, list[int]]] = []
    try:
        yield _assign(shelf, want, seated, taken)
    except BaseException:
        for seats, indexes in taken:
            seats.room.undo(indexes)
        raise


def seating_of(shelf: ShelfLike, type_id: UUID, occurrence_id: UUID) -> UUID | None:
    """The seating that the type's units on that date are seats of."""
    quotas = (shelf.quotas[quota] for quota in shelf.types[type_id].quotas)
    found = (quota.seating_id for quota in quotas if quota.occurrence_id == occurrence_id)
    return next((seating_id for seating_id in found if seating_id is not None), None)


def _check_unseated(want: WantLike) -> None:
    for line in want.lines:
        if line.seats or line.best:
            raise NotSeated(ticket_type_id=line.ticket_type_id)


def _assign(
    shelf: ShelfLike,
    want: WantLike,
    seated: Mapping[UUID, UUID | None],
    taken: list[tuple[SeatShelf, list[int]]],
) -> Assigned:
    """Named seats first, so that the best for somebody are not those that another line names."""
    chosen: dict[int, tuple[ChosenSeat, ...]] = {}

    def take(number: int, seats: SeatShelf, indexes: list[int]) -> None:
        seats.room.take(indexes)
        taken.append((seats, indexes))
        chosen[number] = tuple(seats.seating.chosen(index) for index in indexes)

    placed: list[Placed] = []
    for number, line in enumerate(want.lines):
        seating_id = seated[line.ticket_type_id]
        if seating_id is not None:
            placed.append((number, line, shelf.seats[seating_id]))
        elif line.seats or line.best:
            raise NotSeated(ticket_type_id=line.ticket_type_id)
    for number, seats, indexes in _named(want, placed):
        take(number, seats, indexes)
    for number, line, seats in placed:
        if not line.seats:
            best = line.best or BestAvailable()
            take(number, seats, seats.find(line.ticket_type_id, line.quantity, best))
    return chosen


def _named(want: WantLike, placed: Sequence[Placed]) -> list[tuple[int, SeatShelf, list[int]]]:
    """Checked all together: a refusal names every seat that is gone."""
    named = [
        (number, seats, seats.named(line.ticket_type_id, line.seats, late=want.late))
        for number, line, seats in placed
        if line.seats
    ]
    together: dict[UUID, tuple[SeatShelf, list[int]]] = {}
    for _, seats, indexes in named:
        together.setdefault(seats.seating.id, (seats, []))[1].extend(indexes)
    for seats, indexes in together.values():
        seats.check_free(indexes)
    return named
