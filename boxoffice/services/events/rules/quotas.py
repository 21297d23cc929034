"""Counting with quotas."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

import msgspec


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A quota with its standing claims sorted by what they are.

    `pending` claims are being paid for, `held` ones not yet; both end by themselves unless
    confirmed. `vouchers` and `waitlist` are reserved for whoever has one, `blocked` by the staff.
    `lapsed` ones, of whatever kind, are past their end and free.

    Always `sold + pending + held + vouchers + waitlist + blocked + free == capacity +
    overbooked_by`.
    """

    capacity: int
    claimed: int
    pending: int = 0
    held: int = 0
    vouchers: int = 0
    waitlist: int = 0
    blocked: int = 0
    lapsed: int = 0
    ticket_type_ids: frozenset[UUID] = frozenset()
    variation_ids: frozenset[UUID] = frozenset()

    @property
    def sold(self) -> int:
        reserved = self.vouchers + self.waitlist + self.blocked
        return self.claimed - self.pending - self.held - reserved - self.lapsed

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.claimed + self.lapsed)

    @property
    def overbooked_by(self) -> int:
        return max(0, self.claimed - self.lapsed - self.capacity)


Q = TypeVar("Q", bound=Count)


def ceiling_for(capacity: int, *, claimed: int) -> int:
    """The last wall after the capacity was set: lowering it below what is claimed is allowed."""
    return max(capacity, claimed)


def available(free: Iterable[int]) -> int:
    """Units of a type that counts against quotas with these free units: all must fit."""
    return max(0, min(free, default=0))


def whole(counts: Sequence[Q]) -> list[Q]:
    """The quotas to add up for a whole event: none whose types another one counts as well.

    A hall of 500 with 50 front seats inside it holds 500, not 550.
    """
    return [count for count in counts if not any(_covers(other, count, counts) for other in counts)]


def _covers(other: Count, count: Count, counts: Sequence[Count]) -> bool:
    if other is count or not other.ticket_type_ids >= count.ticket_type_ids:
        return False
    if other.ticket_type_ids > count.ticket_type_ids:
        return True
    # The same types twice: the smaller capacity binds; of equals, the first stands.
    rank = [next(i for i, one in enumerate(counts) if one is each) for each in (other, count)]
    return (other.capacity, rank[0]) < (count.capacity, rank[1])
