"""What the buyer of an open purchase does: look, ask for more time, say who buys, let go."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings import persons
from boxoffice.services.bookings.links import read_token
from boxoffice.services.bookings.naming import write_buyers
from boxoffice.services.bookings.people import checked_buyer
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.purchases.composing import purchase_for_staff
from boxoffice.services.bookings.purchases.parts import (
    Parts,
    check_orders_open,
    check_unpaid,
    end_all,
    known_of,
    locked_orders,
)
from boxoffice.services.bookings.purchases.views import PurchaseNews, PurchaseView
from boxoffice.services.bookings.rules import (
    HoldExpired,
    NotInPurchase,
    OrderNotFound,
    OrderStatus,
    PurchaseNotFound,
    PurchaseStatus,
    check_extension,
    check_held,
    extended_together,
)
from boxoffice.services.bookings.views import BuyerView
from boxoffice.services.events.api import Standing


class PurchaseHolds:
    """Everything about a purchase but opening and paying it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def view(self, actor: Actor, organizer_id: UUID, purchase_id: UUID) -> PurchaseView:
        """As it stands; to the team without what only its buyer may hold."""
        known = await known_of(self._parts, actor, organizer_id, purchase_id)
        async with self._parts.db.begin(organizer_id) as tx:
            row = await self._parts.purchase_door.read(tx, actor, purchase_id)
            view = await self._parts.views.read(tx, known, purchase_id)
        own = self._parts.purchase_door.is_buyer(actor, row)
        return view if own else purchase_for_staff(view)

    async def by_token(self, token: str) -> PurchaseView:
        """What the link opens; `PurchaseNotFound` for anything else."""
        try:
            link = read_token(token)
        except OrderNotFound:
            raise PurchaseNotFound from None
        organizer = await self._parts.users.organizer_by_slug(link.organizer_slug)
        bearer = Actor(order_token=token)
        return await self.view(bearer, organizer.id, link.order_id)

    async def news(self, organizer_id: UUID, purchase_id: UUID) -> PurchaseNews:
        """For services that act on `PurchaseConfirmed`; asks nobody."""
        organizer = await self._parts.users.organizer(organizer_id)
        async with self._parts.db.begin(organizer_id) as tx:
            row = await rows.find(tx, purchase_id)
            ids = await rows.order_ids(tx, purchase_id)
        return PurchaseNews(token=self._parts.views.token(organizer, row), order_ids=ids)

    async def set_buyer(
        self,
        actor: Actor,
        organizer_id: UUID,
        purchase_id: UUID,
        buyer: BuyerView,
        *,
        once: IdempotencyKey | None,
    ) -> PurchaseView:
        """Who buys all of it; `PersonLimitReached` for somebody who has too many of one event."""
        buyer = checked_buyer(buyer)
        known = await known_of(self._parts, actor, organizer_id, purchase_id)
        async with self._parts.db.begin(organizer_id) as tx:
            row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
            ids = await rows.order_ids(tx, row.id)
            limited = await persons.limited_events(tx, ids)
            await persons.lock_as(tx, limited.values(), buyer.email)
            orders = await locked_orders(tx, ids)
            if replayed := await tx.claim(once, PurchaseView):
                return replayed
            check_held(PurchaseStatus(row.status))
            check_orders_open(orders, now=await tx.now())
            for order in orders:
                order.buyer = buyer
                await self._parts.holds.check_persons(tx, order)
            write_buyers(tx, orders)
            return await tx.keep(once, await self._parts.views.read(tx, known, row.id))

    async def extend(
        self, actor: Actor, organizer_id: UUID, purchase_id: UUID, *, once: IdempotencyKey | None
    ) -> PurchaseView:
        """Five more minutes for all, as often as the order with the fewest left may."""
        known = await known_of(self._parts, actor, organizer_id, purchase_id)
        async with self._parts.db.begin(organizer_id) as tx:
            row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
            ids = await rows.order_ids(tx, row.id)
            standing = await self._parts.events.stock.standing_to_keep(tx, ids)
            orders = await locked_orders(tx, ids)
            if replayed := await tx.claim(once, PurchaseView):
                return replayed
            check_held(PurchaseStatus(row.status))
            now = await tx.now()
            check_orders_open(orders, now=now)
            if any(standing[one] is not Standing.LIVE for one in ids):
                raise HoldExpired
            until = extended_together([one.hold_expires_at for one in orders], now=now)
            for order in orders:
                check_extension(order.extensions)
                order.extensions += 1
                await self._parts.holds.hold_until(tx, order, until, extensions=order.extensions)
            return await tx.keep(once, await self._parts.views.read(tx, known, row.id))

    async def release(
        self, actor: Actor, organizer_id: UUID, purchase_id: UUID, *, once: IdempotencyKey | None
    ) -> PurchaseView:
        """Give everything back at once; its orders are cancelled."""
        known = await known_of(self._parts, actor, organizer_id, purchase_id)
        async with self._parts.db.begin(organizer_id) as tx:
            row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
            ids = await rows.order_ids(tx, row.id)
            await self._parts.events.stock.standing(tx, ids)
            orders = await locked_orders(tx, ids)
            if replayed := await tx.claim(once, PurchaseView):
                return replayed
            check_held(PurchaseStatus(row.status))
            await end_all(tx, self._parts, orders, OrderStatus.CANCELLED)
            await rows.settle(tx, row, PurchaseStatus.ENDED)
            return await tx.keep(once, await self._parts.views.read(tx, known, row.id))

    async def remove(
        self,
        actor: Actor,
        organizer_id: UUID,
        purchase_id: UUID,
        order_id: UUID,
        *,
        once: IdempotencyKey | None,
    ) -> PurchaseView:
        """Let one order go, or take out one that has ended; with the last one the purchase ends."""
        known = await known_of(self._parts, actor, organizer_id, purchase_id)
        async with self._parts.db.begin(organizer_id) as tx:
            row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
            ids = await rows.order_ids(tx, row.id)
            await self._parts.events.stock.standing(tx, [order_id])
            orders = await locked_orders(tx, ids)
            if replayed := await tx.claim(once, PurchaseView):
                return replayed
            check_held(PurchaseStatus(row.status))
            if order_id not in ids:
                raise NotInPurchase
            check_unpaid(orders)
            leaving = [one for one in orders if one.id == order_id]
            await end_all(tx, self._parts, leaving, OrderStatus.CANCELLED)
            if ids == [order_id]:
                await rows.settle(tx, row, PurchaseStatus.ENDED)
            else:
                await rows.part(tx, order_id)
            return await tx.keep(once, await self._parts.views.read(tx, known, row.id))
