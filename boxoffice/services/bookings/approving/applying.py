"""Applying for tickets: the hold becomes an application, and lasts until it is decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.approving import rows
from boxoffice.services.bookings.approving.parts import Parts
from boxoffice.services.bookings.approving.views import ApplicationView
from boxoffice.services.bookings.composing import card_hold_of, dates_of
from boxoffice.services.bookings.facts import ApplicationMoved
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.reading import read_order
from boxoffice.services.bookings.rules import (
    ORDER,
    ApplicationStep,
    BuyerMissing,
    CardNeeded,
    HoldExpired,
    NoApprovalNeeded,
    OrderStatus,
    Shown,
    application_state,
    check_open,
    check_shown,
    decide_until,
    shown_status,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables_approving import Application
from boxoffice.services.bookings.views import OrderView
from boxoffice.services.events.api import EventSummary, Standing


class Applying:
    """What a buyer does with an order that needs approval."""

    def __init__(self, parts: Parts, answering: Answering) -> None:
        self._db = parts.db
        self._stock = parts.stock
        self._door = parts.door
        self._holds = parts.holds
        self._composer = parts.composer
        self._tender = parts.tender
        self._answering = answering

    async def apply(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        message: str,
        *,
        shown: Shown,
        once: IdempotencyKey | None,
    ) -> OrderView:
        """Ask for the tickets of a held order. They stay claimed until it is decided, at the
        longest as the event's policy says. `CardNeeded` where that wants a card, see `Cards`.
        """
        message = checked_message(message, pointer="/message")
        async with self._db.begin(organizer_id) as tx:
            dates = dates_of(await self._door.read(tx, actor, order_id))
        known = await self._composer.known(organizer_id, [], dates=dates)
        async with self._db.begin(organizer_id) as tx:
            standing = await self._stock.standing_to_keep(tx, [order_id])
            order, now = await self._door.lock(tx, actor, order_id)
            if replayed := await tx.claim(once, OrderView):
                return replayed
            await self.check(tx, order, standing[order_id], now=now)
            if not order.due.is_zero and await self._tender.takes_card(tx, order):
                raise CardNeeded
            check_shown(shown, total=order.total, due=order.due)
            await self.write(tx, order, known.events[order.event_id], message, now=now)
            return await tx.keep(once, self._composer.view(known, order, now=now))

    async def repeated(self, organizer_id: UUID, once: IdempotencyKey | None) -> OrderView | None:
        """What the request with this key was answered, if it applied before. Ask the door first."""
        async with self._db.begin(organizer_id) as tx:
            return await tx.replay(once, OrderView)

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> ApplicationView:
        """Where the order's application stands; `ApplicationNotFound` without one."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            return view_of(order, await rows.find(tx, order_id), now=await tx.now())

    async def one(self, organizer_id: UUID, order_id: UUID) -> ApplicationView:
        """The application, for services that act on its fact; asks nobody."""
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, order_id)
            return view_of(order, await rows.find(tx, order_id), now=await tx.now())

    async def check(
        self, tx: Transaction, order: OrderSnapshot, standing: Standing, *, now: datetime
    ) -> None:
        """Refuse, if the locked order cannot be applied with now."""
        check_open(order.status, hold_expires_at=order.hold_expires_at, now=now)
        if not order.must_apply:
            raise NoApprovalNeeded
        if order.buyer is None:
            raise BuyerMissing
        await self._holds.check_persons(tx, order)
        await self._answering.check_order(tx, order)
        if standing is not Standing.LIVE:
            raise HoldExpired

    async def write(
        self,
        tx: Transaction,
        order: OrderSnapshot,
        event: EventSummary,
        message: str,
        *,
        now: datetime,
    ) -> None:
        """The locked order is applied with, and waits for the organizer."""
        terms, held_until = (await policy_of(tx, order.event_id)).approval, None
        columns: dict[str, Any] = {}
        if order.hold is not None:
            held_until, columns = order.hold.until, columns_of_hold(order)
        until = decide_until(terms, ends_at=last_end(event, order), now=now, held_until=held_until)
        order.status = ORDER.move(order.status, OrderStatus.AWAITING_APPROVAL)
        await self._holds.hold_until(
            tx, order, until, paying=True, status=order.status.value, **columns
        )
        tx.session.add(
            Application(
                organizer_id=tx.tenant,
                id=order.id,
                event_id=order.event_id,
                message=message,
                sent_at=now,
                due_at=until,
            )
        )
        tx.tell(
            ApplicationMoved(
                organizer_id=tx.tenant, order_id=order.id, step=ApplicationStep.SENT
            )
        )  # fmt: skip


def columns_of_hold(order: OrderSnapshot) -> dict[str, Any]:
    """What an order remembers of the card that was given with its application."""
    return {
        "charges": msgspec.to_builtins(order.charges),
        "payment_status": order.payment_status.value,
    }


def last_end(event: EventSummary, order: OrderSnapshot) -> datetime:
    """When the last of the order's dates is over."""
    return max(event.occurrence(date).ends_at for date in order.dates)


def view_of(order: OrderSnapshot, row: Application, *, now: datetime) -> ApplicationView:
    """The application for who applied."""
    shown = shown_status(order.status, hold_expires_at=order.hold_expires_at, now=now)
    return ApplicationView(
        order_id=order.id,
        state=application_state(shown, approved=row.approved),
        message=row.message,
        sent_at=row.sent_at,
        due_at=row.due_at,
        answer=row.answer,
        decided_at=row.decided_at,
        card=card_hold_of(order) or UNSET,
    )
