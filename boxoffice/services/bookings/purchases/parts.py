"""What the rooms of purchases stand on, and what they all begin with."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.checkout import Checkout
from boxoffice.services.bookings.composing import Composer, Known
from boxoffice.services.bookings.confirming import Confirming
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.opening import Opening
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.purchases.composing import PurchaseComposer
from boxoffice.services.bookings.purchases.doors import PurchaseDoor
from boxoffice.services.bookings.reading import lock_orders, read_orders
from boxoffice.services.bookings.rules import (
    OPEN,
    ORDER,
    OrderPaymentStatus,
    OrderStatus,
    check_all_open,
    shown_status,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.events.api import Events
from boxoffice.services.payments.api import Payments, PaymentUnderWay
from boxoffice.services.users.api import Users


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """All by name."""

    db: Database
    users: Users
    events: Events
    payments: Payments
    door: OrderDoor
    links: OrderLinks
    composer: Composer
    tender: Tender
    holds: Holds
    checkout: Checkout
    opening: Opening
    confirming: Confirming
    answering: Answering

    @property
    def purchase_door(self) -> PurchaseDoor:
        return PurchaseDoor(self.links)

    @property
    def views(self) -> PurchaseComposer:
        return PurchaseComposer(self.composer, self.links)


async def known_of(parts: Parts, actor: Actor, organizer_id: UUID, purchase_id: UUID) -> Known:
    """What other services say of its orders, asked before anything is locked: that may need a
    connection of its own.
    """
    orders = await orders_of(parts, actor, organizer_id, purchase_id)
    return await parts.views.known(organizer_id, orders)


async def orders_of(
    parts: Parts, actor: Actor, organizer_id: UUID, purchase_id: UUID
) -> list[OrderSnapshot]:
    """Its orders as they are, not locked."""
    async with parts.db.begin(organizer_id) as tx:
        await parts.purchase_door.read(tx, actor, purchase_id)
        ids = await rows.order_ids(tx, purchase_id)
        found = await read_orders(tx, organizer_id, ids)
    return [found[one] for one in ids]


async def locked_orders(tx: Transaction, ids: Sequence[UUID]) -> list[OrderSnapshot]:
    """These orders, locked; the purchase, quotas and claims are before."""
    await lock_orders(tx, tx.tenant, ids)
    found = await read_orders(tx, tx.tenant, ids)
    return [found[one] for one in ids]


async def end_all(
    tx: Transaction, parts: Parts, orders: Sequence[OrderSnapshot], status: OrderStatus
) -> None:
    """None of these is bought: those still open end in `status`, and what they hold is free at
    once. They are locked, and `Stock.standing` was asked before.
    """
    for order in orders:
        if order.status in OPEN:
            order.status = ORDER.move(order.status, status)
            await parts.holds.set_status(tx, order)
    await parts.events.stock.release(tx, [order.id for order in orders])
    await parts.tender.let_go(tx, orders)


def check_orders_open(orders: Sequence[OrderSnapshot], *, now: datetime) -> None:
    """`OrderOver`, unless all of them are still open to their buyer."""
    check_all_open(
        [
            (one.id, shown_status(one.status, hold_expires_at=one.hold_expires_at, now=now))
            for one in orders
        ]
    )


def check_unpaid(orders: Sequence[OrderSnapshot]) -> None:
    """`PaymentUnderWay`, if money for them is being asked for."""
    if any(one.payment_status is OrderPaymentStatus.PENDING for one in orders):
        raise PaymentUnderWay
