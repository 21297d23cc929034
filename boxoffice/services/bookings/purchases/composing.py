"""Rows and orders become the view of a purchase."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.holds import for_staff
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.purchases.views import PurchaseView
from boxoffice.services.bookings.reading import read_orders
from boxoffice.services.bookings.rules import (
    MAX_EXTENSIONS,
    PurchaseStatus,
    held_until,
    sum_of,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables_purchases import Purchase
from boxoffice.services.users.api import OrganizerRef


class PurchaseComposer:
    """Makes `PurchaseView`s."""

    def __init__(self, composer: Composer, links: OrderLinks) -> None:
        self._composer = composer
        self._links = links

    async def known(self, organizer_id: UUID, orders: Iterable[OrderSnapshot]) -> Known:
        """What other services say of these orders; ask before anything is locked."""
        dates = [date for order in orders for date in dates_of(order)]
        return await self._composer.known(organizer_id, [], dates=dates)

    async def read(self, tx: Transaction, known: Known, purchase_id: UUID) -> PurchaseView:
        """The purchase as this transaction sees it."""
        row = await rows.find(tx, purchase_id)
        ids = await rows.order_ids(tx, purchase_id)
        found = await read_orders(tx, tx.tenant, ids)
        return self.view(known, row, [found[one] for one in ids], now=await tx.now())

    def view(
        self, known: Known, row: Purchase, orders: Sequence[OrderSnapshot], *, now: datetime
    ) -> PurchaseView:
        """The purchase as its buyer sees it at `now`."""
        buyers = {order.buyer for order in orders}
        return PurchaseView(
            id=row.id,
            organizer_slug=known.organizer.slug,
            status=PurchaseStatus(row.status),
            orders=[self._composer.view(known, order, now=now) for order in orders],
            total=sum_of([order.total for order in orders]),
            due=sum_of([order.due for order in orders]),
            buyer=buyers.pop() if len(buyers) == 1 else None,
            hold_expires_at=held_until([order.hold_expires_at for order in orders]),
            extensions_left=MAX_EXTENSIONS - max(order.extensions for order in orders),
            server_time=now,
            created_at=row.created_at,
            token=self.token(known.organizer, row),
        )

    def token(self, organizer: OrganizerRef, row: Purchase) -> str:
        """What opens all of it."""
        return self._links.token(
            organizer_slug=organizer.slug,
            organizer_id=organizer.id,
            order_id=row.id,
            version=row.link_version,
        )


def purchase_for_staff(view: PurchaseView) -> PurchaseView:
    """Without the capabilities that only its buyer may hold."""
    orders = [for_staff(order) for order in view.orders]
    return msgspec.structs.replace(view, token="", orders=orders)
