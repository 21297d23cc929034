"""Who may have orders confirmed that cost nothing any more."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.rules import OrderNotFound, OrderStatus, shown_status
from boxoffice.services.bookings.snapshots import OrderSnapshot

# Somebody, and the order that they want to have confirmed.
Request = tuple[Actor | None, UUID]


class ConfirmRequests:
    """Asked within the flush that confirms, of orders that it has locked."""

    def __init__(self, door: OrderDoor, answering: Answering) -> None:
        self._door = door
        self._answering = answering

    async def refused(
        self,
        tx: Transaction,
        requests: Sequence[Request],
        orders: Mapping[UUID, OrderSnapshot],
        *,
        now: datetime,
    ) -> dict[int, Refusal]:
        """By request: `OrderNotFound` for a stranger, `WrongAnswers` while a held order has not
        answered what it must. Where nobody asks, it is a matter of money.
        """
        refused: dict[int, Refusal] = {}
        asking: dict[int, OrderSnapshot] = {}
        for index, (actor, order_id) in enumerate(requests):
            order = orders.get(order_id)
            if actor is None or order is None:
                continue
            if not self._door.admits(actor, tx.tenant, order, staff=Permission.ORDERS_WRITE):
                refused[index] = OrderNotFound()
            elif _is_held(order, now=now):
                asking[index] = order
        lacking = await self._answering.lacking(tx, list(asking.values()))
        return refused | {
            index: lacking[one.id] for index, one in asking.items() if one.id in lacking
        }


def _is_held(order: OrderSnapshot, *, now: datetime) -> bool:
    expires_at = order.hold_expires_at
    return shown_status(order.status, hold_expires_at=expires_at, now=now) is OrderStatus.HELD
