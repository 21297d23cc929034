"""Variations of a ticket type: which one a line means, and what is left of them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Conflict, Invalid


class ChooseVariation(Invalid):
    code = "choose_variation"
    message = "This ticket type comes in variations; say which with `variation_id`."


class UnknownVariation(Invalid):
    code = "unknown_variation"
    message = "This ticket type has no such variation; load the event again."


class VariationOff(Conflict):
    code = "variation_off"
    message = "This variation is not on sale right now; choose another."


class VariationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A variation as the sale needs it; `quotas` are those it counts against besides its type's.

    `price` is its own, in minor units; None means that of its type.
    """

    id: UUID
    name: str
    price: int | None
    on_sale: bool
    quotas: tuple[UUID, ...] = ()


def choose(
    variations: Sequence[VariationFacts], wanted: UUID | None, *, late: bool = False
) -> VariationFacts | None:
    """The variation that a line means; None for a type that has none.

    `late`: the money is already here, so it may be off sale by now.
    """
    if wanted is None:
        if variations and not late:
            raise ChooseVariation
        return None
    found = next((one for one in variations if one.id == wanted), None)
    if found is None:
        raise UnknownVariation(variation_id=wanted)
    if not found.on_sale and not late:
        raise VariationOff(variation_id=wanted)
    return found


def left_of(own: int, variations: Sequence[tuple[bool, int | None]]) -> int:
    """Units left of a type with `own` free ones and variations given as (on sale, free units).

    A variation without a quota of its own has None: only its type limits it.
    """
    if not variations:
        return own
    free = [own if left is None else left for on_sale, left in variations if on_sale]
    return max(0, min(own, max(free, default=0)))
