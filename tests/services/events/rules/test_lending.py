"""Seats that vouchers set aside, lent to who names the voucher."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.services.events.rules.lending import given, lend
from boxoffice.services.events.rules.pricing.vouchers import Voucher
from boxoffice.services.events.rules.seats.best import Room
from boxoffice.services.events.rules.seats.choosing import Seating, SeatShelf
from boxoffice.services.events.rules.seats.floors import floor_of
from boxoffice.services.events.rules.shelf import Shelf, Want, WantedLine
from tests.support.halls import plan_of

EVENT, DATE, KIND, OTHER = new_id(), new_id(), new_id(), new_id()
SEATING = Seating(
    id=new_id(), occurrence_id=DATE, floor=floor_of(plan_of(["." * 12]), range(12)), types={}
)
SEATS = [SEATING.seat_id(seat) for seat in range(12)]
SOME = st.sets(st.sampled_from(SEATS))


def shelf_of(*aside: set[UUID]) -> Shelf:
    vouchers = [
        Voucher(
            id=new_id(),
            event_id=EVENT,
            code=f"CODE{number}",
            on_stock="reserve",
            ticket_type_ids=frozenset({KIND}),
            seats=frozenset(seats),
            aside=set(seats),
        )
        for number, seats in enumerate(aside)
    ]
    room = Room(floor=SEATING.floor, taken=bytearray(b"\x01" * 12))
    seats = {SEATING.id: SeatShelf(seating=SEATING, room=room)}
    return Shelf(
        quotas={}, types={}, now=datetime(2027, 1, 1, tzinfo=UTC), vouchers=vouchers, seats=seats
    )


def want_of(*lines: WantedLine, codes: tuple[str, ...] = ("code 0",)) -> Want:
    return Want(
        holder=new_id(), event_id=EVENT, occurrence_id=DATE, lines=lines, expires_at=None,
        voucher_codes=codes,
    )  # fmt: skip


def free(shelf: Shelf) -> set[UUID]:
    taken = shelf.seats[SEATING.id].room.taken
    return {SEATS[seat] for seat in range(12) if not taken[seat]}


@for_all(own=SOME, others=SOME, named=SOME)
def test_only_the_named_seats_of_the_vouchers_that_are_named_are_free_and_only_for_that_want(
    own: set[UUID], others: set[UUID], named: set[UUID]
) -> None:
    shelf = shelf_of(own, others - own)
    line = WantedLine(ticket_type_id=KIND, quantity=max(1, len(named)), seats=tuple(named))

    def fail() -> None:
        with lend(shelf, want_of(line)):
            assert free(shelf) == own & named
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        fail()
    assert free(shelf) == set()


@for_all(own=SOME, sizes=st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_lines_that_leave_their_seats_open_are_given_whole_and_each_seat_once(
    own: set[UUID], sizes: list[int]
) -> None:
    lines = [WantedLine(ticket_type_id=KIND, quantity=size) for size in sizes]
    lines.append(WantedLine(ticket_type_id=OTHER, quantity=1))
    met = given(shelf_of(own), want_of(*lines))
    seats = [seat for line in met.lines for seat in line.seats]
    assert all(len(line.seats) in {0, line.quantity} for line in met.lines)
    assert len(set(seats)) == len(seats)
    assert own.issuperset(seats)
    assert met.lines[-1].seats == ()
    left = len(own) - len(seats)
    assert all(line.seats or line.quantity > left for line in met.lines[:-1])
    assert given(shelf_of(own), want_of(*lines, codes=())).lines == tuple(lines)
