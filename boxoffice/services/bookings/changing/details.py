"""Names and addresses of a confirmed order."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.changing.doors import ChangeDoor, own_position
from boxoffice.services.bookings.people import checked_buyer, checked_name
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Order, OrderPosition
from boxoffice.services.bookings.views import BuyerView, OrderView
from boxoffice.services.events.api import Stock


class Details:
    """By its buyer until the organizer's deadline, by staff at any time."""

    def __init__(self, db: Database, stock: Stock, door: ChangeDoor) -> None:
        self._db = db
        self._stock = stock
        self._door = door

    async def name_attendee(  # what the path and the request say
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        position_id: UUID,
        name: str,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """The name that a ticket bears."""
        name = checked_name(name, pointer="/name")
        known = await self._door.known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            await lock_tickets(tx, [order_id])
            if replayed := await tx.claim(once, OrderView):
                return replayed
            order = await self._door.open(
                tx, actor, order_id, known, "names", position_id=position_id
            )
            position = own_position(order, position_id)
            if position.attendee_name != name:
                await _write(tx, OrderPosition, position.id, attendee_name=name)
                _note(tx, actor, order, attendee_of=position.number)
            now, order = await tx.now(), await read_order(tx, organizer_id, order_id)
            return await tx.keep(once, self._door.composer.view(known, order, now=now))

    async def correct_buyer(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        buyer: BuyerView,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """Who bought, and where mail goes. `PersonLimitReached` for somebody who has too many."""
        buyer = checked_buyer(buyer)
        known = await self._door.known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            limited = await persons.limited_events(tx, [order_id])
            await persons.lock_as(tx, limited.values(), buyer.email)
            await lock_orders(tx, organizer_id, [order_id])
            if replayed := await tx.claim(once, OrderView):
                return replayed
            order = await self._door.open(tx, actor, order_id, known, "names")
            before, order.buyer = order.buyer, buyer
            refused = await persons.over_limit(tx, self._stock, [order], live=[order.id])
            if order.id in refused:
                raise refused[order.id]
            if buyer != before:
                await _write(tx, Order, order.id, buyer_email=buyer.email, buyer_name=buyer.name)
                _note(tx, actor, order, buyer=True)
            view = self._door.composer.view(known, order, now=await tx.now())
            return await tx.keep(once, view)


async def _write(
    tx: Transaction, table: type[Order] | type[OrderPosition], row_id: UUID, **columns: object
) -> None:
    await tx.session.execute(
        update(table)
        .where(table.organizer_id == tx.organizer_id, table.id == row_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )


def _note(tx: Transaction, actor: Actor, order: OrderSnapshot, **changes: Any) -> None:
    tx.audit("order.changed", actor=actor, subject=f"order:{order.id}", changes=changes)
