"""The door to a purchase: its buyer, the bearer of its link, staff. A stranger finds nothing."""

from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.links import OrderLinks, read_token
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.rules import OrderNotFound, PurchaseNotFound
from boxoffice.services.bookings.tables_purchases import Purchase


class PurchaseDoor:
    """The only way to the row asks who is asking."""

    def __init__(self, links: OrderLinks) -> None:
        self._links = links

    async def read(
        self,
        tx: Transaction,
        actor: Actor,
        purchase_id: UUID,
        *,
        staff: Permission = Permission.ORDERS_READ,
    ) -> Purchase:
        """The purchase, if `actor` may see it; members need the `staff` permission."""
        row = await rows.find(tx, purchase_id)
        self._admit(actor, row, staff)
        return row

    async def lock(self, tx: Transaction, actor: Actor, purchase_id: UUID) -> Purchase:
        """The purchase, locked before anything else is, for whoever may change it."""
        row = await rows.lock(tx, purchase_id)
        self._admit(actor, row, Permission.ORDERS_WRITE)
        return row

    def is_buyer(self, actor: Actor, row: Purchase) -> bool:
        """Whether `actor` is or stands for the buyer, and is not merely on the organizer's team."""
        own = row.buyer_id is not None and row.buyer_id in (actor.user_id, actor.visitor_id)
        return own or (bool(actor.order_token) and self.opens(actor.order_token or "", row))

    def opens(self, token: str, row: Purchase) -> bool:
        """Whether the link opens this purchase."""
        try:
            link = read_token(token)
        except OrderNotFound:
            return False
        return self._links.opens(
            link, organizer_id=row.organizer_id, order_id=row.id, version=row.link_version
        )

    def _admit(self, actor: Actor, row: Purchase, staff: Permission) -> None:
        if not self.is_buyer(actor, row) and not actor.may(staff, row.organizer_id):
            raise PurchaseNotFound
