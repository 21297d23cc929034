"""Gift cards that pay what a change costs more, or a part of it.

They keep their money until the change is made: then they pay in that transaction, or it is not
made. So nothing has to be given back if it never is.
"""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changing import rows
from boxoffice.services.bookings.changing.paying import ChangePayments
from boxoffice.services.bookings.changing.wishes import ChangeView
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.rules import (
    ChangeOver,
    ChangeStatus,
    PaymentNeeded,
    shown_change,
)
from boxoffice.services.bookings.tables_order_changes import OrderChange
from boxoffice.services.payments.api import (
    CardPart,
    GiftCardNotUsedHere,
    Payments,
    PaymentUnderWay,
)

Choose = Callable[[Transaction, OrderChange], Awaitable[tuple[CardPart, ...]]]


class ChangeCards:
    """For whoever may see the order."""

    def __init__(
        self, db: Database, door: OrderDoor, payments: Payments, changes: ChangePayments
    ) -> None:
        self._db = db
        self._door = door
        self._payments = payments
        self._changes = changes

    async def add(  # who pays what with which card
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        code: str,
        *,
        once: IdempotencyKey | None,
    ) -> ChangeView:
        """The card with this code is to pay what it can; once all is paid, the change is made."""
        tests = actor.may(Permission.ORDERS_WRITE, organizer_id)

        async def choose(tx: Transaction, row: OrderChange) -> tuple[CardPart, ...]:
            parts, rest = rows.tender_of(row), rows.rest_of(row)
            if parts and rest.is_zero:
                return parts  # only making it has failed
            cards = self._payments.gift_cards.spending
            return *parts, await cards.look(tx, rest, parts, code, tests=tests)

        view = await self._set(actor, organizer_id, order_id, change_id, choose, once)
        if view.still_due.is_zero:
            await self._changes.paid_by_cards(organizer_id, order_id, change_id)
        return await self._changes.one(organizer_id, order_id, change_id)

    async def confirm(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        *,
        once: IdempotencyKey | None,
    ) -> ChangeView:
        """Make what they pay wholly and what could not be made at once; `PaymentNeeded`."""

        async def all_paid(_: Transaction, row: OrderChange) -> tuple[CardPart, ...]:
            if not rows.rest_of(row).is_zero:
                raise PaymentNeeded
            return rows.tender_of(row)

        await self._set(actor, organizer_id, order_id, change_id, all_paid, once)
        await self._changes.paid_by_cards(organizer_id, order_id, change_id)
        return await self._changes.one(organizer_id, order_id, change_id)

    async def remove(  # who pays what without which card
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        card_id: UUID,
        *,
        once: IdempotencyKey | None,
    ) -> ChangeView:
        """That card pays nothing of it after all."""

        async def choose(_: Transaction, row: OrderChange) -> tuple[CardPart, ...]:
            parts = rows.tender_of(row)
            left = tuple(part for part in parts if part.gift_card_id != card_id)
            if left == parts:
                raise GiftCardNotUsedHere
            return left

        return await self._set(actor, organizer_id, order_id, change_id, choose, once)

    async def _set(  # whose tender becomes what
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        choose: Choose,
        once: IdempotencyKey | None,
    ) -> ChangeView:
        async with self._db.begin(organizer_id) as tx:
            order, now = await self._door.lock(tx, actor, order_id)
            if replayed := await tx.claim(once, ChangeView):
                return replayed
            row = await rows.lock(tx, order.id, change_id)
            state = shown_change(ChangeStatus(row.status), expires_at=row.expires_at, now=now)
            if state is not ChangeStatus.AWAITING_PAYMENT:
                raise ChangeOver(state=state.value)
            if await self._payments.is_live(tx, order.id, purpose=row.id):
                raise PaymentUnderWay
            row.tender = msgspec.to_builtins(await choose(tx, row))
            await tx.session.flush()
            return await tx.keep(once, rows.view(row, now=now))
