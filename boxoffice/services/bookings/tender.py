"""Gift cards that pay for an order, and cards that hold its money: what its pages say about them,
and what its end means for them.

A gift card is tender, not a discount: prices, taxes and the total know nothing of it. An order
remembers its cards with its charges; orders without any cost nothing more.
"""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import msgspec
from msgspec import structs
from sqlalchemy import update

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.doors import OrderDoor, check_still_open
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.rules import ApprovalNeeded, OrderPaymentStatus, takes_card
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot
from boxoffice.services.bookings.tables import Order
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.payments.api import (
    Authorisations,
    GiftCardUse,
    Paying,
    PaymentUnderWay,
    SpendingGiftCards,
)

_FORGET = """
UPDATE bookings.orders SET charges = jsonb_set(charges, '{gift_cards}', '[]')
WHERE organizer_id = $1 AND id = ANY($2::uuid[])
"""

_CHARGED = """
UPDATE bookings.orders SET charges = jsonb_set(charges, '{hold,charging}', 'false')
WHERE organizer_id = $1 AND id = ANY($2::uuid[])
"""


class Tender:
    """Cards on orders whose rows the caller has locked. Gift cards are locked last of all."""

    def __init__(self, spending: SpendingGiftCards, authorisations: Authorisations) -> None:
        self._spending = spending
        self._authorisations = authorisations

    async def takes_card(self, tx: Transaction, order: OrderSnapshot) -> bool:
        """Whether the order's buyer gives a card with the application, if anything is due."""
        can_hold = self._authorisations.longest is not None
        terms = (await policy_of(tx, order.event_id)).approval
        return takes_card(terms, can_hold=can_hold, due=order.total)

    async def add(self, tx: Transaction, order: OrderSnapshot, code: str, *, tests: bool) -> None:
        """Another card pays what it can. See `SpendingGiftCards.add` for the refusals."""
        paying = structs.replace(paying_of(order), tests=tests)
        _set(order, await self._spending.add(tx, paying, code))

    async def remove(self, tx: Transaction, order: OrderSnapshot, card_id: UUID) -> None:
        """That card pays nothing any more."""
        _set(order, await self._spending.remove(tx, paying_of(order), card_id))

    async def fit(
        self, tx: Transaction, order: OrderSnapshot, uses: tuple[GiftCardUse, ...]
    ) -> None:
        """The order costs something else and had these cards: they pay what it costs now."""
        if uses or order.gift_cards:
            _set(order, uses)
        if uses:
            _set(order, await self._spending.fit(tx, paying_of(order)))

    async def settle(self, tx: Transaction, orders: Sequence[OrderSnapshot]) -> None:
        """These orders are being confirmed: what their gift cards pay is paid, and what other cards
        held for them is taken.
        """
        if paid := [order.id for order in orders if order.gift_cards]:
            await self._spending.settle(tx, paid)
        if charged := [order for order in orders if order.hold and order.hold.charging]:
            _charged(tx, charged)

    async def let_go_of_unpaid(self, tx: Transaction, order: OrderSnapshot) -> None:
        """The order is cancelled as a whole. What a confirmed one's cards paid is refunded."""
        if order.confirmed_at is None:
            await self.let_go(tx, [order])

    async def let_go(self, tx: Transaction, orders: Sequence[OrderSnapshot]) -> None:
        """These orders come to nothing: their gift cards have their money back, and cards that were
        given with applications hold none.
        """
        if held := [order.id for order in orders if order.hold]:
            await self._authorisations.let_go(tx, held)
        had = [order for order in orders if order.gift_cards]
        if had:
            await self._let_go_of_gift_cards(tx, [order.id for order in had])
        for order in had:
            _set(order, ())

    async def let_go_of(self, tx: Transaction, order_ids: Sequence[UUID]) -> None:
        """The same for orders that are known by their ids alone."""
        await self._authorisations.let_go(tx, order_ids)
        await self._let_go_of_gift_cards(tx, order_ids)

    async def _let_go_of_gift_cards(self, tx: Transaction, order_ids: Sequence[UUID]) -> None:
        if had := await self._spending.let_go(tx, order_ids):
            await tx.connection.exec_driver_sql(_FORGET, (tx.tenant, sorted(had)))


class PayingByCard:
    """What a buyer does with gift cards before the order is confirmed."""

    def __init__(self, db: Database, door: OrderDoor, composer: Composer, tender: Tender) -> None:
        self._db = db
        self._door = door
        self._composer = composer
        self._tender = tender

    async def add(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        code: str,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """The card with this code pays as much as it can of what is due."""
        tests = actor.may(Permission.ORDERS_WRITE, organizer_id)

        async def change(tx: Transaction, order: OrderSnapshot) -> None:
            await self._tender.add(tx, order, code, tests=tests)

        return await self._change(actor, organizer_id, order_id, change, once)

    async def remove(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        card_id: UUID,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """The card has its money back, and other cards of the order pay more if they can."""

        async def change(tx: Transaction, order: OrderSnapshot) -> None:
            await self._tender.remove(tx, order, card_id)

        return await self._change(actor, organizer_id, order_id, change, once)

    async def _change(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change: "Change",
        once: IdempotencyKey | None,
    ) -> OrderView:
        async with self._db.begin(organizer_id) as tx:
            event_id = (await self._door.read(tx, actor, order_id)).event_id
        # Before anything is locked: this may need a connection of its own.
        known = await self._composer.known(organizer_id, [event_id])
        async with self._db.begin(organizer_id) as tx:
            order, now = await self._door.lock(tx, actor, order_id)
            if replayed := await tx.claim(once, OrderView):
                return replayed
            check_still_open(order, now=now)
            if order.must_apply and not await self._tender.takes_card(tx, order):
                raise ApprovalNeeded
            if order.payment_status is OrderPaymentStatus.PENDING:
                raise PaymentUnderWay
            await change(tx, order)
            await _write(tx, order)
            return await tx.keep(once, self._composer.view(known, order, now=now))


Change = Callable[[Transaction, OrderSnapshot], Awaitable[None]]


def paying_of(order: OrderSnapshot) -> Paying:
    """The order as its gift cards see it."""
    return Paying(reference=order.id, total=order.total, uses=order.gift_cards)


def _set(order: OrderSnapshot, uses: tuple[GiftCardUse, ...]) -> None:
    order.charges = structs.replace(order.charges or OrderCharges(), gift_cards=uses)


def _charged(tx: Transaction, orders: Sequence[OrderSnapshot]) -> None:
    for order in orders:
        if order.hold is not None:
            order.set_hold(structs.replace(order.hold, charging=False))
    tx.write(_CHARGED, tx.tenant, [order.id for order in orders])


async def _write(tx: Transaction, order: OrderSnapshot) -> None:
    await tx.session.execute(
        update(Order)
        .where(Order.organizer_id == tx.organizer_id, Order.id == order.id)
        .values(charges=msgspec.to_builtins(order.charges))
        .execution_options(synchronize_session=False)
    )
