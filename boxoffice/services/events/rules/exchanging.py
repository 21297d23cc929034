"""What is given up for something else in the same quotas: its units stay with who gave them up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import structs

from boxoffice.services.events.rules.claiming import held_on
from boxoffice.services.events.rules.shelf import NewClaim, Shelf, Want, WantedLine


def keep_own(shelf: Shelf, want: Want, given: Mapping[UUID, int]) -> Want:
    """The want with those of the `given` units, by quota, that it takes again as its own.

    On the shelf they are claimed still. So neither who waits nor an overbooking takes them; what
    was given beyond them is free, and what is wanted beyond them must fit.
    """
    needed = _needed(shelf, want)
    own = {quota: min(units, needed[quota]) for quota, units in given.items() if needed[quota]}
    for quota, units in own.items():
        shelf.quotas[quota].claimed += units
    return structs.replace(want, own=tuple(own.items()))


def as_own(claims: Sequence[NewClaim], own: Sequence[tuple[UUID, int]]) -> list[NewClaim]:
    """The claims with their own units beyond the capacity: those need not fit."""
    left = Counter(dict(own))
    parts: list[NewClaim] = []
    for claim in claims:
        units = min(left[claim.quota_id], claim.units - claim.beyond)
        left[claim.quota_id] -= units
        parts.append(structs.replace(claim, beyond=claim.beyond + units))
    return parts


def _needed(shelf: Shelf, want: Want) -> Counter[UUID]:
    needed: Counter[UUID] = Counter()
    for line in want.lines:
        date = line.occurrence_id or want.occurrence_id
        for quota in held_on(shelf, _quotas(shelf, line), date):
            needed[quota] += line.quantity
    return needed


def _quotas(shelf: Shelf, line: WantedLine) -> list[UUID]:
    """None of a type that is gone: the want is refused."""
    kind = shelf.types.get(line.ticket_type_id)
    if kind is None:
        return []
    chosen = (one.quotas for one in kind.variations if one.id == line.variation_id)
    return [*kind.quotas, *next(chosen, ())]
