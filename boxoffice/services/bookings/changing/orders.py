"""Staff change tickets of a confirmed order: type, variation, date, seat, price; all or nothing.

Looking at it beforehand is the same work, undone: so nothing is shown that would not happen.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.money import Money
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changing import moving
from boxoffice.services.bookings.changing.exchanging import (
    Exchange,
    exchange,
    moved_positions,
)
from boxoffice.services.bookings.changing.money import Difference
from boxoffice.services.bookings.changing.reckoning import reckon, with_taxes_of
from boxoffice.services.bookings.changing.targets import targets_of
from boxoffice.services.bookings.changing.wishes import (
    ChangedTicket,
    ChangedView,
    ChangePreviewView,
    ChangeWish,
    TicketState,
)
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.facts import TicketsChanged
from boxoffice.services.bookings.holds import for_staff
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.returns.reading import check_kept
from boxoffice.services.bookings.rules import (
    ChangeCostsMore,
    ChangeDiffers,
    OrderNotConfirmed,
    OrderStatus,
    checked_reason,
)
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.views import full_name
from boxoffice.services.bookings.waitlist.entries import retrying
from boxoffice.services.events.api import (
    NO_RULES,
    EventSummary,
    PriceBook,
    Stock,
    lock_exchange,
)
from boxoffice.services.payments.api import Payments


class _Looked(Exception):
    """Undoes what was only looked at."""

    def __init__(self, preview: ChangePreviewView) -> None:
        super().__init__()
        self.preview = preview


class _Done(msgspec.Struct, kw_only=True):
    """A change as it stands in the transaction."""

    order: OrderSnapshot
    change: ChangePreviewView
    exchange: Exchange


class ChangingOrders:
    """For staff; whatever it costs less goes back, and dearer it never becomes."""

    def __init__(
        self, db: Database, stock: Stock, door: OrderDoor, composer: Composer, payments: Payments
    ) -> None:
        self._db = db
        self._stock = stock
        self._door = door
        self._composer = composer
        self._money = Difference(payments)

    async def preview(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, wish: ChangeWish
    ) -> ChangePreviewView:
        """What it would come to, refused as doing it would be; nothing is changed."""
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt() -> ChangePreviewView:
            async with self._db.begin(organizer_id) as tx:
                order = await self._lock(tx, actor, order_id, wish)
                raise _Looked((await self._apply(tx, order, known, wish)).change)

        try:
            return await retrying(attempt)
        except _Looked as looked:
            return looked.preview

    async def change(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        wish: ChangeWish,
        *,
        once: IdempotencyKey | None,
    ) -> ChangedView:
        """`ChangeDiffers` unless it comes to what was expected; `ChangeCostsMore` if it is dearer.
        Tickets that are for something else get new codes.
        """
        wish = msgspec.structs.replace(
            wish, because=checked_message(wish.because, pointer="/because")
        )
        checked_reason(wish.because, prices=wish.sets_prices)
        known = await self._known(actor, organizer_id, order_id, wish)

        async def attempt() -> tuple[ChangedView, list[UUID]]:
            async with self._db.begin(organizer_id) as tx:
                order = await self._lock(tx, actor, order_id, wish)
                if replayed := await tx.claim(once, ChangedView):
                    return replayed, []
                done = await self._apply(tx, order, known, wish)
                return await self._keep(tx, actor, done, known, wish, once)

        view, promised = await retrying(attempt)
        await self._money.send(organizer_id, promised)
        return view

    async def _known(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, wish: ChangeWish
    ) -> Known:
        """What other services know, asked for before anything is locked."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        wanted = [(order.event_id, date) for date in wish.dates]
        return await self._composer.known(organizer_id, [], dates=[*dates_of(order), *wanted])

    async def _lock(
        self, tx: Transaction, actor: Actor, order_id: UUID, wish: ChangeWish
    ) -> OrderSnapshot:
        before = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        actor.demand(Permission.ORDERS_WRITE, tx.tenant)
        types = {one.ticket_type_id for one in before.positions}
        types |= {one.ticket_type_id for one in wish.tickets if one.ticket_type_id}
        types |= {one.ticket_type_id for one in wish.added}
        dates = before.dates | wish.dates
        await lock_exchange(tx, [order_id], types, dates)
        await self._stock.standing(tx, [order_id])
        await lock_orders(tx, tx.tenant, [order_id])
        await lock_tickets(tx, [order_id])
        return await read_order(tx, tx.tenant, order_id)

    async def _apply(
        self, tx: Transaction, order: OrderSnapshot, known: Known, wish: ChangeWish
    ) -> _Done:
        if order.status is not OrderStatus.CONFIRMED:
            raise OrderNotConfirmed
        event = known.events[order.event_id]
        old_total = order.total.amount
        before = {one.id: _state(order, one, event) for one in order.positions}
        targets = targets_of(order, wish, event)
        await _check_kept(tx, order, {one.position.id for one in targets})
        done = await exchange(tx, self._stock, order, targets, wish.added)
        book = _book(order, done)
        moved_positions(order, done)
        reckon(order, book, {one.target.position.id: one.list_price for one in done.tickets})
        change = await self._comes_to(tx, order, done, before, event, old_total)
        return _Done(order=order, change=change, exchange=done)

    async def _comes_to(  # before and after
        self,
        tx: Transaction,
        order: OrderSnapshot,
        done: Exchange,
        before: dict[UUID, TicketState],
        event: EventSummary,
        old_total: int,
    ) -> ChangePreviewView:
        currency = order.total.currency
        changed = {one.target.position.id for one in done.tickets}
        refund = await self._money.owed(tx, order, old_total)
        return ChangePreviewView(
            old_total=Money(amount=old_total, currency=currency),
            new_total=order.total,
            more=Money(amount=max(0, order.total.amount - old_total), currency=currency),
            refund=Money(amount=refund, currency=currency),
            tickets=[
                ChangedTicket(
                    position_id=one.id,
                    number=one.number,
                    before=before[one.id],
                    after=_state(order, one, event),
                )
                for one in order.positions
                if one.id in changed
            ],
            added=[_state(order, one, event) for one in order.positions if one.id not in before],
        )

    async def _keep(  # what one change is made of
        self,
        tx: Transaction,
        actor: Actor,
        done: _Done,
        known: Known,
        wish: ChangeWish,
        once: IdempotencyKey | None,
    ) -> tuple[ChangedView, list[UUID]]:
        order, change = done.order, done.change
        if change.more.amount:
            raise ChangeCostsMore(
                "That costs more than what was paid; set a lower price, with a reason.",
                more=change.more.amount,
            )
        if wish.expected_total != change.new_total.amount:
            raise ChangeDiffers(new_total=change.new_total.amount)
        await moving.write(tx, order, done.exchange)
        promised = await self._money.promise(tx, order, change.refund.amount)
        tx.tell(TicketsChanged(organizer_id=tx.tenant, order_id=order.id))
        tx.audit(
            "order.tickets_changed",
            actor=actor,
            subject=f"order:{order.id}",
            changes={"because": wish.because, "change": msgspec.to_builtins(change)},
        )
        now, fresh = await tx.now(), await read_order(tx, tx.tenant, order.id)
        shown = for_staff(self._composer.view(known, fresh, now=now))
        view = ChangedView(order=shown, change=change)
        return await tx.keep(once, view), promised


async def _check_kept(tx: Transaction, order: OrderSnapshot, position_ids: set[UUID]) -> None:
    """Refuse tickets that are offered back: somebody may take them at any moment."""
    for ticket in order.tickets:
        if ticket.position_id in position_ids:
            await check_kept(tx, ticket.id, now=await tx.now())


def _book(order: OrderSnapshot, done: Exchange) -> PriceBook:
    """The rules the order was bought under; for types that are new to it, with today's taxes."""
    own = (order.charges or OrderCharges()).book or NO_RULES
    known = {one.ticket_type_id for one in (*order.positions, *order.cancelled)}
    new = done.new_types - known
    return with_taxes_of(own, done.today, new) if done.today and new else own


def _state(order: OrderSnapshot, position: PositionSnapshot, event: EventSummary) -> TicketState:
    return TicketState(
        name=full_name(position.ticket_type_name, position.variation_name),
        starts_at=_starts(order, position, event),
        seat=position.seat,
        price=position.price,
    )


def _starts(order: OrderSnapshot, position: PositionSnapshot, event: EventSummary) -> datetime:
    return event.occurrence(position.occurrence_id or order.occurrence_id).starts_at
