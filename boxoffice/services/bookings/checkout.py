"""Paying an order: hold the stock, ask payments for the money, confirm. Never a call in a
transaction.

If this process dies between the money and the confirmation, the fact `PaymentSucceeded` confirms
the order instead (`handlers.py`); both ways end in the same coalescer, where confirming twice is a
no-op.
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, update

from boxoffice.data.coalescing import Coalescer
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.approving import rows as applications
from boxoffice.services.bookings.asking_money import PayRequest, finished
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.confirming import ConfirmOrder, PaidAmiss, PaidTwice, TooLate
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.reading import lock_orders
from boxoffice.services.bookings.rules import (
    OPEN,
    ORDER,
    PAYMENT,
    REFUND,
    ApprovalNeeded,
    BuyerMissing,
    CustomerMissing,
    HoldExpired,
    IllegalMove,
    OrderNotFound,
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    check_alone,
    check_open,
    check_shown,
    held_while_paying,
    longest_hold,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Order
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.bookings.views import OrderView, PaidOrderView
from boxoffice.services.events.api import Standing, Stock
from boxoffice.services.payments.api import (
    Begun,
    NothingToPay,
    PaymentMethodView,
    Payments,
    PaymentStatus,
    PaymentView,
)


class Checkout:
    """Turns an order that is held into one that is paid."""

    def __init__(  # noqa: PLR0913  # its parts, all by name
        self,
        *,
        db: Database,
        stock: Stock,
        door: OrderDoor,
        holds: Holds,
        composer: Composer,
        payments: Payments,
        confirmations: Coalescer[ConfirmOrder, OrderView],
        answering: Answering,
        tender: Tender,
    ) -> None:
        self._db = db
        self._stock = stock
        self._door = door
        self._holds = holds
        self._composer = composer
        self._payments = payments
        self._confirmations = confirmations
        self._answering = answering
        self._tender = tender

    async def methods(
        self, actor: Actor, organizer_id: UUID, order_id: UUID
    ) -> list[PaymentMethodView]:
        """How this order can be paid; of one that must be applied for, with what its application
        can come: nothing, where it is paid once it is approved.
        """
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            if not order.must_apply:
                return self._payments.methods()
            wanted = await self._tender.takes_card(tx, order)
        return self._payments.authorisations.methods() if wanted else []

    async def pay(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        asked: PayRequest,
    ) -> PaidOrderView:
        """Charge what is due. Declined: `CardDeclined`; the hold stays. A repeated request is told
        of its payment, whatever has become of the order.
        """
        begin = self._begin(actor, organizer_id, order_id, asked)
        payment = await finished(
            self._payments, begin, organizer_id, order_id, asked.once, unknown=OrderNotFound
        )
        return await self._settle(actor, organizer_id, order_id, payment)

    async def payment(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, payment_id: UUID
    ) -> PaidOrderView:
        """Where a payment and its order stand; reading changes nothing."""
        order = await self._holds.view(actor, organizer_id, order_id)
        payment = await self._payments.payment(organizer_id, order_id, payment_id)
        return PaidOrderView(order=order, payment=payment)

    async def _begin(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        asked: PayRequest,
    ) -> Begun:
        """Check that it can be paid, hold the stock for the time that paying takes, and write the
        payment down; refused, nothing of it has been.
        """
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            is_paid = order.status is OrderStatus.CONFIRMED
            if is_paid:
                await self._check_paid_before(tx, order)
            else:
                check_open(order.status, hold_expires_at=order.hold_expires_at, now=now)
                check_alone(order.purchase_id, order.status)
                if order.due.is_zero:
                    check_shown(asked.shown, total=order.total, due=order.due)
                    raise NothingToPay
                await self.check_ready(tx, order, standing[order_id], now=now)
            begun = await self._payments.begin(
                tx, reference=order_id, amount=order.due, source=asked.source, once=asked.once
            )
            if begun.is_asked_for:
                if is_paid:
                    raise IllegalMove(status=order.status.value)
                check_shown(asked.shown, total=order.total, due=order.due)
                await self.hold_while_paying(tx, order, now=now)
            return begun

    async def check_ready(
        self, tx: Transaction, order: OrderSnapshot, standing: Standing, *, now: datetime
    ) -> None:
        """Refuse, if the locked order could not be confirmed once its money is here."""
        check_open(order.status, hold_expires_at=order.hold_expires_at, now=now)
        if order.must_apply:
            raise ApprovalNeeded
        if order.buyer is None:
            raise BuyerMissing
        if order.charges is not None and order.charges.lacks_customer:
            raise CustomerMissing
        if standing is not Standing.LIVE:
            raise HoldExpired
        await self._holds.check_persons(tx, order)
        await self._answering.check_order(tx, order)

    async def hold_while_paying(
        self, tx: Transaction, order: OrderSnapshot, *, now: datetime
    ) -> None:
        """A payment begins: the order waits for it, and is held for the time that it takes. One
        that nothing is due of is held alone.
        """
        longest = await _longest_hold(tx, order)
        until = held_while_paying(order.hold_expires_at or now, longest=longest, now=now)
        if order.due.is_zero:
            await self._holds.hold_until(tx, order, until, paying=True)
            return
        if order.status is not OrderStatus.AWAITING_PAYMENT:
            ORDER.move(order.status, OrderStatus.AWAITING_PAYMENT)
        paying = PAYMENT.move(order.payment_status, OrderPaymentStatus.PENDING)
        await self._holds.hold_until(
            tx,
            order,
            until,
            paying=True,
            status=OrderStatus.AWAITING_PAYMENT.value,
            payment_status=paying.value,
        )

    async def _check_paid_before(self, tx: Transaction, order: OrderSnapshot) -> None:
        """Payments answers a repeated key with its first outcome, and refuses any other."""
        if order.payment_id is None or not await self._payments.is_live(tx, order.id):
            raise IllegalMove(status=order.status.value)

    async def _settle(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, payment: PaymentView
    ) -> PaidOrderView:
        if payment.status == PaymentStatus.SUCCEEDED:
            order = await self.money_came(organizer_id, order_id, payment)
            return PaidOrderView(order=order, payment=payment)
        if payment.status == PaymentStatus.FAILED:
            await self.payment_failed(organizer_id, order_id)
            raise payment.declined()
        order = await self._holds.view(actor, organizer_id, order_id)
        return PaidOrderView(order=order, payment=payment)

    async def money_came(
        self, organizer_id: UUID, order_id: UUID, payment: PaymentView
    ) -> OrderView:
        """A payment has succeeded, whoever noticed: confirm the order, or give the money back.

        Raises `TooLate`, `PaidTwice` or `PaidAmiss` once the refund is ordered.
        """
        try:
            return await self._confirmations.submit(
                organizer_id,
                ConfirmOrder(
                    order_id=order_id, payment_id=payment.id, amount=payment.amount.amount
                ),
            )
        except (TooLate, PaidTwice, PaidAmiss) as refusal:
            await self._payments.refund(
                organizer_id,
                reference=order_id,
                amount=payment.amount,
                key=f"{refusal.code}:{payment.id}",
                payment_id=payment.id,
            )
            raise

    async def payment_succeeded(self, organizer_id: UUID, order_id: UUID, payment_id: UUID) -> None:
        """The fact, perhaps late and perhaps again: only money that is still ours confirms."""
        payment = await self._payments.payment(organizer_id, order_id, payment_id)
        if payment.status == PaymentStatus.SUCCEEDED:
            with suppress(TooLate, PaidTwice, PaidAmiss):
                await self.money_came(organizer_id, order_id, payment)

    async def payment_failed(self, organizer_id: UUID, order_id: UUID) -> None:
        """The order waits for another try, unless it has moved on or one is being made."""
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            if await self._payments.is_live(tx, order_id):
                return
            await tx.session.execute(
                _label(organizer_id, order_id, OrderPaymentStatus.FAILED).where(
                    Order.status.in_([status.value for status in OPEN]),
                    Order.payment_status.in_(PAYMENT.sources(OrderPaymentStatus.FAILED)),
                )
            )

    async def money_went_back(self, organizer_id: UUID, order_id: UUID) -> None:
        """A refund has succeeded: all that came for the order has gone back, or a part of it."""
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            standing = await self._payments.standing(tx, organizer_id, order_id)
            # What a change cost went back alone; it is nothing of the order's.
            if standing is None or standing.refunded.is_zero:
                return
            back = OrderRefundStatus.PARTIALLY_REFUNDED
            if standing.gone_back:
                back = OrderRefundStatus.REFUNDED
            await tx.session.execute(
                update(Order)
                .where(
                    Order.organizer_id == organizer_id,
                    Order.id == order_id,
                    Order.refund_status.in_(REFUND.sources(back)),
                )
                .values(refund_status=back.value)
            )


def _label(organizer_id: UUID, order_id: UUID, status: OrderPaymentStatus) -> Update:
    return (
        update(Order)
        .where(Order.organizer_id == organizer_id, Order.id == order_id)
        .values(payment_status=status.value)
    )


async def _longest_hold(tx: Transaction, order: OrderSnapshot) -> datetime:
    """Who was accepted pays days after the order was opened."""
    if not order.needs_approval:
        return longest_hold(order.created_at)
    due_at = (await applications.find(tx, order.id)).due_at
    return longest_hold(order.created_at, pay_until=due_at, extensions=order.extensions)
