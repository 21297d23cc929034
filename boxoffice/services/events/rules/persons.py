"""How many one person may have of an event, over all their orders."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Conflict


class PersonLimitReached(Conflict):
    code = "person_limit"
    message = "One person may not have this many; give back another order first or take fewer."


class PersonLimits(msgspec.Struct, frozen=True, kw_only=True):
    """The event's own limit and those of its types; what is not named is not limited."""

    event: int | None = None
    types: Mapping[UUID, int] = {}

    def __bool__(self) -> bool:
        return self.event is not None or bool(self.types)


def check_person(
    limits: PersonLimits, *, taken: Mapping[UUID, int], wanted: Mapping[UUID, int]
) -> None:
    """Pass if someone who has `taken` units by type may have `wanted` more; the stricter wins."""
    for kind, units in wanted.items():
        most = limits.types.get(kind)
        if most is not None and taken.get(kind, 0) + units > most:
            raise PersonLimitReached(
                f"One person may have {most} of this ticket type, over all their orders.",
                ticket_type_id=kind,
                max_per_person=most,
            )
    most = limits.event
    if most is not None and sum(taken.values()) + sum(wanted.values()) > most:
        raise PersonLimitReached(
            f"One person may have {most} tickets for this event, over all their orders.",
            max_per_person=most,
        )


class Tally:
    """What persons have of events, while a flush decides: `before` it, and granted in it."""

    def __init__(self, before: Mapping[tuple[UUID, UUID], Mapping[UUID, int]]) -> None:
        self._before = before
        self._granted: dict[tuple[UUID, UUID], Counter[UUID]] = {}

    def of(self, event: UUID, person: UUID) -> Counter[UUID]:
        """Units by ticket type."""
        stored = Counter(dict(self._before.get((event, person), {})))
        return stored + self._granted.get((event, person), Counter())

    def add(self, event: UUID, person: UUID, units: Mapping[UUID, int]) -> None:
        """These were granted just now."""
        self._granted.setdefault((event, person), Counter()).update(units)
