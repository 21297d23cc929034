"""Offering a ticket back, keeping it after all, and looking at what has become of it."""

from datetime import datetime
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.composing import Composer, Known, dates_of
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.facts import ReturnMoved
from boxoffice.services.bookings.policies import policy_of
from boxoffice.services.bookings.promises import check_unpromised
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.returns import reading
from boxoffice.services.bookings.returns.reading import view_of
from boxoffice.services.bookings.returns.taking import refund_key
from boxoffice.services.bookings.returns.views import ReturnNews, ReturnView
from boxoffice.services.bookings.rules import (
    RETURN,
    ReturnNotFound,
    ReturnOver,
    ReturnStatus,
    TicketStatus,
    VoucherTicket,
    check_returnable,
    return_until,
    shown_return,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, PositionSnapshot, TicketSnapshot
from boxoffice.services.bookings.tables import Ticket
from boxoffice.services.bookings.tables_returns import TicketReturn
from boxoffice.services.bookings.unpaid_changes import check_untouched
from boxoffice.services.events.api import ReturnedPlaces
from boxoffice.services.payments.api import Payments


class Returning:
    """For the buyer of an order, and the organizer's staff."""

    def __init__(
        self,
        db: Database,
        door: OrderDoor,
        composer: Composer,
        places: ReturnedPlaces,
        payments: Payments,
    ) -> None:
        self._db = db
        self._door = door
        self._composer = composer
        self._places = places
        self._payments = payments

    async def offer(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        ticket_id: UUID,
        *,
        once: IdempotencyKey | None,
    ) -> ReturnView:
        """Offer a ticket of the buyer's back; it stays valid until somebody has bought it."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        known = await self._composer.known(organizer_id, [], dates=dates_of(order))
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            await lock_tickets(tx, [order_id])
            if replayed := await tx.claim(once, ReturnView):
                return replayed
            order, now = await read_order(tx, organizer_id, order_id), await tx.now()
            ticket = next((one for one in order.tickets if one.id == ticket_id), None)
            if ticket is None:
                raise ReturnNotFound
            row = await self._write(tx, known, order, ticket, now=now)
            _note(tx, actor, row)
            view = view_of(row, ticket.status, order, now=now)
            return await tx.keep(once, view, status=201)

    async def withdraw(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, return_id: UUID
    ) -> ReturnView:
        """Keep the ticket after all; `return_promised` while somebody is being offered it."""
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
            await lock_orders(tx, organizer_id, [order_id])
            await lock_tickets(tx, [order_id])
            found = [pair for pair in await reading.lock(tx, [return_id])
                     if pair[0].order_id == order_id]  # fmt: skip
            if not found:
                raise ReturnNotFound
            (row, status), now = found[0], await tx.now()
            shown = shown_return(
                ReturnStatus(row.status), status, expires_at=row.expires_at, now=now
            )
            if shown is not ReturnStatus.OFFERED:
                raise ReturnOver(ended=shown.value)
            await check_unpromised(tx, self._places, row)
            row.status = RETURN.move(ReturnStatus(row.status), ReturnStatus.WITHDRAWN).value
            row.settled_at = now
            _note(tx, actor, row)
            return view_of(row, status, await read_order(tx, organizer_id, order_id), now=now)

    async def of(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> list[ReturnView]:
        """The order's tickets that are or were offered back, oldest first."""
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id)
            rows, now = await reading.of_order(tx, order_id), await tx.now()
            live = await self._places.live(tx, [row.holder for row, _ in rows if row.holder])
            return [view_of(row, status, order, now=now, live=live) for row, status in rows]

    async def news(self, organizer_id: UUID, return_id: UUID) -> ReturnNews:
        """For services that act on `ReturnMoved`; asks nobody."""
        async with self._db.begin(organizer_id) as tx:
            row, now = await reading.find(tx, return_id), await tx.now()
            order = await read_order(tx, organizer_id, row.order_id)
            ticket = await tx.session.get(Ticket, (organizer_id, row.ticket_id))
            status = TicketStatus(ticket.status) if ticket else TicketStatus.VOID
        return ReturnNews(
            made=view_of(row, status, order, now=now),
            order=await self._composer.one(organizer_id, order, now=now),
        )

    async def send_money(self, organizer_id: UUID, return_id: UUID) -> None:
        """Ask for the money that a taken ticket's first buyer was promised; twice is once."""
        news = await self.news(organizer_id, return_id)
        if not news.made.face_value.is_zero:
            await self._payments.refund(
                organizer_id,
                reference=news.order.id,
                amount=news.made.face_value,
                key=refund_key(return_id),
            )

    async def _write(
        self,
        tx: Transaction,
        known: Known,
        order: OrderSnapshot,
        ticket: TicketSnapshot,
        *,
        now: datetime,
    ) -> TicketReturn:
        date = ticket.occurrence_id or order.occurrence_id
        starts_at = known.events[order.event_id].occurrence(date).starts_at
        terms = (await policy_of(tx, order.event_id)).returns
        until = return_until(terms, starts_at=starts_at, now=now)
        position = _fit(order, ticket)
        await reading.check_unoffered(tx, ticket.id, now=now)
        await reading.check_kept(tx, ticket.id, now=now)
        await check_untouched(tx, order, position.id, now=now)
        await self._make_way(tx, ticket, now=now)
        row = TicketReturn(
            organizer_id=tx.tenant,
            id=new_id(),
            order_id=order.id,
            ticket_id=ticket.id,
            position_id=position.id,
            event_id=order.event_id,
            occurrence_id=date,
            ticket_type_id=position.ticket_type_id,
            variation_id=position.variation_id,
            seat_id=position.seat.id if position.seat else None,
            face_amount=position.price.amount,
            status=ReturnStatus.OFFERED.value,
            holder=None,
            promised_until=None,
            taken_by_id=None,
            expires_at=until,
            created_at=now,
            settled_at=None,
        )
        tx.session.add(row)
        await tx.session.flush()
        return row

    async def _make_way(self, tx: Transaction, ticket: TicketSnapshot, *, now: datetime) -> None:
        """An offer whose time is over is in nobody's way, unless somebody is still paying."""
        before = await reading.standing(tx, ticket.id)
        if before is None:
            return
        await check_unpromised(tx, self._places, before)
        before.status = RETURN.move(ReturnStatus(before.status), ReturnStatus.WITHDRAWN).value
        before.settled_at = now
        await tx.session.flush()


def _fit(order: OrderSnapshot, ticket: TicketSnapshot) -> PositionSnapshot:
    """The ticket's position, if it can be given up alone."""
    position = next(one for one in order.positions if one.id == ticket.position_id)
    brings = any(one.parent_id == position.id for one in order.positions)
    check_returnable(
        order.status,
        ticket.status,
        given_on=ticket.transfer_id is not None,
        alone=position.parent_id is None and not brings,
        chosen=order.charges is not None and order.charges.needs_approval,
    )
    cuts = position.charges.reductions if position.charges else ()
    if any(cut.kind == "voucher" for cut in cuts):
        raise VoucherTicket
    return position


def _note(tx: Transaction, actor: Actor, row: TicketReturn) -> None:
    tx.tell(
        ReturnMoved(
            organizer_id=tx.tenant,
            order_id=row.order_id,
            return_id=row.id,
            status=ReturnStatus(row.status),
        )
    )
    tx.audit(
        f"ticket.return_{row.status}",
        actor=actor,
        subject=f"ticket:{row.ticket_id}",
        changes={"return": str(row.id)},
    )
