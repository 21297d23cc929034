"""Other vouchers on an order that is held."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import structs

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.pricing import held_order, repriced
from boxoffice.services.bookings.rules import HoldExpired, IllegalMove, OrderStatus
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.bookings.writing import update_prices
from boxoffice.services.events.api import Standing, Stock


class Vouchers:
    """Sets the vouchers of held orders; list prices and rules stay as the order was opened."""

    def __init__(
        self, db: Database, stock: Stock, door: OrderDoor, composer: Composer, tender: Tender
    ) -> None:
        self._db = db
        self._tender = tender
        self._stock = stock
        self._door = door
        self._composer = composer

    async def set(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        codes: Sequence[str],
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """All vouchers of the order from now on; those it had and does not name are free again."""
        async with self._db.begin(organizer_id) as tx:
            event_id = (await self._door.read(tx, actor, order_id)).event_id
        # This may need a connection of its own: whoever waited for one under a lock that all others
        # wait for would wait in a circle.
        known = await self._composer.known(organizer_id, [event_id])
        async with self._db.begin(organizer_id) as tx:
            named = [(event_id, code) for code in codes]
            standing = await self._stock.standing(tx, [order_id], codes=named)
            # Whoever changes an order's price holds the lock of its quotas, as we do now.
            order = await self._door.read(tx, actor, order_id)
            if replayed := await tx.claim(once, OrderView):
                return replayed
            if standing[order_id] is not Standing.LIVE:
                raise HoldExpired
            await self._exchange(tx, order, codes)
            locked, now = await self._door.lock_open(tx, actor, order_id)
            if locked.status is not OrderStatus.HELD:
                raise IllegalMove(status=locked.status.value)
            # It may have joined others while it was waited for.
            order.charges = structs.replace(
                order.charges or OrderCharges(), purchase_id=locked.purchase_id
            )
            await self._tender.fit(tx, order, locked.gift_cards)
            await update_prices(tx, order)
            return await tx.keep(once, self._composer.view(known, order, now=now))

    async def _exchange(self, tx: Transaction, order: OrderSnapshot, codes: Sequence[str]) -> None:
        charges = order.charges or OrderCharges()
        priced, uses = await self._stock.exchange_vouchers(
            tx, held_order(order), codes=codes, now=await tx.now()
        )
        order.positions = repriced(order.positions, priced)
        order.total = Money(amount=priced.total, currency=order.total.currency)
        order.charges = structs.replace(
            charges, fees=priced.fees, uses=uses, inexact=priced.inexact
        )
