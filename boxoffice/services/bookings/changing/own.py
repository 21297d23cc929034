"""Buyers change their tickets themselves: other variations, add-ons more or fewer; all at once."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changing.carrying import Carrying
from boxoffice.services.bookings.changing.doors import ChangeDoor
from boxoffice.services.bookings.changing.settling import Settling, Terms
from boxoffice.services.bookings.changing.wanting import Wanting
from boxoffice.services.bookings.changing.wishes import ChangedView, ChangeWish
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.rules import HOLD_FOR, NothingToChange, PositionNotFound
from boxoffice.services.bookings.snapshots import OrderSnapshot


class OwnChanges(Wanting):
    """As far as the event's policy lets them. What it costs more is paid before it happens."""

    def __init__(
        self, db: Database, door: ChangeDoor, carrying: Carrying, settling: Settling
    ) -> None:
        super().__init__(db, carrying, settling)
        self._door = door

    async def change(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        wish: ChangeWish,
        *,
        once: IdempotencyKey | None,
    ) -> ChangedView:
        """`ChangeDiffers` unless it comes to what was expected."""
        return await self._change(
            actor,
            organizer_id,
            order_id,
            wish,
            terms_of=lambda _order, _known, now: Terms(by="buyer", until=now + HOLD_FOR),
            once=once,
        )

    async def _read(self, tx: Transaction, actor: Actor, order_id: UUID) -> OrderSnapshot:
        return await self._door.door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)

    async def _let_in(
        self, tx: Transaction, actor: Actor, order: OrderSnapshot, known: Known, wish: ChangeWish
    ) -> None:
        """Let in for each ticket by its own deadline."""
        if not (wish.tickets or wish.added or wish.removed):
            raise NothingToChange
        parents = {one.id: one.parent_id for one in order.positions}
        for one in wish.tickets:
            await self._door.open(
                tx, actor, order.id, known, "variations", position_id=one.position_id
            )
        bases = {one.parent_id for one in wish.added} | {parents.get(one) for one in wish.removed}
        for base in bases:
            if base is None:
                raise PositionNotFound
            await self._door.open(tx, actor, order.id, known, "add_ons", position_id=base)
