"""The best free seats for a party.

The whole party sits side by side if that is possible anywhere. Of all such blocks those come first
that leave no single seat between taken ones, then the one nearest to the middle of the front. Seats
for wheelchairs and for their companions are never given to a party that did not ask for them.
"""

from collections.abc import Iterator
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.rules.seats.floors import ACCESSIBLE, COMPANION, Floor, Group, runs


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """So many people, `accessible` of them in wheelchairs, in these categories."""

    size: int
    group: Group
    accessible: int = 0
    may_split: bool = False


class Room(msgspec.Struct, kw_only=True):
    """A floor and what of it is taken. `passed` remembers how far searches have come, `hopeless`
    what was refused.

    Seats only become taken while a flush is decided; whoever frees some calls `undo`.
    """

    floor: Floor
    taken: bytearray
    passed: dict[tuple[Group, int], int] = {}
    hopeless: dict[tuple[UUID, Party], Refusal] = {}

    def take(self, seats: list[int]) -> None:
        """Nobody else gets these."""
        for seat in seats:
            self.taken[seat] = 1

    def undo(self, seats: list[int]) -> None:
        """These were not taken after all."""
        for seat in seats:
            self.taken[seat] = 0
        self.passed.clear()
        self.hopeless.clear()

    def reset(self, taken: bytes) -> None:
        """Start again from here."""
        self.taken[:] = taken
        self.passed.clear()
        self.hopeless.clear()


def best_seats(room: Room, party: Party) -> list[int] | None:
    """Seats for the party, or None: there are none side by side, and it may not (or cannot) split.

    The room stays as it is.
    """
    if party.accessible:
        return _accessible(room, party)
    block = best_block(room, party.group, party.size)
    if block is not None:
        return block
    return _split(room, party.group, party.size) if party.may_split else None


def free_ordinary(room: Room, group: Group) -> int:
    """How many seats for everybody are free."""
    usable = room.floor.ordinary(group)
    return sum(usual and not taken for usual, taken in zip(usable, room.taken, strict=True))


def longest_block(room: Room, group: Group) -> int:
    """For how many people there is room side by side."""
    return max((end - start for start, end in _free_runs(room, group)), default=0)


def best_block(room: Room, group: Group, size: int) -> list[int] | None:
    """The best ordinary seats side by side, or None."""
    blocks, taken, key = room.floor.blocks(group, size), room.taken, (group, size)
    usable = room.floor.ordinary(group)
    at, count = room.passed.get(key, 0), len(blocks)
    # Blocks that are gone stay gone: the next party need not look at them.
    while at < count and taken.find(1, blocks[at], blocks[at] + size) >= 0:
        at += 1
    room.passed[key] = at
    second: tuple[int, int] | None = None
    for place in range(at, count):
        first = blocks[place]
        if taken.find(1, first, first + size) >= 0:
            continue
        singles = singles_left(room, usable, first, size)
        if singles == 0:
            return list(range(first, first + size))
        if second is None or singles < second[0]:
            second = (singles, first)
    return list(range(second[1], second[1] + size)) if second is not None else None


def singles_left(room: Room, usable: bytes, first: int, size: int) -> int:
    """How many free seats would stand alone beside the block: 0, 1 or 2."""
    joined, taken, end = room.floor.joined, room.taken, first + size
    count = len(taken)

    def is_free(seat: int) -> bool:
        return 0 <= seat < count and bool(usable[seat]) and not taken[seat]

    left = bool(joined[first]) and is_free(first - 1)
    left_alone = left and not (joined[first - 1] and is_free(first - 2))
    right = end < count and bool(joined[end]) and is_free(end)
    right_alone = right and not (end + 1 < count and joined[end + 1] and is_free(end + 1))
    return left_alone + right_alone


def _free_runs(room: Room, group: Group) -> list[tuple[int, int]]:
    usable = room.floor.ordinary(group)
    free = bytes(u and not t for u, t in zip(usable, room.taken, strict=True))
    return runs(room.floor.joined, free)


def _split(room: Room, group: Group, size: int) -> list[int] | None:
    """As few blocks as possible, as even as possible, each the best there is."""
    lengths = sorted((end - start for start, end in _free_runs(room, group)), reverse=True)
    if sum(lengths) < size:
        return None
    sizes: list[int] = []
    for length in lengths:
        if sum(sizes) >= size:
            break
        sizes.append(min(length, size - sum(sizes)))
    parts = len(sizes)
    even = sorted((size // parts + (part < size % parts) for part in range(parts)), reverse=True)
    return _place(room, group, even) or _place(room, group, sizes)


def _place(room: Room, group: Group, sizes: list[int]) -> list[int] | None:
    placed: list[int] = []
    for size in sizes:
        block = best_block(room, group, size)
        if block is None:
            break
        room.take(block)
        placed += block
    room.undo(placed)
    return sorted(placed) if len(placed) == sum(sizes) else None


def _accessible(room: Room, party: Party) -> list[int] | None:
    """All together around the wheelchairs' places; if allowed, some of them elsewhere."""
    smallest = party.accessible if party.may_split else party.size
    for size in range(party.size, smallest - 1, -1):
        block = _accessible_block(room, party, size)
        if block is None:
            continue
        if size == party.size:
            return block
        room.take(block)
        rest = best_seats(room, Party(size=party.size - size, group=party.group, may_split=True))
        room.undo(block)
        if rest is not None:
            return sorted(block + rest)
    return None


def _accessible_block(room: Room, party: Party, size: int) -> list[int] | None:
    """Wastes no wheelchair's place, then uses companions' seats, then looks at what is nearest."""
    usable = room.floor.ordinary(party.group)
    flags, cost = room.floor.flags, room.floor.cost

    def rank(first: int) -> tuple[int, int, int, float, int]:
        block = range(first, first + size)
        places = sum(flags[seat] & ACCESSIBLE for seat in block)
        companions = sum(flags[seat] == COMPANION for seat in block)
        singles = singles_left(room, usable, first, size)
        return places, -companions, singles, round(sum(cost[seat] for seat in block), 6), first

    ranked = [
        rank(first)
        for first in set(_windows(room, party.group, size))
        if sum(room.floor.flags[first + n] & ACCESSIBLE for n in range(size)) >= party.accessible
    ]
    best = min(ranked, default=None)
    return list(range(best[-1], best[-1] + size)) if best is not None else None


def _windows(room: Room, group: Group, size: int) -> Iterator[int]:
    """Free blocks of any seats of the group around each free place for a wheelchair."""
    floor, taken = room.floor, room.taken

    def is_whole(first: int) -> bool:
        return all(
            not taken[seat]
            and floor.category[seat] in group
            and (seat == first or floor.joined[seat])
            for seat in range(first, first + size)
        )

    for seat, flag in enumerate(floor.flags):
        if flag & ACCESSIBLE and not taken[seat]:
            for first in range(max(0, seat - size + 1), min(seat, floor.count - size) + 1):
                if is_whole(first):
                    yield first
