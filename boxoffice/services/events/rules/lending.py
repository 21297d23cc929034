"""Seats that a voucher has set aside: free for who names it, taken for everybody else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from msgspec import structs

from boxoffice.services.events.rules.claiming import Chosen
from boxoffice.services.events.rules.pricing.vouchers import Voucher, VoucherUsedUp, code_key
from boxoffice.services.events.rules.seats.choosing import seat_prefix
from boxoffice.services.events.rules.seats.refusals import SeatTaken
from boxoffice.services.events.rules.selling import Bill
from boxoffice.services.events.rules.shelf import Shelf, Want, WantedLine


def lenders(shelf: Shelf, want: Want) -> list[Voucher]:
    """The want's vouchers that have seats set aside."""
    keys = {code_key(code) for code in want.voucher_codes}
    ids = {use.voucher_id for use in want.uses}
    return [
        one
        for one in shelf.vouchers
        if one.aside and one.event_id == want.event_id
        and (one.id in ids or code_key(one.code) in keys)
    ]  # fmt: skip


def given(shelf: Shelf, want: Want) -> Want:
    """The want with the seats of its vouchers on each line that leaves its seats open, as long as a
    voucher has enough for the whole line.
    """
    known = [] if want.spread else lenders(shelf, want)
    if not known:
        return want
    named = {seat for line in want.lines for seat in line.seats}
    counts: Counter[UUID] = Counter()
    lines: list[WantedLine] = []
    for line in want.lines:
        seats = () if line.seats else _seats_for(line, want, known, named, counts)
        named.update(seats)
        lines.append(structs.replace(line, seats=seats, best=None) if seats else line)
    return structs.replace(want, lines=tuple(lines))


def _seats_for(
    line: WantedLine,
    want: Want,
    known: Sequence[Voucher],
    named: set[UUID],
    counts: Counter[UUID],
) -> tuple[UUID, ...]:
    if line.best is not None and line.best.accessible:
        return ()
    date = line.occurrence_id or want.occurrence_id
    for voucher in known:
        if line.ticket_type_id not in voucher.ticket_type_ids:
            continue
        free = [seat for seat in sorted(voucher.aside - named) if _is_of(seat, date)]
        most = len(free)
        if voucher.max_per_order is not None:
            most = min(most, voucher.max_per_order - counts[voucher.id])
        if line.quantity <= most:
            counts[voucher.id] += line.quantity
            return tuple(free[: line.quantity])
    return ()


def _is_of(seat: UUID, date: UUID | None) -> bool:
    return date is None or seat.bytes[:12] == seat_prefix(date)


@contextmanager
def lend(shelf: Shelf, want: Want) -> Iterator[None]:
    """What the want names of its vouchers' seats is free in here; set aside again if it fails."""
    aside = {seat for voucher in lenders(shelf, want) for seat in voucher.aside}
    named = {seat for line in want.lines for seat in line.seats} & aside
    lent = [
        (one.room, [index for seat in named if (index := one.seating.index(seat)) is not None])
        for one in (shelf.seats.values() if named else ())
    ]
    for room, indexes in lent:
        room.undo(indexes)
    try:
        yield
    except BaseException:
        for room, indexes in lent:
            room.take(indexes)
        raise


def check_covered(bill: Bill, lines: Sequence[Chosen]) -> None:
    """Raise for seats that a voucher has set aside and is not used for."""
    for voucher, use in zip(bill.vouchers, bill.uses, strict=True):
        beyond = [
            seat
            for line in lines
            for seat in line.seats
            if seat.id in voucher.aside and seat.id not in use.seats
        ]
        if beyond and use.units == voucher.uses_left:  # some may come back
            raise VoucherUsedUp(voucher=voucher.code)
        if beyond:
            raise SeatTaken(
                "The voucher does not give so many of its seats in one order; leave some out.",
                seat_ids=[seat.id for seat in beyond],
                seats=[seat.label for seat in beyond],
            )
