"""What buyers and staff who change an order have in common: to look, or to do it, once."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.changing import rows
from boxoffice.services.bookings.changing.carrying import Carrying
from boxoffice.services.bookings.changing.settling import Settling, Terms, looked_at
from boxoffice.services.bookings.changing.wishes import (
    ChangedView,
    ChangePreviewView,
    ChangeWish,
)
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.waitlist.entries import retrying

# The terms of an order that has been changed in memory, by what is known and the time.
TermsOf = Callable[[OrderSnapshot, Known, datetime], Terms]


class Wanting(ABC):
    """Whoever it is for says who may read the order, and what of it, and how it is shown."""

    def __init__(self, db: Database, carrying: Carrying, settling: Settling) -> None:
        self._db = db
        self._carrying = carrying
        self._settling = settling

    @abstractmethod
    async def _read(self, tx: Transaction, actor: Actor, order_id: UUID) -> OrderSnapshot: ...

    async def _let_in(  # noqa: B027  # staff may wish anything
        self, tx: Transaction, actor: Actor, order: OrderSnapshot, known: Known, wish: ChangeWish
    ) -> None:
        """Refuse what this actor may not wish of the locked order."""

    def _shown(self, view: ChangedView) -> ChangedView:
        return view

    async def preview(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, wish: ChangeWish
    ) -> ChangePreviewView:
        """What it would come to, refused as doing it would be; nothing is changed."""
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt(tx: Transaction) -> ChangePreviewView:
            order = await self._lock(tx, actor, order_id, wish)
            await self._let_in(tx, actor, order, known, wish)
            return (await self._carrying.apply(tx, order, known, wish)).change

        return await looked_at(self._db, organizer_id, attempt)

    async def _change(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        wish: ChangeWish,
        *,
        terms_of: TermsOf,
        once: IdempotencyKey | None,
    ) -> ChangedView:
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt() -> tuple[ChangedView, list[UUID]]:
            async with self._db.begin(organizer_id) as tx:
                order = await self._lock(tx, actor, order_id, wish)
                if replayed := await tx.claim(once, ChangedView):
                    return replayed, []
                await rows.check_none_waits(tx, self._carrying.stock, order_id)
                await self._let_in(tx, actor, order, known, wish)
                done = await self._carrying.apply(tx, order, known, wish)
                terms = terms_of(order, known, await tx.now())
                view, promised = await self._settling.settle(tx, actor, done, known, terms)
                return await tx.keep(once, self._shown(view)), promised

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
