"""What a change makes cheaper goes back: promised with the change, asked for after it."""

from uuid import UUID

import structlog
from sqlalchemy import update

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import (
    PAYMENT,
    REFUND,
    OrderPaymentStatus,
    OrderRefundStatus,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Order
from boxoffice.services.payments.api import Payments

log = structlog.get_logger(__name__)


class Difference:
    """The money of changes."""

    def __init__(self, payments: Payments) -> None:
        self._payments = payments

    async def owed(self, tx: Transaction, order: OrderSnapshot, old_total: int) -> int:
        """What goes back of a locked order that has cost `old_total`, in minor units. Its money is
        locked: nobody else gives it back meanwhile.
        """
        await self._payments.lock(tx, order.id)
        standing = await self._payments.standing(tx, tx.tenant, order.id)
        received = standing.paid.amount - standing.refunded.amount if standing else 0
        return max(0, min(old_total, received) - order.total.amount)

    async def promise(self, tx: Transaction, order: OrderSnapshot, amount: int) -> list[UUID]:
        """Promise that amount; call `send` after the commit."""
        if not amount:
            return []
        status = REFUND.move(order.refund_status, OrderRefundStatus.PENDING)
        await tx.session.execute(
            update(Order)
            .where(Order.organizer_id == tx.organizer_id, Order.id == order.id)
            .values(refund_status=status.value)
            .execution_options(synchronize_session=False)
        )
        back = Money(amount=amount, currency=order.total.currency)
        return await self._payments.promise_refund(
            tx, reference=order.id, amount=back, key=f"change:{new_id()}"
        )

    async def note_paid(self, tx: Transaction, order: OrderSnapshot) -> None:
        """What a change costs more has come; an order that was free is a paid one now."""
        await tx.session.execute(
            update(Order)
            .where(Order.organizer_id == tx.organizer_id, Order.id == order.id)
            .where(Order.payment_status.in_(PAYMENT.sources(OrderPaymentStatus.PAID)))
            .values(payment_status=OrderPaymentStatus.PAID.value)
            .execution_options(synchronize_session=False)
        )

    async def send(self, organizer_id: UUID, promised: list[UUID]) -> None:
        """Ask for the money; whatever goes wrong, the clockwork of payments asks again."""
        try:
            await self._payments.finish_refunds(organizer_id, promised)
        except Exception:
            log.exception("refund_delayed", refund_ids=[str(one) for one in promised])
