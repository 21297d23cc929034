"""Units that are held twice while a change waits: once kept, once to come. Pure."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec


class HeldUnits(msgspec.Struct, frozen=True, kw_only=True):
    """A standing claim: so many units of a quota, or its seat."""

    id: UUID
    quota_id: UUID
    seat_id: UUID | None
    units: int


def doubled(kept: Sequence[tuple[HeldUnits, int]], coming: Sequence[HeldUnits]) -> Counter[UUID]:
    """How many units of each claim that is `coming` are among those `kept`: of the same quota, and
    where seats are numbered the same seat.
    """
    twice: Counter[UUID] = Counter()
    for one, units in kept:
        left = units
        for other in coming:
            if (other.quota_id, other.seat_id) == (one.quota_id, one.seat_id):
                both = min(left, other.units - twice[other.id])
                if both:
                    twice[other.id] += both
                    left -= both
    return twice
