"""The door to an order: the only way to its row asks who is asking. A stranger finds nothing."""

from datetime import datetime
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.links import OrderLinks, read_token
from boxoffice.services.bookings.reading import lock_orders, read_order
from boxoffice.services.bookings.rules import OrderNotFound, check_open
from boxoffice.services.bookings.snapshots import OrderSnapshot


class OrderDoor:
    """Lets in: the capability's bearer, the visitor or account that opened the order, and staff."""

    def __init__(self, links: OrderLinks) -> None:
        self._links = links

    async def read(
        self,
        tx: Transaction,
        actor: Actor,
        order_id: UUID,
        *,
        staff: Permission = Permission.ORDERS_READ,
    ) -> OrderSnapshot:
        """The order, if `actor` may see it; members need the `staff` permission."""
        organizer_id = tx.tenant
        order = await read_order(tx, organizer_id, order_id)
        if not self.admits(actor, organizer_id, order, staff=staff):
            raise OrderNotFound
        return order

    def admits(
        self, actor: Actor, organizer_id: UUID, order: OrderSnapshot, *, staff: Permission
    ) -> bool:
        """Whether `actor` is the order's buyer, or of the team with that permission."""
        return self.is_buyer(actor, organizer_id, order) or actor.may(staff, organizer_id)

    def is_buyer(self, actor: Actor, organizer_id: UUID, order: OrderSnapshot) -> bool:
        """Whether `actor` is or stands for the buyer, and is not merely on the organizer's team."""
        own = order.buyer_id is not None and order.buyer_id in (actor.user_id, actor.visitor_id)
        return own or self._bears(actor, organizer_id, order)

    async def lock_open(
        self, tx: Transaction, actor: Actor, order_id: UUID
    ) -> tuple[OrderSnapshot, datetime]:
        """The order, locked and still open to changes by its buyer, and the time that was decided
        at.
        """
        order, now = await self.lock(tx, actor, order_id)
        check_still_open(order, now=now)
        return order, now

    async def lock(
        self, tx: Transaction, actor: Actor, order_id: UUID
    ) -> tuple[OrderSnapshot, datetime]:
        """The order in any state, locked, for whoever may change it, and the time after that."""
        await lock_orders(tx, tx.tenant, [order_id])
        order = await self.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        return order, await tx.now()

    def _bears(self, actor: Actor, organizer_id: UUID, order: OrderSnapshot) -> bool:
        if not actor.order_token:
            return False
        return self._links.opens(
            read_token(actor.order_token),
            organizer_id=organizer_id,
            order_id=order.id,
            version=order.link_version,
        )


def check_still_open(order: OrderSnapshot, *, now: datetime) -> None:
    """Pass while its buyer can change it. A repeated request is answered before that is asked."""
    check_open(order.status, hold_expires_at=order.hold_expires_at, now=now)
