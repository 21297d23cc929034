"""Paying for a change: ask payments for the difference, then carry the change out, exactly once.

Money that comes when the change cannot be carried out any more goes back, and its buyer is told. If
this process dies in between, the fact `PaymentSucceeded` does the same (`handlers.py`).
"""

from contextlib import suppress
from uuid import UUID

import msgspec
import structlog

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import SYSTEM, Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.bookings.asking_money import PayRequest
from boxoffice.services.bookings.changing import rows
from boxoffice.services.bookings.changing.carrying import Carrying, Done
from boxoffice.services.bookings.changing.settling import looked_at
from boxoffice.services.bookings.changing.wishes import ChangeView, ChangeWish, PaidChangeView
from boxoffice.services.bookings.composing import Known
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.facts import ChangeMoved
from boxoffice.services.bookings.reading import lock_orders, read_order
from boxoffice.services.bookings.rules import (
    CHANGE,
    ChangeDiffers,
    ChangeOver,
    ChangePaidTwice,
    ChangeStatus,
    ChangeTooLateToPay,
    OrderNotConfirmed,
    OrderStatus,
    check_shown,
    shown_change,
    while_paying,
)
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot
from boxoffice.services.bookings.tables_order_changes import OrderChange
from boxoffice.services.bookings.waitlist.entries import retrying
from boxoffice.services.events.api import Stock, give_up, keep_for_line
from boxoffice.services.payments.api import (
    Begun,
    GiftCardUse,
    Payments,
    PaymentStatus,
    PaymentView,
)

