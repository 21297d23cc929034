"""Changing tickets of a confirmed order: what it comes to, and writing it. All or nothing.

Whoever looks or changes does the same work; to look is to undo it. So nothing is shown that would
not happen.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings import persons, unpaid_changes
from boxoffice.services.bookings.changing import moving
from boxoffice.services.bookings.changing.exchanging import Exchange, exchange, moved_positions
from boxoffice.services.bookings.changing.money import Difference
from boxoffice.services.bookings.changing.reckoning import reckon, with_taxes_of
from boxoffice.services.bookings.changing.targets import plan_of
from boxoffice.services.bookings.changing.wishes import (
    ChangedTicket,
    ChangePreviewView,
    ChangeWish,
    TicketState,
)
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.facts import TicketsChanged
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.returns.reading import check_kept, check_unoffered
from boxoffice.services.bookings.rules import OrderNotConfirmed, OrderStatus
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.views import full_name
from boxoffice.services.events.api import (
    NO_RULES,
    EventSummary,
    HeldUnits,
    PriceBook,
    Stock,
    held_units,
    keep_for_line,
    lock_exchange,
    put_back,
    take_over,
)


class Done(msgspec.Struct, kw_only=True):
    """A change as it stands in the transaction; `had` are the units that the order came with."""

    order: OrderSnapshot
    wish: ChangeWish
    change: ChangePreviewView
    exchange: Exchange
    had: list[HeldUnits]


class Carrying:
    """In the transaction of whoever lets the change in."""

    def __init__(self, stock: Stock, composer: Composer, money: Difference) -> None:
        self.stock = stock
        self.composer = composer
        self.money = money

    async def known(self, organizer_id: UUID, order: OrderSnapshot, wish: ChangeWish) -> Known:
        """What other services know; ask before anything is locked."""
        wanted = [(order.event_id, date) for date in wish.dates]
        return await self.composer.known(organizer_id, [], dates=[*dates_of(order), *wanted])

    async def lock(
        self,
        tx: Transaction,
        before: OrderSnapshot,
        wish: ChangeWish,
        *,
        waiting: Collection[UUID] = (),
    ) -> OrderSnapshot:
        """The order as it is under all locks: of what it has and what it wants, also of its
        changes that wait and hold something for it, and of those in `waiting`, which may have.
        """
        types = {one.ticket_type_id for one in before.positions}
        types |= {one.ticket_type_id for one in wish.tickets if one.ticket_type_id}
        types |= {one.ticket_type_id for one in wish.added}
        holders = [before.id, *{*waiting, *await unpaid_changes.waiting(tx, [before.id])}]
        await lock_exchange(tx, holders, types, before.dates | wish.dates)
        await self.stock.standing(tx, holders)
        if wish.own and before.limited:
            await persons.lock_buyers(tx, [before.id])
        await lock_orders(tx, tx.tenant, [before.id])
        await lock_tickets(tx, [before.id])
        return await read_order(tx, tx.tenant, before.id)

    async def apply(
        self, tx: Transaction, order: OrderSnapshot, known: Known, wish: ChangeWish
    ) -> Done:
        """Exchange the units, for a holder of its own, and count the order in memory anew."""
        if order.status is not OrderStatus.CONFIRMED:
            raise OrderNotConfirmed
        event = known.events[order.event_id]
        old_total, had = order.total.amount, await held_units(tx, order.id)
        before = {one.id: _state(order, one, event) for one in order.positions}
        plan = plan_of(order, wish, event)
        await _check_kept(tx, order, plan.touched)
        done = await exchange(tx, self.stock, order, plan, new_id())
        book = _book(order, done)
        moved_positions(order, done)
        reckon(order, book, done.list_prices)
        if wish.own and wish.added:
            refused = await persons.over_limit(tx, self.stock, [order], live=[order.id])
            if order.id in refused:
                raise refused[order.id]
        refund = await self.money.owed(tx, order, old_total)
        change = _comes_to(order, done, before, event, old_total, refund)
        return Done(order=order, wish=wish, change=change, exchange=done, had=had)

    async def write(self, tx: Transaction, actor: Actor, done: Done) -> list[UUID]:
        """Carry it out; the refunds that are promised, to be sent after the commit."""
        order, change = done.order, done.change
        await take_over(tx, done.exchange.holder, heir=order.id)
        await keep_for_line(tx, done.exchange.freed)
        await moving.write(tx, order, done.exchange, codes_stay=done.wish.own)
        if not done.wish.own or change.more.amount:
            tx.tell(TicketsChanged(organizer_id=tx.tenant, order_id=order.id))
        tx.audit(
            "order.tickets_changed",
            actor=actor,
            subject=f"order:{order.id}",
            changes={
                "because": done.wish.because,
                "settle": done.wish.settle.value,
                "change": msgspec.to_builtins(change),
            },
        )
        if change.more.amount:
            await self.money.note_paid(tx, order)
        return await self.money.promise(tx, order, change.refund.amount)

    async def hold(self, tx: Transaction, done: Done, until: datetime) -> UUID:
        """Keep what it takes until then, while the order stays what it was; for which holder."""
        holder = done.exchange.holder
        await self.stock.set_expiry(tx, {holder: until})
        await put_back(tx, done.had, done.order.id, beside=holder)
        return holder


def agreed(done: Done) -> ChangeWish:
    """The wish with every price, and every seat, as it was accepted."""
    seats = {one.target.position.id: one.seat for one in done.exchange.tickets}
    return msgspec.structs.replace(
        done.wish,
        agreed=done.exchange.list_prices,
        tickets=tuple(
            msgspec.structs.replace(one, seat_id=seat.id)
            if (seat := seats[one.position_id])
            else one
            for one in done.wish.tickets
        ),
        added=tuple(
            msgspec.structs.replace(
                one, price=new.list_price.amount, seat_id=new.seat.id if new.seat else None
            )
            for one, new in zip(done.wish.added, done.exchange.added, strict=True)
        ),
    )


async def _check_kept(
    tx: Transaction, order: OrderSnapshot, position_ids: Collection[UUID]
) -> None:
    """Refuse tickets that are offered, back or to a person: somebody may take them at any moment,
    and is to get what they were offered.
    """
    for ticket in order.tickets:
        if ticket.position_id in position_ids:
            await check_kept(tx, ticket.id, now=await tx.now())
            await check_unoffered(tx, ticket.id, now=await tx.now())


def _book(order: OrderSnapshot, done: Exchange) -> PriceBook:
    """The rules the order was bought under; for types that are new to it, with today's taxes."""
    own = (order.charges or OrderCharges()).book or NO_RULES
    known = {one.ticket_type_id for one in (*order.positions, *order.cancelled)}
    new = done.new_types - known
    return with_taxes_of(own, done.today, new) if done.today and new else own


def _comes_to(  # before and after
    order: OrderSnapshot,
    done: Exchange,
    before: dict[UUID, TicketState],
    event: EventSummary,
    old_total: int,
    refund: int,
) -> ChangePreviewView:
    currency = order.total.currency
    targeted = {one.target.position.id for one in done.tickets}
    return ChangePreviewView(
        old_total=Money(amount=old_total, currency=currency),
        new_total=order.total,
        more=Money(amount=max(0, order.total.amount - old_total), currency=currency),
        refund=Money(amount=refund, currency=currency),
        tickets=[
            ChangedTicket(position_id=one.id, number=one.number, before=before[one.id], after=after)
            for one in order.positions
            if one.id in before
            for after in [_state(order, one, event)]
            if one.id in targeted or after != before[one.id]
        ],
        added=[_state(order, one, event) for one in order.positions if one.id not in before],
        removed=[before[one.id] for one in done.removed],
    )


def _state(order: OrderSnapshot, position: PositionSnapshot, event: EventSummary) -> TicketState:
    date = position.occurrence_id or order.occurrence_id
    return TicketState(
        name=full_name(position.ticket_type_name, position.variation_name),
        starts_at=event.occurrence(date).starts_at,
        seat=position.seat,
        price=position.price,
    )
