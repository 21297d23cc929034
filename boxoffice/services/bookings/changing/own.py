"""Buyers change their tickets themselves: other variations, add-ons more or fewer; all at once."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changing import rows
from boxoffice.services.bookings.changing.carrying import Carrying, Done
from boxoffice.services.bookings.changing.doors import ChangeDoor
from boxoffice.services.bookings.changing.settling import Settling, Terms, looked_at
from boxoffice.services.bookings.changing.wishes import (
    ChangedView,
    ChangePreviewView,
    ChangeWish,
)
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.rules import HOLD_FOR, NothingToChange, PositionNotFound
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.waitlist.entries import retrying


class OwnChanges:
    """As far as the event's policy lets them. What it costs more is paid before it happens."""

    def __init__(
        self, db: Database, door: ChangeDoor, carrying: Carrying, settling: Settling
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
            return (await self._apply(tx, actor, order, known, wish)).change

        return await looked_at(self._db, organizer_id, attempt)

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
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt() -> tuple[ChangedView, list[UUID]]:
            async with self._db.begin(organizer_id) as tx:
                order = await self._lock(tx, actor, order_id, wish)
                if replayed := await tx.claim(once, ChangedView):
                    return replayed, []
                await rows.check_none_waits(tx, self._carrying.stock, order_id)
                done = await self._apply(tx, actor, order, known, wish)
                terms = Terms(by="buyer", until=await tx.now() + HOLD_FOR)
                view, promised = await self._settling.settle(tx, actor, done, known, terms)
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
        return await self._door.door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)

    async def _apply(
        self, tx: Transaction, actor: Actor, order: OrderSnapshot, known: Known, wish: ChangeWish
    ) -> Done:
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
        return await self._carrying.apply(tx, order, known, wish)
