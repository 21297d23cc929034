"""What a buyer does with an open order: name themselves, ask for more time, let go."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import update

from boxoffice.data.coalescing import Coalescer
from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor, check_still_open
from boxoffice.services.bookings.naming import NameBuyer
from boxoffice.services.bookings.people import checked_buyer
from boxoffice.services.bookings.rules import (
    ORDER,
    HoldExpired,
    OrderStatus,
    check_alone,
    check_extension,
    check_lettable,
    extended,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Order
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.events.api import Standing, Stock
from boxoffice.services.payments.api import PaymentUnderWay


class Holds:
    """Changes to an order that is not yet confirmed."""

    def __init__(  # its parts, all by name
        self,
        *,
        db: Database,
        stock: Stock,
        door: OrderDoor,
        composer: Composer,
        tender: Tender,
        namings: Coalescer[NameBuyer, OrderView],
    ) -> None:
        self._db = db
        self._tender = tender
        self._namings = namings
        self._stock = stock
        self._door = door
        self._composer = composer

    async def view(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        *,
        staff: Permission = Permission.ORDERS_READ,
    ) -> OrderView:
        """The order as it stands; to the team without what only its buyer may hold."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=staff)
            now = await tx.now()
        view = await self._composer.one(organizer_id, order, now=now)
        return view if self._door.is_buyer(actor, organizer_id, order) else for_staff(view)

    async def set_buyer(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        buyer: BuyerView,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """Who is buying; may be corrected until the order is confirmed. `PersonLimitReached` for
        somebody who has too many already; `ApplicationSent` for another person than applied.
        """
        command = NameBuyer(actor=actor, order_id=order_id, buyer=checked_buyer(buyer), once=once)
        return await self._namings.submit(organizer_id, command)

    async def extend(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, *, once: IdempotencyKey | None
    ) -> OrderView:
        """Five more minutes, ten times at most."""
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            if replayed := await tx.claim(once, OrderView):
                return replayed
            check_still_open(order, now=now)
            if standing[order_id] is not Standing.LIVE:
                raise HoldExpired
            check_alone(order.purchase_id, order.status)
            check_extension(order.extensions)
            order.extensions += 1
            until = extended(order.hold_expires_at or now, now=now)
            await self.hold_until(tx, order, until, extensions=order.extensions)
            return await self._keep(tx, once, order, now=now)

    async def check_persons(self, tx: Transaction, order: OrderSnapshot) -> None:
        """`PersonLimitReached`, if the order gives its buyer more than one person may have."""
        refused = await persons.over_limit(tx, self._stock, [order], live=[order.id])
        if order.id in refused:
            raise refused[order.id]

    async def hold_until(
        self,
        tx: Transaction,
        order: OrderSnapshot,
        until: datetime,
        *,
        paying: bool = False,
        **columns: object,
    ) -> None:
        """Move the end of the hold, and set other `columns` of the order with it; call
        `Stock.standing_to_keep` in the same transaction first.
        """
        order.hold_expires_at = until
        await self._stock.set_expiry(tx, {order.id: until}, paying=paying)
        await _change(tx, order, hold_expires_at=until, **columns)

    async def write(self, tx: Transaction, order: OrderSnapshot, **columns: object) -> None:
        """Set these columns of the locked order."""
        await _change(tx, order, **columns)

    async def set_status(self, tx: Transaction, order: OrderSnapshot) -> None:
        """Write where the locked order stands now."""
        await _change(tx, order, status=order.status.value)

    async def release(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, *, once: IdempotencyKey | None
    ) -> OrderView:
        """Give everything back at once, also while the organizer has not decided; the order is
        cancelled. `PaymentUnderWay` once it is approved and the money on its card is being taken.
        """
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            if replayed := await tx.claim(once, OrderView):
                return replayed
            check_alone(order.purchase_id, order.status)
            check_lettable(order.status, hold_expires_at=order.hold_expires_at, now=now)
            if order.hold is not None and order.hold.charging:
                raise PaymentUnderWay
            order.status = ORDER.move(order.status, OrderStatus.CANCELLED)
            await self._stock.release(tx, [order_id])
            await self._tender.let_go(tx, [order])
            await _change(tx, order, status=order.status.value)
            return await self._keep(tx, once, order, now=now)

    async def _keep(
        self,
        tx: Transaction,
        once: IdempotencyKey | None,
        order: OrderSnapshot,
        *,
        now: datetime,
    ) -> OrderView:
        known = await self._composer.known(tx.tenant, [order.event_id])
        return await tx.keep(once, self._composer.view(known, order, now=now))


def for_staff(view: OrderView) -> OrderView:
    """Without capability and codes: who reads orders neither acts as the buyer nor enters."""
    tickets = [msgspec.structs.replace(ticket, code="") for ticket in view.tickets]
    return msgspec.structs.replace(view, token="", tickets=tickets)


async def _change(tx: Transaction, order: OrderSnapshot, **columns: object) -> None:
    await tx.session.execute(
        update(Order)
        .where(Order.organizer_id == tx.organizer_id, Order.id == order.id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
