"""Staff split an order: some of its tickets become an order of their own, with their money.

Everything that is decided on is locked first: quotas and vouchers, then persons, the order, its
tickets; payments and gift cards last. Nothing is freed or sold: the stock stays as it was.
"""

from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id, new_order_code
from boxoffice.kernel.money import Money
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings import persons, unpaid_changes
from boxoffice.services.bookings.cancelling.writing import returned
from boxoffice.services.bookings.changing.rows import check_none_waits
from boxoffice.services.bookings.changing.settling import looked_at
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.facts import OrderSplit
from boxoffice.services.bookings.holds import for_staff
from boxoffice.services.bookings.people import checked_buyer, checked_message
from boxoffice.services.bookings.persons import person_of
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.returns.reading import check_kept, check_unoffered
from boxoffice.services.bookings.rules import (
    OrderNotConfirmed,
    OrderStatus,
    SplitDiffers,
    leaving,
    money_to_move,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.splitting import history, parting, writing
from boxoffice.services.bookings.splitting.parting import NewOrder, Parted
from boxoffice.services.bookings.splitting.views import (
    MovedTicket,
    SplitMadeView,
    SplitNews,
    SplitPreviewView,
    SplitView,
    SplitWish,
)
from boxoffice.services.bookings.views import BuyerView, full_name
from boxoffice.services.bookings.waitlist.entries import retrying
from boxoffice.services.events.api import Stock, hand_on
from boxoffice.services.payments.api import Payments


class SplittingOrders:
    """For staff who may change orders."""

    def __init__(
        self, db: Database, stock: Stock, door: OrderDoor, composer: Composer, payments: Payments
    ) -> None:
        self._db = db
        self._stock = stock
        self._door = door
        self._composer = composer
        self._payments = payments

    async def preview(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, wish: SplitWish
    ) -> SplitPreviewView:
        """What it would come to now; refused as doing it would be. Changes nothing."""
        wish = _checked(wish)
        await self._known(actor, organizer_id, order_id)

        async def attempt(tx: Transaction) -> SplitPreviewView:
            await self._lock(tx, order_id, wish)
            order = await self._read(tx, actor, order_id)
            _, view = await self._carry_out(tx, order, wish)
            return view

        return await looked_at(self._db, organizer_id, attempt)

    async def split(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        wish: SplitWish,
        *,
        expected_total: int,
        once: IdempotencyKey | None,
    ) -> SplitView:
        """`SplitDiffers` unless the new order comes to what was expected, in minor units."""
        wish = _checked(wish)
        known = await self._known(actor, organizer_id, order_id)

        async def attempt() -> SplitView:
            async with self._db.begin(organizer_id) as tx:
                await self._lock(tx, order_id, wish)
                if replayed := await tx.claim(once, SplitView):
                    return replayed
                order = await self._read(tx, actor, order_id)
                both, view = await self._carry_out(tx, order, wish)
                if view.new_total.amount != expected_total:
                    raise SplitDiffers(new_total=view.new_total.amount)
                now = await tx.now()
                split = history.record(tx.tenant, both, view, wish.because, now=now)
                tx.session.add(split)
                tx.tell(OrderSplit(organizer_id=tx.tenant, split_id=split.id))
                _note(tx, actor, both, view, wish)
                return await tx.keep(once, await self._both(tx, known, both, view), status=201)

        return await retrying(attempt)

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> list[SplitMadeView]:
        """Where tickets of the order went and came from, oldest first."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            made = await history.of(tx, order_id)
        if self._door.is_buyer(actor, organizer_id, order):
            return [msgspec.structs.replace(one, because="") for one in made]
        return made

    async def news(self, organizer_id: UUID, split_id: UUID) -> SplitNews:
        """For services that act on `OrderSplit`; asks nobody."""
        async with self._db.begin(organizer_id) as tx:
            return await history.news(tx, split_id)

    async def _known(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> Known:
        """What other services know, asked for before anything is locked."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._read(tx, actor, order_id)
        return await self._composer.known(organizer_id, [], dates=dates_of(order))

    async def _read(self, tx: Transaction, actor: Actor, order_id: UUID) -> OrderSnapshot:
        order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        actor.demand(Permission.ORDERS_WRITE, tx.tenant)
        return order

    async def _lock(self, tx: Transaction, order_id: UUID, wish: SplitWish) -> None:
        waiting = await unpaid_changes.waiting(tx, [order_id])
        await self._stock.standing(tx, [order_id, *waiting])
        if wish.buyer:
            limited = await persons.limited_events(tx, [order_id])
            await persons.lock_as(tx, limited.values(), wish.buyer.email)
        await lock_orders(tx, tx.tenant, [order_id])
        await lock_tickets(tx, [order_id])

    async def _carry_out(
        self, tx: Transaction, order: OrderSnapshot, wish: SplitWish
    ) -> tuple[Parted, SplitPreviewView]:
        chosen = await self._chosen(tx, order, wish)
        new = NewOrder(id=new_id(), code=new_order_code(), now=await tx.now(), buyer=wish.buyer)
        both = parting.parted(order, chosen, new)
        going = [one for one in order.positions if one.id in chosen]
        await hand_on(tx, order.id, returned(order, going), heir=new.id)
        await writing.write(tx, both)
        paid = await self._move_money(tx, order, both)
        if wish.buyer and not _is_buyer(order, wish.buyer):
            refused = await persons.over_limit(tx, self._stock, [both.goes], live=())
            if new.id in refused:
                raise refused[new.id]
        return both, _comes_to(order, chosen, both, paid)

    async def _chosen(
        self, tx: Transaction, order: OrderSnapshot, wish: SplitWish
    ) -> frozenset[UUID]:
        """What is waited for, and offers of the tickets to others, come to an end before."""
        if order.status is not OrderStatus.CONFIRMED:
            raise OrderNotConfirmed
        chosen = leaving(
            wish.position_ids,
            live=[one.id for one in order.positions],
            gone=[one.id for one in order.cancelled],
            parents={one.id: one.parent_id for one in order.positions if one.parent_id},
        )
        await check_none_waits(tx, self._stock, order.id)
        now = await tx.now()
        for ticket in order.tickets:
            if ticket.position_id in chosen:
                await check_kept(tx, ticket.id, now=now)
                await check_unoffered(tx, ticket.id, now=now)
        return chosen

    async def _move_money(self, tx: Transaction, order: OrderSnapshot, both: Parted) -> Money:
        """What of the order's money goes with the new one; written on both."""
        standing = await self._payments.locked_standing(tx, tx.tenant, order.id)
        kept = standing.kept.amount if standing else 0
        amount = money_to_move(kept=kept, total=order.total.amount, moving=both.goes.total.amount)
        parts = await self._payments.pass_on(
            tx,
            reference=order.id,
            to=both.goes.id,
            amount=Money(amount=amount, currency=order.total.currency),
            payment_id=order.payment_id,
        )
        parting.with_gift_cards(order, both, parts)
        await writing.write_money(tx, both, parts)
        return Money(amount=sum(one.amount.amount for one in parts), currency=order.total.currency)

    async def _both(
        self, tx: Transaction, known: Known, both: Parted, view: SplitPreviewView
    ) -> SplitView:
        now = await tx.now()
        old, new = [
            for_staff(self._composer.view(known, await read_order(tx, tx.tenant, one.id), now=now))
            for one in both
        ]
        return SplitView(order=old, new_order=new, split=view)


def _checked(wish: SplitWish) -> SplitWish:
    return msgspec.structs.replace(
        wish,
        buyer=checked_buyer(wish.buyer, pointer="/buyer") if wish.buyer else None,
        because=checked_message(wish.because, pointer="/because"),
    )


def _is_buyer(order: OrderSnapshot, buyer: BuyerView) -> bool:
    return order.buyer is not None and person_of(order.buyer.email) == person_of(buyer.email)


def _comes_to(
    order: OrderSnapshot, chosen: frozenset[UUID], both: Parted, paid: Money
) -> SplitPreviewView:
    return SplitPreviewView(
        tickets=[
            MovedTicket(
                position_id=one.id,
                number=one.number,
                name=full_name(one.ticket_type_name, one.variation_name),
                price=one.price,
            )
            for one in order.positions
            if one.id in chosen
        ],
        buyer=both.goes.buyer or BuyerView(email="", name=""),
        fees=parting.fees_of(both.goes),
        new_total=both.goes.total,
        left_total=both.stays.total,
        paid=paid,
    )


def _note(
    tx: Transaction, actor: Actor, both: Parted, view: SplitPreviewView, wish: SplitWish
) -> None:
    """Each order says what became of it."""
    stays, goes = both
    said = {
        "because": wish.because,
        "tickets": [one.number for one in view.tickets],
        "total": view.new_total.amount,
        "paid": view.paid.amount,
    }
    for subject, other, word in ((stays, goes, "into"), (goes, stays, "out_of")):
        tx.audit(
            "order.split",
            actor=actor,
            subject=f"order:{subject.id}",
            changes={**said, word: str(other.id), "code": other.code},
        )
