"""Who may change what of a confirmed order: staff always, its buyer by the event's policy."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.rules import (
    OrderNotConfirmed,
    OrderStatus,
    PositionNotFound,
    TicketNotYours,
    changeable_until,
    check_unused,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot

What = Literal["names", "variations", "add_ons"]


class ChangeDoor(msgspec.Struct, frozen=True):
    """Lets changes in."""

    db: Database
    door: OrderDoor
    composer: Composer

    async def known(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> Known:
        """What other services know of the order's event; asked before anything is locked."""
        async with self.db.begin(organizer_id) as tx:
            order = await self.door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        return await self.composer.known(organizer_id, [], dates=dates_of(order))

    async def open(
        self,
        tx: Transaction,
        actor: Actor,
        order_id: UUID,
        known: Known,
        what: What,
        *,
        position_id: UUID | None = None,
    ) -> OrderSnapshot:
        """The locked order, if `actor` may change `what` of it now: until the deadline of that
        position's date, of the order's last one without.
        """
        order = await self.door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        if order.status is not OrderStatus.CONFIRMED:
            raise OrderNotConfirmed
        if not actor.may(Permission.ORDERS_WRITE, tx.tenant):
            terms = (await policy_of(tx, order.event_id)).changes
            starts_at = _starts_at(known, order, position_id)
            allowed: bool = getattr(terms, what)
            changeable_until(terms, what=allowed, starts_at=starts_at, now=await tx.now())
        return order


def own_goods(order: OrderSnapshot, position_id: UUID) -> PositionSnapshot:
    """A position that admits nobody, or whose ticket is unused and has not been given on."""
    for one in order.positions:
        if one.id == position_id and not one.admits:
            return one
    return own_position(order, position_id)


def _starts_at(known: Known, order: OrderSnapshot, position_id: UUID | None) -> datetime:
    event = known.events[order.event_id]
    dates = {one.occurrence_id for one in order.positions if one.id == position_id}
    return max(
        event.occurrence(date or order.occurrence_id).starts_at
        for date in dates or order.dates_left
    )


def own_position(order: OrderSnapshot, position_id: UUID) -> PositionSnapshot:
    """A position whose ticket is unused and has not been given on."""
    position = next((one for one in order.positions if one.id == position_id), None)
    ticket = next((one for one in order.tickets if one.position_id == position_id), None)
    if position is None or ticket is None:
        raise PositionNotFound
    if ticket.transfer_id is not None:
        raise TicketNotYours
    check_unused(order.status, ticket.status)
    return position
