"""May these tickets leave their order, and with how much of its money? Pure."""

from collections.abc import Collection, Mapping
from uuid import UUID

from boxoffice.kernel.refusals import Conflict
from boxoffice.services.bookings.rules.cancelling import chosen_of


class NothingWouldStay(Conflict):
    code = "nothing_would_stay"
    message = "Leave a ticket in the order; to put it in another name, correct who bought it."


class ComesWithItsTicket(Conflict):
    """`position_ids` are those that cannot go alone."""

    code = "comes_with_its_ticket"
    message = "This goes where its ticket goes; choose the ticket that it came with."


class SplitDiffers(Conflict):
    """`new_total` is what the new order would cost, in minor units."""

    code = "split_differs"
    message = "The new order would cost something else than you were shown; look at it again."


def leaving(
    wanted: Collection[UUID],
    *,
    live: Collection[UUID],
    gone: Collection[UUID],
    parents: Mapping[UUID, UUID],
) -> frozenset[UUID]:
    """The positions to move, with whatever comes with them; `parents` says what comes with which.

    Refuses what is not in the order, what would go without its ticket, and all that is left.
    """
    chosen = chosen_of(wanted, live=live, gone=gone)
    whole = {*chosen, *(one for one, parent in parents.items() if parent in chosen)}
    if alone := [one for one in whole if parents.get(one, one) not in whole]:
        raise ComesWithItsTicket(position_ids=sorted(alone))
    if len(whole) == len(live):
        raise NothingWouldStay
    return frozenset(whole)


def money_to_move(*, kept: int, total: int, moving: int) -> int:
    """How much of the `kept` money goes with what costs `moving` of the `total`, minor units.

    Exactly its price; what was paid beyond the total stays. If less is here than the total, each
    side has its share of it, and what does not divide stays.
    """
    if not total:
        return 0
    return moving if kept >= total else kept * moving // total
