"""Staff change tickets of a confirmed order: type, variation, date, seat, price; and add others."""

from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changing import rows
from boxoffice.services.bookings.changing.carrying import Carrying
from boxoffice.services.bookings.changing.settling import Settling, Terms, looked_at
from boxoffice.services.bookings.changing.wishes import (
    ChangedView,
    ChangePreviewView,
    ChangeWish,
    Settle,
)
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.holds import for_staff
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.rules import checked_reason, due_until
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.waitlist.entries import retrying


class ChangingOrders:
    """For staff. What it costs less goes back; what it costs more the buyer is asked to pay, has
    paid outside, or is let off.
    """

    def __init__(
        self, db: Database, door: OrderDoor, carrying: Carrying, settling: Settling
    ) -> None:
        self._db = db
        self._door = door
        self._carrying = carrying
        self._settling = settling

    async def preview(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, wish: ChangeWish
    ) -> ChangePreviewView:
        """What it would come to, refused as doing it would be; nothing is changed."""
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt(tx: Transaction) -> ChangePreviewView:
            order = await self._lock(tx, actor, order_id, wish)
            return (await self._carrying.apply(tx, order, known, wish)).change

        return await looked_at(self._db, organizer_id, attempt)

    async def change(  # what the path and the request say
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        wish: ChangeWish,
        *,
        pay_within_hours: int,
        once: IdempotencyKey | None,
    ) -> ChangedView:
        """`ChangeDiffers` unless it comes to what was expected. Tickets that are for something else
        get new codes, once the difference is settled.
        """
        wish = msgspec.structs.replace(
            wish, because=checked_message(wish.because, pointer="/because")
        )
        checked_reason(wish.because, prices=wish.sets_prices or wish.settle is not Settle.PAY)
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt() -> tuple[ChangedView, list[UUID]]:
            async with self._db.begin(organizer_id) as tx:
                order = await self._lock(tx, actor, order_id, wish)
                if replayed := await tx.claim(once, ChangedView):
                    return replayed, []
                await rows.check_none_waits(tx, self._carrying.stock, order_id)
                event = known.events[order.event_id]
                done = await self._carrying.apply(tx, order, known, wish)
                starts = min(event.occurrence(one).starts_at for one in order.dates_left)
                until = due_until(starts, pay_within_hours, now=await tx.now())
                terms = Terms(by="staff", until=until)
                view, promised = await self._settling.settle(tx, actor, done, known, terms)
                view = msgspec.structs.replace(view, order=for_staff(view.order))
                return await tx.keep(once, view), promised

        view, promised = await retrying(attempt)
        await self._carrying.money.send(organizer_id, promised)
        return view

    async def _known(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, wish: ChangeWish
    ) -> Known:
        async with self._db.begin(organizer_id) as tx:
            order = await self._read(tx, actor, order_id)
        return await self._carrying.known(organizer_id, order, wish)

    async def _lock(
        self, tx: Transaction, actor: Actor, order_id: UUID, wish: ChangeWish
    ) -> OrderSnapshot:
        return await self._carrying.lock(tx, await self._read(tx, actor, order_id), wish)

    async def _read(self, tx: Transaction, actor: Actor, order_id: UUID) -> OrderSnapshot:
        order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        actor.demand(Permission.ORDERS_WRITE, tx.tenant)
        return order
