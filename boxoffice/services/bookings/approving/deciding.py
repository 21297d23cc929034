"""The organizer decides: the claims go on until the order is paid, for good if it is free, or back;
what a card holds for it is taken, or let go.

Claims (and, where they may go back, their quotas) are locked first, then the order; so of an
approval, a denial, a withdrawal and the end of time one wins, and capacity comes back once.
"""

from datetime import datetime
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.approving import rows
from boxoffice.services.bookings.approving.applying import columns_of_hold, last_end, view_of
from boxoffice.services.bookings.approving.cards import Cards
from boxoffice.services.bookings.approving.parts import Parts
from boxoffice.services.bookings.composing import Known, dates_of
from boxoffice.services.bookings.confirming import write_confirmed
from boxoffice.services.bookings.facts import ApplicationMoved, OrderConfirmed
from boxoffice.services.bookings.holds import for_staff
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.rules import (
    ORDER,
    PAYMENT,
    ApplicationOver,
    ApplicationState,
    ApplicationStep,
    OrderPaymentStatus,
    OrderStatus,
    check_waiting,
    pay_until,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.tables_approving import Application
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.bookings.writing import insert_tickets
from boxoffice.services.events.api import Standing

# What the audit log says of the card that was given with the application.
_CARD = {
    ApplicationStep.APPROVED: "not needed",
    ApplicationStep.CHARGED: "capture asked for",
    ApplicationStep.UNCHARGED: "no longer held the money",
    ApplicationStep.DENIED: "released",
}


class Deciding:
    """What the organizer's team does with an application."""

    def __init__(self, parts: Parts, cards: Cards) -> None:
        self._db = parts.db
        self._stock = parts.stock
        self._door = parts.door
        self._holds = parts.holds
        self._composer = parts.composer
        self._tender = parts.tender
        self._cards = cards

    async def approve(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        answer: str,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """An order that nothing is due of is confirmed, and any other once what its card holds is
        taken; without that it waits for its payment, as the policy says.
        """
        answer = checked_message(answer, pointer="/message")
        known = await self._known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            if not (view := await tx.claim(once, OrderView)):
                row = await self._waiting(tx, order, now=now)
                if standing[order_id] is not Standing.LIVE:
                    raise ApplicationOver(state=ApplicationState.LAPSED.value)
                await self._approve(tx, actor, order, row, known, answer, now=now)
                view = for_staff(self._composer.view(known, order, now=now))
                await tx.keep(once, view)
        return await self._finished(actor, organizer_id, order, view)

    async def _approve(  # noqa: PLR0913  # what is decided on
        self,
        tx: Transaction,
        actor: Actor,
        order: OrderSnapshot,
        row: Application,
        known: Known,
        answer: str,
        *,
        now: datetime,
    ) -> None:
        step = ApplicationStep.APPROVED
        if order.due.is_zero:
            await self._confirm(tx, order, row, now=now)
        else:
            step = await self._cards.charge(tx, order)
            await self._await_payment(tx, order, row, known, now=now)
        _decide(tx, actor, order, row, step, answer=answer, now=now)

    async def _finished(
        self, actor: Actor, organizer_id: UUID, order: OrderSnapshot, view: OrderView
    ) -> OrderView:
        """What was decided about its card is asked for at once, also by whoever asks again."""
        if order.hold is None:
            return view
        return await self._cards.carry_out(actor, organizer_id, order.id)

    async def deny(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        answer: str,
        *,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """What was kept for the order can be bought by others from this moment on."""
        answer = checked_message(answer, pointer="/message")
        known = await self._known(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            await self._stock.standing(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            if not (view := await tx.claim(once, OrderView)):
                row = await self._waiting(tx, order, now=now)
                _decide(tx, actor, order, row, ApplicationStep.DENIED, answer=answer, now=now)
                row.closed_at = now
                order.status = ORDER.move(order.status, OrderStatus.REJECTED)
                await self._stock.release(tx, [order_id])
                await self._tender.let_go(tx, [order])
                await self._holds.set_status(tx, order)
                view = for_staff(self._composer.view(known, order, now=now))
                await tx.keep(once, view)
        return await self._finished(actor, organizer_id, order, view)

    async def _known(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> Known:
        """What other services know, asked for before anything is locked."""
        async with self._db.begin(organizer_id) as tx:
            staff = Permission.ORDERS_WRITE
            dates = dates_of(await self._door.read(tx, actor, order_id, staff=staff))
        return await self._composer.known(organizer_id, [], dates=dates)

    async def _waiting(
        self, tx: Transaction, order: OrderSnapshot, *, now: datetime
    ) -> Application:
        row = await rows.find(tx, order.id)
        check_waiting(view_of(order, row, now=now).state)
        return row

    async def _confirm(
        self, tx: Transaction, order: OrderSnapshot, row: Application, *, now: datetime
    ) -> None:
        order.status = ORDER.move(order.status, OrderStatus.CONFIRMED)
        order.hold_expires_at, order.confirmed_at, row.closed_at = None, now, now
        if order.gift_cards:
            order.payment_status = PAYMENT.move(order.payment_status, OrderPaymentStatus.PAID)
            await self._tender.settle(tx, [order])
        order.tickets = [TicketSnapshot.first(one) for one in order.positions if one.admits]
        await self._stock.set_expiry(tx, {order.id: None})
        await write_confirmed(tx, tx.tenant, [order], now=now)
        insert_tickets(tx, tx.tenant, [(order, order.tickets)])
        tx.tell(OrderConfirmed(organizer_id=tx.tenant, order_id=order.id))

    async def _await_payment(
        self,
        tx: Transaction,
        order: OrderSnapshot,
        row: Application,
        known: Known,
        *,
        now: datetime,
    ) -> None:
        terms = (await policy_of(tx, order.event_id)).approval
        ends_at = last_end(known.events[order.event_id], order)
        row.due_at = pay_until(terms, ends_at=ends_at, now=now, charged_until=order.charged_until)
        order.status = ORDER.move(order.status, OrderStatus.AWAITING_PAYMENT)
        columns = columns_of_hold(order) if order.hold else {}
        await self._holds.hold_until(
            tx, order, row.due_at, paying=True, status=order.status.value, **columns
        )


def _decide(  # noqa: PLR0913  # what is decided, by whom
    tx: Transaction,
    actor: Actor,
    order: OrderSnapshot,
    row: Application,
    step: ApplicationStep,
    *,
    answer: str,
    now: datetime,
) -> None:
    approved = step is not ApplicationStep.DENIED
    row.approved, row.answer, row.decided_at = approved, answer, now
    tx.tell(ApplicationMoved(organizer_id=tx.tenant, order_id=row.id, step=step))
    tx.audit(
        "order.approved" if approved else "order.denied",
        actor=actor,
        subject=f"order:{row.id}",
        changes={"answer": answer} | ({"card": _CARD[step]} if order.hold else {}),
    )
