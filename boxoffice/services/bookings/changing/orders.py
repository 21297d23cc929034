"""Staff change tickets of a confirmed order: type, variation, date, seat, price; and add others."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changing.carrying import Carrying
from boxoffice.services.bookings.changing.settling import Settling, Terms
from boxoffice.services.bookings.changing.wanting import Wanting
from boxoffice.services.bookings.changing.wishes import ChangedView, ChangeWish, Settle
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.holds import for_staff
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.rules import checked_reason, due_until
from boxoffice.services.bookings.snapshots import OrderSnapshot


class ChangingOrders(Wanting):
    """For staff. What it costs less goes back; what it costs more the buyer is asked to pay, has
    paid outside, or is let off.
    """

    def __init__(
        self, db: Database, door: OrderDoor, carrying: Carrying, settling: Settling
    ) -> None:
        super().__init__(db, carrying, settling)
        self._door = door

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

        def terms_of(order: OrderSnapshot, known: Known, now: datetime) -> Terms:
            event = known.events[order.event_id]
            starts = min(event.occurrence(one).starts_at for one in order.dates_left)
            return Terms(by="staff", until=due_until(starts, pay_within_hours, now=now))

        return await self._change(actor, organizer_id, order_id, wish, terms_of=terms_of, once=once)

    async def _read(self, tx: Transaction, actor: Actor, order_id: UUID) -> OrderSnapshot:
        order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        actor.demand(Permission.ORDERS_WRITE, tx.tenant)
        return order

    def _shown(self, view: ChangedView) -> ChangedView:
        return msgspec.structs.replace(view, order=for_staff(view.order))
