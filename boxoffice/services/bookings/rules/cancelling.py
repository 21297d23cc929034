"""May these tickets be cancelled? Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from boxoffice.kernel.refusals import Conflict, FieldError, Invalid
from boxoffice.services.bookings.rules.states import OrderStatus, TicketStatus
from boxoffice.services.bookings.rules.transitions import ORDER


class AlreadyCancelled(Conflict):
    """`position_ids` are those that are cancelled."""

    code = "already_cancelled"
    message = "These tickets are cancelled already; load the order again."


class TicketUsed(Conflict):
    code = "ticket_used"
    message = "A ticket that was scanned at the door cannot be cancelled here; ask the organizer."


class TicketGivenOn(Conflict):
    code = "ticket_given_on"
    message = "A ticket that was given on to somebody cannot be cancelled; ask the organizer."


class DiscountLost(Conflict):
    code = "discount_lost"
    message = "The other tickets would lose their discount; cancel the whole order instead."


class RemainingCostsMore(Conflict):
    code = "remaining_costs_more"
    message = (
        "Without their discount the other tickets cost more than all together; cancel the whole "
        "order, or ask the organizer."
    )


class CancellationChanged(Conflict):
    """`refund` and `new_total` are what they are now, in minor units."""

    code = "cancellation_changed"
    message = "What comes back is not what you were shown any more; look at it again."


class PartOfBundle(Conflict):
    """`position_ids` are those that belong to a bundle."""

    code = "part_of_bundle"
    message = "This is part of a bundle; cancel the ticket that it came with."


class AddOnDemanded(Conflict):
    """`position_ids` are those that must stay with their tickets."""

    code = "add_on_demanded"
    message = "A ticket needs this; cancel the ticket that it came with, or ask the organizer."


class CancelAllAtOnce(Conflict):
    code = "cancel_all_at_once"
    message = "An order that is not confirmed yet can only be cancelled as a whole."


def chosen_of(
    wanted: Collection[UUID] | None, *, live: Collection[UUID], gone: Collection[UUID]
) -> frozenset[UUID]:
    """The positions to cancel, None meaning all that are left; refuses others than `live` ones."""
    if not live:
        raise AlreadyCancelled(position_ids=sorted(gone))
    if wanted is None:
        return frozenset(live)
    if not wanted:
        raise _wrong("empty", "Choose at least one ticket.")
    if cancelled := set(wanted) & set(gone):
        raise AlreadyCancelled(position_ids=sorted(cancelled))
    if not set(wanted) <= set(live):
        raise _wrong("unknown_position", "One of these tickets is not in this order.")
    return frozenset(wanted)


def with_extras(
    chosen: Collection[UUID], parents: Mapping[UUID, UUID], bundled: Collection[UUID]
) -> frozenset[UUID]:
    """The chosen positions with whatever comes with them; `parents` says what comes with which.

    Part of a bundle is not cancelled alone: `PartOfBundle`.
    """
    whole = {*chosen, *(one for one, parent in parents.items() if parent in chosen)}
    if alone := [one for one in bundled if one in whole and parents[one] not in whole]:
        raise PartOfBundle(position_ids=sorted(alone))
    return frozenset(whole)


def check_demanded(
    chosen: Collection[UUID],
    parents: Mapping[UUID, UUID],
    demands: Mapping[UUID, tuple[UUID, int]],
) -> None:
    """`AddOnDemanded`, if a ticket that stays is left with too few add-ons of a group; `demands`
    are the group of each such add-on, and how many of it a ticket must have.
    """
    left = Counter(
        (parents[one], group) for one, (group, _) in demands.items() if one not in chosen
    )
    short = [
        one
        for one, (group, least) in demands.items()
        if one in chosen and parents[one] not in chosen and left[parents[one], group] < least
    ]
    if short:
        raise AddOnDemanded(position_ids=sorted(short))


def check_cancellable(status: OrderStatus, *, whole: bool) -> None:
    """Pass if tickets of an order in that state can be cancelled at all."""
    ORDER.move(status, OrderStatus.CANCELLED)
    if not whole and status is not OrderStatus.CONFIRMED:
        raise CancelAllAtOnce


def check_tickets(
    chosen: Collection[UUID], statuses: Mapping[UUID, TicketStatus], given_on: Collection[UUID]
) -> None:
    """Buyers get no money for tickets that were used or are somebody else's by now."""
    if any(statuses.get(position) is TicketStatus.USED for position in chosen):
        raise TicketUsed
    if set(chosen) & set(given_on):
        raise TicketGivenOn


def _wrong(code: str, message: str) -> Invalid:
    return Invalid(errors=[FieldError("/position_ids", code, message)])
