"""Whether somebody may have an order confirmed that costs nothing any more."""

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.rules import OrderNotFound, OrderStatus
from boxoffice.services.bookings.snapshots import OrderSnapshot


class ConfirmRequests:
    """Asked within the flush that confirms, of orders that it has locked."""

    def __init__(self, door: OrderDoor, answering: Answering) -> None:
        self._door = door
        self._answering = answering

    async def refusal(
        self, tx: Transaction, actor: Actor, order: OrderSnapshot | None
    ) -> Refusal | None:
        """`OrderNotFound` for a stranger, `WrongAnswers` while the order has not answered what it
        must; None for whoever may.
        """
        staff = Permission.ORDERS_WRITE
        if order is None or not self._door.admits(actor, tx.tenant, order, staff=staff):
            return OrderNotFound()
        if order.status is OrderStatus.HELD:
            try:
                await self._answering.check_order(tx, order)
            except Refusal as refusal:
                return refusal
        return None