log = structlog.get_logger(__name__)
_WAITS = ChangeStatus.AWAITING_PAYMENT


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A change as it was agreed on, with the order as it was read before the locks."""

    order: OrderSnapshot
    wish: ChangeWish
    known: Known


class ChangePayments:
    """For whoever may see the order."""

    def __init__(
        self, db: Database, stock: Stock, door: OrderDoor, carrying: Carrying, payments: Payments
    ) -> None:
        self._cards = payments.gift_cards.spending
        self._db = db
        self._stock = stock
        self._door = door
        self._carrying = carrying
        self._payments = payments

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> list[ChangeView]:
        """The order's changes that cost more, newest first."""
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id)
            now = await tx.now()
            return [rows.view(one, now=now) for one in await rows.of_order(tx, order_id)]

    async def one(self, organizer_id: UUID, order_id: UUID, change_id: UUID) -> ChangeView:
        """For services that act on `ChangeMoved`; asks nobody."""
        async with self._db.begin(organizer_id) as tx:
            row = await rows.find(tx, order_id, change_id)
            return rows.view(row, now=await tx.now())

    async def pay(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        asked: PayRequest,
    ) -> PaidChangeView:
        """Charge the difference. Declined: `CardDeclined`; the change still waits."""
        if await self._hold(actor, organizer_id, order_id, change_id):
            await self._look(organizer_id, order_id, change_id)
        payment = await self._payments.finish(
            await self._begin(actor, organizer_id, order_id, change_id, asked)
        )
        if payment.status == PaymentStatus.SUCCEEDED:
            await self.money_came(organizer_id, order_id, change_id, payment)
        elif payment.status == PaymentStatus.FAILED:
            raise payment.declined()
        return await self._view(actor, organizer_id, order_id, change_id, payment)

    async def payment(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, change_id: UUID, payment_id: UUID
    ) -> PaidChangeView:
        """Where a payment and its change stand; reading changes nothing."""
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id)
        payment = await self._payments.payment(organizer_id, order_id, payment_id)
        return await self._view(actor, organizer_id, order_id, change_id, payment)

    async def withdraw(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, change_id: UUID
    ) -> ChangeView:
        """Let go of what it holds; the order stays as it is. Money under way comes back."""
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, [change_id])
            order, now = await self._door.lock(tx, actor, order_id)
            row = await rows.lock(tx, order.id, change_id)
            if row.status == ChangeStatus.WITHDRAWN.value:
                return rows.view(row, now=now)
            if row.status != _WAITS.value:
                raise ChangeOver(state=row.status)
            rows.move(row, ChangeStatus.WITHDRAWN)
            row.settled_at = now
            await self._stock.release(tx, [change_id])
            tx.audit(
                "order.change_withdrawn",
                actor=actor,
                subject=f"order:{order.id}",
                changes={"change": str(change_id)},
            )
            return rows.view(row, now=now)

    async def succeeded(
        self, organizer_id: UUID, order_id: UUID, change_id: UUID, payment_id: UUID
    ) -> None:
        """The fact, perhaps late and perhaps again: only money that is still ours carries out."""
        payment = await self._payments.payment(organizer_id, order_id, payment_id)
        if payment.status == PaymentStatus.SUCCEEDED:
            with suppress(ChangeTooLateToPay, ChangePaidTwice):
                await self.money_came(organizer_id, order_id, change_id, payment)

    async def money_came(
        self, organizer_id: UUID, order_id: UUID, change_id: UUID, payment: PaymentView
    ) -> None:
        """Carry the change out, or give the money back: `ChangeTooLateToPay`, `ChangePaidTwice`."""
        try:
            promised = await self._carry_out(organizer_id, order_id, change_id, payment)
            await self._carrying.money.send(organizer_id, promised)
        except ChangePaidTwice as refusal:
            await self._give_back(organizer_id, order_id, payment, refusal)
            raise
        except Refusal as refusal:
            late = await self._refuse(organizer_id, order_id, change_id, payment, refusal)
            if late is not None:
                await self._give_back(organizer_id, order_id, payment, late)
                raise late from refusal

    async def _hold(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, change_id: UUID
    ) -> bool:
        """Check that it can be paid, and hold what it takes for the time that paying takes; whether
        it waits, or was paid before.
        """
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing_to_keep(tx, [change_id])
            order, now = await self._door.lock(tx, actor, order_id)
            row = await rows.lock(tx, order.id, change_id)
            status = shown_change(ChangeStatus(row.status), expires_at=row.expires_at, now=now)
            # Payments answers a repeated key with its first outcome, and refuses any other.
            if status is ChangeStatus.DONE and await self._payments.is_live(
                tx, order.id, purpose=row.id
            ):
                return False
            if status is not _WAITS:
                raise ChangeOver(state=status.value)
            if order.status is not OrderStatus.CONFIRMED:
                raise OrderNotConfirmed
            row.expires_at = while_paying(row.expires_at, created_at=row.created_at, now=now)
            await self._stock.set_expiry(tx, {change_id: row.expires_at}, paying=True)
            return True

    async def _begin(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        asked: PayRequest,
    ) -> Begun:
        """Write the payment down, if the change still waits and costs what was shown."""
        async with self._db.begin(organizer_id) as tx:
            order, now = await self._door.lock(tx, actor, order_id)
            row = await rows.lock(tx, order.id, change_id)
            begun = await self._payments.begin(
                tx,
                reference=order_id,
                purpose=change_id,
                amount=rows.rest_of(row),
                source=asked.source,
                once=asked.once,
            )
            if begun.is_asked_for:
                view = rows.view(row, now=now)
                if view.status is not _WAITS:
                    raise ChangeOver(state=view.status.value)
                check_shown(asked.shown, total=view.due, due=view.still_due)
            return begun

    async def _look(self, organizer_id: UUID, order_id: UUID, change_id: UUID) -> None:
        """Refuse what could not be carried out, before any money is asked for."""
        asked = await self._ask(organizer_id, order_id, change_id)

        async def attempt(tx: Transaction) -> None:
            order = await self._carrying.lock(tx, asked.order, asked.wish, waiting=[change_id])
            row = await rows.lock(tx, order_id, change_id)
            await self._apply(tx, order, row, asked)

        await looked_at(self._db, organizer_id, attempt)

    async def paid_by_cards(self, organizer_id: UUID, order_id: UUID, change_id: UUID) -> None:
        """Carry out what gift cards pay wholly; again changes nothing. If it cannot be, it waits on
        and the cards keep their money.
        """
        promised = await self._carry_out(organizer_id, order_id, change_id, None)
        await self._carrying.money.send(organizer_id, promised)

    async def _carry_out(
        self, organizer_id: UUID, order_id: UUID, change_id: UUID, payment: PaymentView | None
    ) -> list[UUID]:
        asked = await self._ask(organizer_id, order_id, change_id)

        async def attempt() -> list[UUID]:
            async with self._db.begin(organizer_id) as tx:
                order = await self._carrying.lock(tx, asked.order, asked.wish, waiting=[change_id])
                row = await rows.lock(tx, order_id, change_id)
                if _is_done(row, payment):
                    return []
                CHANGE.move(ChangeStatus(row.status), ChangeStatus.DONE)
                done, freed, by_cards = await self._apply(tx, order, row, asked)
                if (payment.amount.amount if payment else 0) != rows.rest_of(row).amount:
                    raise ChangeDiffers(new_total=done.change.new_total.amount)
                if payment is not None:
                    await self._payments.take_in(tx, payment.id)
                promised = await self._carrying.write(tx, SYSTEM, done)
                await keep_for_line(tx, freed)
                rows.move(row, ChangeStatus.DONE)
                row.payment_id = payment.id if payment is not None else by_cards[-1].payment_id
                row.settled = "paid"
                row.settled_at = await tx.now()
                return promised

        return await retrying(attempt)

    async def _ask(self, organizer_id: UUID, order_id: UUID, change_id: UUID) -> _Asked:
        """What was agreed, and what other services know; before anything is locked."""
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, order_id)
            wish = rows.wish_of(await rows.find(tx, order_id, change_id))
        known = await self._carrying.known(organizer_id, order, wish)
        return _Asked(order=order, wish=wish, known=known)

    async def _apply(
        self, tx: Transaction, order: OrderSnapshot, row: OrderChange, asked: _Asked
    ) -> tuple[Done, set[UUID], tuple[GiftCardUse, ...]]:
        """The change made anew out of what it holds, and what gift cards pay of it paid;
        `ChangeDiffers` if it costs something else.
        """
        freed = await give_up(tx, row.id)
        done = await self._carrying.apply(tx, order, asked.known, asked.wish)
        if done.change.more.amount != row.due_amount:
            raise ChangeDiffers(new_total=done.change.new_total.amount)
        by_cards = await self._cards.spend(tx, order.id, row.currency, rows.tender_of(row))
        if by_cards:
            charges = order.charges or OrderCharges()
            order.charges = msgspec.structs.replace(
                charges, gift_cards=(*charges.gift_cards, *by_cards)
            )
        return done, freed, by_cards

    async def _refuse(
        self,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        payment: PaymentView,
        why: Refusal,
    ) -> Refusal | None:
        """Note that it cannot be; None if this payment has carried it out meanwhile."""
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, [change_id])
            await lock_orders(tx, organizer_id, [order_id])
            row = await rows.lock(tx, order_id, change_id)
            try:
                if _is_done(row, payment):
                    return None
            except ChangePaidTwice as twice:
                return twice
            if row.status != ChangeStatus.REFUSED.value:
                rows.move(row, ChangeStatus.REFUSED)
                row.settled_at = await tx.now()
                await self._stock.release(tx, [change_id])
                self._tell(tx, order_id, change_id, payment, why)
        return ChangeTooLateToPay()

    def _tell(
        self, tx: Transaction, order_id: UUID, change_id: UUID, payment: PaymentView, why: Refusal
    ) -> None:
        tx.tell(
            ChangeMoved(
                organizer_id=tx.tenant,
                order_id=order_id,
                change_id=change_id,
                status=ChangeStatus.REFUSED,
            )
        )
        tx.audit(
            "order.change_refused",
            actor=SYSTEM,
            subject=f"order:{order_id}",
            changes={"change": str(change_id), "payment": str(payment.id), "why": why.code},
        )

    async def _give_back(
        self, organizer_id: UUID, order_id: UUID, payment: PaymentView, why: Refusal
    ) -> None:
        await self._payments.refund(
            organizer_id,
            reference=order_id,
            amount=payment.amount,
            key=f"{why.code}:{payment.id}",
            payment_id=payment.id,
        )

    async def _view(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        change_id: UUID,
        payment: PaymentView,
    ) -> PaidChangeView:
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
            row = await rows.find(tx, order_id, change_id)
            change, now = rows.view(row, now=await tx.now()), await tx.now()
        view = await self._carrying.composer.one(organizer_id, order, now=now)
        return PaidChangeView(order=view, change=change, payment=payment)


def _is_done(row: OrderChange, payment: PaymentView | None) -> bool:
    """Whether this payment has carried it out; `ChangePaidTwice` if another has."""
    if row.status != ChangeStatus.DONE.value:
        return False
    if payment is not None and row.payment_id != payment.id:
        raise ChangePaidTwice
    return True
