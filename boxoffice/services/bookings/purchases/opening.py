"""Opening a purchase: all of its orders in one transaction, or none.

Quotas of all orders are locked together, sorted by id, by the same statements that open any order.
"""

from collections.abc import Sequence
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.opening import OpenOrder
from boxoffice.services.bookings.purchases import rows
from boxoffice.services.bookings.purchases.parts import (
    Parts,
    check_orders_open,
    check_unpaid,
    locked_orders,
    orders_of,
)
from boxoffice.services.bookings.purchases.views import PurchaseView
from boxoffice.services.bookings.reading import read_orders
from boxoffice.services.bookings.requests import OrderRequest, command_of
from boxoffice.services.bookings.rules import (
    PurchaseStatus,
    check_alone,
    check_held,
    check_size,
    check_together,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables_purchases import Purchase

_RIVALS = ("orders_code",)


class PurchaseOpening:
    """Makes one order's buyer the buyer of several."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def open(
        self,
        actor: Actor,
        organizer_id: UUID,
        asked: Sequence[OrderRequest],
        held: Sequence[UUID],
        *,
        once: IdempotencyKey | None,
    ) -> PurchaseView:
        """New orders, and such that `actor` holds already, all or nothing; nothing is confirmed.

        A refusal says which of the orders, new ones first, by its `order_index`.
        """
        check_size(len(asked) + len(set(held)))
        commands = await self._commands(actor, organizer_id, asked)
        known = await self._known(actor, organizer_id, commands, held)

        async def attempt() -> PurchaseView:
            async with self._parts.db.begin(organizer_id) as tx:
                if replayed := await tx.claim(once, PurchaseView):
                    return replayed
                row = Purchase(
                    organizer_id=organizer_id,
                    id=new_id(),
                    status=PurchaseStatus.HELD.value,
                    buyer_id=actor.user_id or actor.visitor_id,
                )
                tx.session.add(row)
                await self._take_in(tx, actor, row.id, known, commands, sorted(set(held)))
                return await tx.keep(
                    once, await self._parts.views.read(tx, known, row.id), status=201
                )

        return await retried(attempt, rivals=_RIVALS)

    async def add(
        self,
        actor: Actor,
        organizer_id: UUID,
        purchase_id: UUID,
        asked: OrderRequest | UUID,
        *,
        once: IdempotencyKey | None,
    ) -> PurchaseView:
        """One more order: a new one, or one that `actor` holds; the others stay as they are."""
        orders = await orders_of(self._parts, actor, organizer_id, purchase_id)
        buyers = {order.buyer for order in orders}
        fresh, held = ([], [asked]) if isinstance(asked, UUID) else ([asked], [])
        commands = await self._commands(actor, organizer_id, fresh)
        for command in commands:
            command.buyer = command.buyer or (buyers.pop() if len(buyers) == 1 else None)
        known = await self._known(actor, organizer_id, commands, held)
        others = await self._parts.views.known(organizer_id, orders)
        known.events.update(others.events)

        async def attempt() -> PurchaseView:
            async with self._parts.db.begin(organizer_id) as tx:
                row = await self._parts.purchase_door.lock(tx, actor, purchase_id)
                if replayed := await tx.claim(once, PurchaseView):
                    return replayed
                check_held(PurchaseStatus(row.status))
                await self._take_in(tx, actor, row.id, known, commands, held)
                return await tx.keep(once, await self._parts.views.read(tx, known, row.id))

        return await retried(attempt, rivals=_RIVALS)

    async def _take_in(
        self,
        tx: Transaction,
        actor: Actor,
        purchase_id: UUID,
        known: Known,
        commands: Sequence[OpenOrder],
        held: Sequence[UUID],
    ) -> None:
        for command in commands:
            command.order_id = new_id()
        if commands:
            outcomes = await self._parts.opening.settle_in(tx, known, list(commands), hold=True)
            for index, outcome in enumerate(outcomes):
                if isinstance(outcome, Refusal):
                    outcome.facts["order_index"] = index
                    raise outcome
        before = await rows.order_ids(tx, purchase_id)
        others = await locked_orders(tx, sorted({*before, *held}))
        await self._check_joining(tx, actor, [one for one in others if one.id in held])
        check_orders_open(others, now=await tx.now())
        check_unpaid(others)
        fresh = await read_orders(tx, tx.tenant, [one.order_id for one in commands])
        new = [fresh[one.order_id] for one in commands]
        check_together(
            [(one.event_id, one.total.currency, one.needs_approval) for one in (*new, *others)]
        )
        await rows.join(tx, purchase_id, [*fresh, *held])

    async def _check_joining(
        self, tx: Transaction, actor: Actor, joining: Sequence[OrderSnapshot]
    ) -> None:
        for order in joining:
            await self._parts.door.read(tx, actor, order.id)
            check_alone(order.purchase_id, order.status)

    async def _commands(
        self, actor: Actor, organizer_id: UUID, asked: Sequence[OrderRequest]
    ) -> list[OpenOrder]:
        commands: list[OpenOrder] = []
        for index, one in enumerate(asked):
            try:
                commands.append(
                    await command_of(self._parts.events, actor, organizer_id, one, None)
                )
            except Refusal as refusal:
                refusal.facts["order_index"] = index
                raise
        return commands

    async def _known(
        self,
        actor: Actor,
        organizer_id: UUID,
        commands: Sequence[OpenOrder],
        held: Sequence[UUID],
    ) -> Known:
        dates = {(one.event_id, one.occurrence_id) for one in commands}
        dates |= {(one.event_id, date) for one in commands for date in one.more_dates}
        async with self._parts.db.begin(organizer_id) as tx:
            for order_id in held:
                order = await self._parts.door.read(tx, actor, order_id)
                dates |= {(order.event_id, date) for date in order.dates}
        return await self._parts.composer.known(organizer_id, [], dates=dates)
