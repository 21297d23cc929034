"""May these orders be one purchase, and what does it come to? Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import Conflict, Invalid, NotFound
from boxoffice.services.bookings.rules.holds import EXTEND_BY
from boxoffice.services.bookings.rules.states import LAPSING, OPEN, OrderStatus

MAX_ORDERS = 10


class PurchaseStatus(StrEnum):
    """`ended`: let go, or its money came when not all of it could be had. That a held one has run
    out of time is read from its orders.
    """

    HELD = "held"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class PurchaseNotFound(NotFound):
    code = "purchase_not_found"
    message = "No such purchase, or it is not yours to see."


class PurchaseOver(Conflict):
    """`state` says how."""

    code = "purchase_over"
    message = "This purchase is finished; choose your tickets again to buy more."


class InPurchase(Conflict):
    """`purchase_id` names it."""

    code = "in_purchase"
    message = "This order is bought together with others; go on with all of them, or take it out."


class NotInPurchase(NotFound):
    code = "not_in_purchase"
    message = "This order does not belong to the purchase; load it again."


class EventTwice(Conflict):
    code = "event_twice"
    message = "There is an order for this event already; take it out first and choose once more."


class OtherCurrency(Conflict):
    code = "other_currency"
    message = "These events are sold in different currencies; buy their tickets one by one."


class NotTogether(Conflict):
    """The organizer decides about one of the orders before it can be paid."""

    code = "approval_alone"
    message = "Tickets that must be applied for are ordered alone; take them out of this purchase."


class TooManyOrders(Invalid):
    code = "too_many_orders"
    message = f"At most {MAX_ORDERS} events fit into one purchase."


class EmptyPurchase(Invalid):
    code = "empty_purchase"
    message = "Name at least one order."


class OrderOver(Conflict):
    """`order_id` says which."""

    code = "order_over"
    message = "One of the orders is not held any more; take it out to go on with the others."


def check_size(orders: int) -> None:
    """Whether so many orders are some, and not too many."""
    if not orders:
        raise EmptyPurchase
    if orders > MAX_ORDERS:
        raise TooManyOrders


def check_together(
    orders: Sequence[tuple[UUID, str, bool]],
) -> None:
    """Whether orders, each with its event, its currency, and whether it must be applied for, can be
    bought together.
    """
    check_size(len(orders))
    events: set[UUID] = set()
    for index, (event_id, currency, needs_approval) in enumerate(orders):
        if needs_approval:
            raise NotTogether(order_index=index)
        if event_id in events:
            raise EventTwice(order_index=index, event_id=event_id)
        if currency != orders[0][1]:
            raise OtherCurrency(order_index=index)
        events.add(event_id)


def check_alone(purchase_id: UUID | None, status: OrderStatus) -> None:
    """`InPurchase`, if what is done to the order would part it from others while it is open."""
    if purchase_id is not None and status in LAPSING:
        raise InPurchase(purchase_id=purchase_id)


def check_held(status: PurchaseStatus) -> None:
    if status is not PurchaseStatus.HELD:
        raise PurchaseOver(state=status.value)


def check_all_open(orders: Iterable[tuple[UUID, OrderStatus]]) -> None:
    """`OrderOver`, unless all of them, as they are shown, are still open to their buyer."""
    for order_id, shown in orders:
        if shown not in OPEN:
            raise OrderOver(order_id=order_id, state=shown.value)


def held_until(ends: Collection[datetime | None]) -> datetime | None:
    """When the first of them lapses, if any can."""
    return min((one for one in ends if one is not None), default=None)


def extended_together(ends: Collection[datetime | None], *, now: datetime) -> datetime:
    """The same new end for all: five minutes after the first would have lapsed, and for none
    earlier than it was.
    """
    known = [one for one in ends if one is not None]
    return max([max(min(known, default=now), now) + EXTEND_BY, *known])


def sum_of(amounts: Sequence[Money]) -> Money:
    """All of one currency, added up."""
    return Money(amount=sum(one.amount for one in amounts), currency=amounts[0].currency)
