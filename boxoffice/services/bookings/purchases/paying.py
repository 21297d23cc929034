"""Paying a purchase: one charge for what all of its orders cost, then each has its part of it.

Money that comes when not all of it can be had goes back as a whole. If this process dies between
the money and the confirmation, the fact `PaymentSucceeded` does the same (`handlers.py`).
"""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Busy, Refusal, Unavailable
from boxoffice.services.bookings.asking_money import PayRequest, finished
from boxoffice.services.bookings.confirming import ConfirmOrder, PaidAmiss, PaidTwice, TooLate
from boxoffice.services.bookings.facts import MoneyCameTooLate
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.purchases.confirming import check_one_buyer, confirm_all
from boxoffice.services.bookings.purchases.holding import PurchaseHolds
from boxoffice.services.bookings.purchases.parts import (
    Parts,
    check_orders_open,
    end_all,
    locked_orders,
)
from boxoffice.services.bookings.purchases.views import PaidPurchaseView
from boxoffice.services.bookings.reading import read_orders
from boxoffice.services.bookings.rules import (
    OPEN,
    OrderStatus,
    PurchaseNotFound,
    PurchaseOver,
    PurchaseStatus,
    Shown,
    check_held,
    check_shown,
    sum_of,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.events.api import Standing
from boxoffice.services.payments.api import (
    Begun,
    NothingToPay,
    PaymentMethodView,
    PaymentStatus,
    PaymentView,
)

_FAILED = """
UPDATE bookings.orders SET payment_status = 'failed'
WHERE organizer_id = $1 AND payment_status = 'pending'
  AND id = ANY(ARRAY(SELECT id FROM bookings.purchase_orders
                     WHERE organizer_id = $1 AND purchase_id = $2))
"""
_PAID_BY = """
UPDATE bookings.orders o SET payment_id = p.part
FROM unnest($2::uuid[], $3::uuid[]) AS p(id, part)
WHERE o.organizer_id = $1 AND o.id = p.id
"""


class PurchasePaying:
    """Turns a purchase that is held into one that is paid."""

    def __init__(self, parts: Parts, holds: PurchaseHolds) -> None:
        self._parts = parts
        self._holds = holds

    async def methods(
        self, actor: Actor, organizer_id: UUID, purchase_id: UUID
    ) -> list[PaymentMethodView]:
        """How it can be paid."""
        async with self._parts.db.begin(organizer_id) as tx:
            await self._parts.purchase_door.read(tx, actor, purchase_id)
        return self._parts.payments.methods()

    async def pay(
        self,
        actor: Actor,
        organizer_id: UUID,
        purchase_id: UUID,
        asked: PayRequest,
    ) -> PaidPurchaseView:
        """Charge once what is due. Declined: `CardDeclined`; the holds stay.

        A repeated request is told of its payment, whatever has become of the purchase.
        """
        payments, begin = self._parts.payments, self._begin(actor, organizer_id, purchase_id, asked)
        payment = await finished(
            payments, begin, organizer_id, purchase_id, asked.once, unknown=PurchaseNotFound
        )
        if payment.status == PaymentStatus.SUCCEEDED:
            await self.money_came(organizer_id, purchase_id, payment)
        elif payment.status == PaymentStatus.FAILED:
            await self.failed(organizer_id, purchase_id)
            raise payment.declined()
        view = await self._holds.view(actor, organizer_id, purchase_id)
        return PaidPurchaseView(purchase=view, payment=payment)

    async def payment(
        self, actor: Actor, organizer_id: UUID, purchase_id: UUID, payment_id: UUID
    ) -> PaidPurchaseView:
        """Where a payment and its purchase stand; reading changes nothing."""
        view = await self._holds.view(actor, organizer_id, purchase_id)
        payment = await self._parts.payments.payment(organizer_id, purchase_id, payment_id)
        return PaidPurchaseView(purchase=view, payment=payment)

    async def succeeded(self, organizer_id: UUID, purchase_id: UUID, payment_id: UUID) -> None:
        """The fact, perhaps late and perhaps again: only money that is still ours confirms."""
        payment = await self._parts.payments.payment(organizer_id, purchase_id, payment_id)
        if payment.status == PaymentStatus.SUCCEEDED:
            with suppress(TooLate, PaidTwice, PaidAmiss):
                await self.money_came(organizer_id, purchase_id, payment)

    async def failed(self, organizer_id: UUID, purchase_id: UUID) -> None:
        """Its orders wait for another try, unless they have moved on or one is being made."""
        async with self._parts.db.begin(organizer_id) as tx:
            await locked_orders(tx, await rows.order_ids(tx, purchase_id))
            if not await self._parts.payments.is_live(tx, purchase_id):
                await self._unpaid(tx, purchase_id)

    async def money_came(self, organizer_id: UUID, purchase_id: UUID, payment: PaymentView) -> None:
        """A payment has succeeded, whoever noticed: confirm all orders, or give all of it back.

        Raises `TooLate`, `PaidTwice` or `PaidAmiss` once the refund is ordered.
        """
        try:
            await retried(lambda: self._confirm(organizer_id, purchase_id, payment))
        except (Busy, Unavailable):
            raise  # nothing is decided; the fact comes again
        except Refusal as why:
            refusal = await self._refuse(organizer_id, purchase_id, payment, why)
            if refusal is None:
                return
            await self._parts.payments.refund(
                organizer_id,
                reference=purchase_id,
                amount=payment.amount,
                key=f"{refusal.code}:{payment.id}",
                payment_id=payment.id,
            )
            raise refusal from why

    async def _begin(
        self,
        actor: Actor,
        organizer_id: UUID,
        purchase_id: UUID,
        asked: PayRequest,
    ) -> Begun:
        """Check that it can be paid, hold all of it for the time that paying takes, and write the
        payment down; refused, nothing of it has been.
        """
        async with self._parts.db.begin(organizer_id) as tx:
            row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
            orders: list[OrderSnapshot] = []
            if row.status == PurchaseStatus.CONFIRMED.value and row.payment_id is not None:
                # Payments answers a repeated key with its first outcome, and refuses any other.
                due = await self._parts.payments.amount_of(tx, row.payment_id)
            else:
                check_held(PurchaseStatus(row.status))
                orders = await self._ready(tx, row.id, asked.shown)
                due = sum_of([order.due for order in orders])
            begun = await self._parts.payments.begin(
                tx, reference=purchase_id, amount=due, source=asked.source, once=asked.once
            )
            if begun.is_asked_for:
                if not orders:
                    raise PurchaseOver(state=row.status)
                _check_shown(asked.shown, orders)
                now = await tx.now()
                for order in orders:
                    await self._parts.checkout.hold_while_paying(tx, order, now=now)
            return begun

    async def _ready(self, tx: Transaction, purchase_id: UUID, shown: Shown) -> list[OrderSnapshot]:
        """Its orders, locked; refused, if one could not be confirmed once the money is here."""
        ids = await rows.order_ids(tx, purchase_id)
        standing = await self._parts.events.stock.standing_to_keep(tx, ids)
        orders, now = await locked_orders(tx, ids), await tx.now()
        check_orders_open(orders, now=now)
        check_one_buyer(orders)
        if all(order.due.is_zero for order in orders):
            _check_shown(shown, orders)
            raise NothingToPay
        for order in orders:
            await self._check(tx, order, standing[order.id])
        return orders

    async def _check(self, tx: Transaction, order: OrderSnapshot, standing: Standing) -> None:
        try:
            await self._parts.checkout.check_ready(tx, order, standing, now=await tx.now())
        except Refusal as refusal:
            refusal.facts["order_id"] = order.id
            raise

    async def _confirm(self, organizer_id: UUID, purchase_id: UUID, payment: PaymentView) -> None:
        async with self._parts.db.begin(organizer_id) as tx:
            row = await rows.lock(tx, purchase_id)
            if row.status == PurchaseStatus.CONFIRMED.value and row.payment_id == payment.id:
                return
            if row.status != PurchaseStatus.HELD.value:
                raise PaidTwice if row.status == PurchaseStatus.CONFIRMED.value else TooLate
            found = await read_orders(tx, organizer_id, await rows.order_ids(tx, purchase_id))
            orders = list(found.values())
            if sum_of([order.due for order in orders]) != payment.amount:
                raise PaidAmiss
            await confirm_all(tx, self._parts, _paid(orders, purchase_id, payment))
            shares = {order.id: order.due for order in orders if not order.due.is_zero}
            parts = await self._parts.payments.share(tx, payment.id, shares)
            await tx.connection.exec_driver_sql(
                _PAID_BY, (organizer_id, list(parts), [part.id for part in parts.values()])
            )
            await rows.settle(tx, row, PurchaseStatus.CONFIRMED, payment_id=payment.id)

    async def _refuse(
        self, organizer_id: UUID, purchase_id: UUID, payment: PaymentView, why: Refusal
    ) -> Refusal | None:
        """Note that it cannot be; None if this payment has confirmed it meanwhile."""
        async with self._parts.db.begin(organizer_id) as tx:
            row = await rows.lock(tx, purchase_id)
            if row.status == PurchaseStatus.CONFIRMED.value:
                return None if row.payment_id == payment.id else PaidTwice()
            if row.status == PurchaseStatus.HELD.value:
                ids = await rows.order_ids(tx, purchase_id)
                await self._parts.events.stock.standing(tx, ids)
                orders = await locked_orders(tx, ids)
                await self._unpaid(tx, purchase_id)
                if isinstance(why, PaidAmiss) and all(one.status in OPEN for one in orders):
                    return why
                await end_all(tx, self._parts, orders, OrderStatus.EXPIRED)
                _tell_too_late(tx, orders, payment)
                await rows.settle(tx, row, PurchaseStatus.ENDED)
            else:
                orders = await locked_orders(tx, await rows.order_ids(tx, purchase_id))
                if await self._unpaid(tx, purchase_id):
                    _tell_too_late(tx, orders, payment)
        return TooLate()

    async def _unpaid(self, tx: Transaction, purchase_id: UUID) -> bool:
        """No money for it is on its way any more; whether it was. Lock the orders before."""
        result = await tx.connection.exec_driver_sql(_FAILED, (tx.tenant, purchase_id))
        return result.rowcount > 0


def _check_shown(shown: Shown, orders: Sequence[OrderSnapshot]) -> None:
    total = sum_of([order.total for order in orders])
    check_shown(shown, total=total, due=sum_of([order.due for order in orders]))


def _tell_too_late(tx: Transaction, orders: Sequence[OrderSnapshot], payment: PaymentView) -> None:
    tx.tell(
        *(
            MoneyCameTooLate(organizer_id=tx.tenant, order_id=order.id, payment_id=payment.id)
            for order in orders
        )
    )


def _paid(
    orders: Sequence[OrderSnapshot], purchase_id: UUID, payment: PaymentView
) -> list[ConfirmOrder]:
    """What is due of each was in the charge; of a free one nothing."""
    return [
        ConfirmOrder(
            order_id=order.id,
            payment_id=payment.id,
            amount=order.due.amount,
            purchase_id=purchase_id,
        )
        for order in orders
    ]
