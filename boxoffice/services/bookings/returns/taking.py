"""A ticket that was offered back is bought: in the transaction that confirms the buyer's order its
old code dies, its first buyer is promised the money, and the capacity is as it was.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import structs
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import SYSTEM
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.cancelling import writing
from boxoffice.services.bookings.cancelling.figures import taken_away
from boxoffice.services.bookings.facts import ReturnMoved
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order, seat_of
from boxoffice.services.bookings.returns import reading
from boxoffice.services.bookings.rules import RETURN, ReturnStatus, TicketStatus
from boxoffice.services.bookings.snapshots import OrderCharges, OrderSnapshot, PositionSnapshot
from boxoffice.services.bookings.tables import OrderPosition, Ticket
from boxoffice.services.bookings.tables_returns import TicketReturn
from boxoffice.services.events.api import (
    ChosenSeat,
    OfferOver,
    ReturnedPlaces,
    keep_for_line,
    return_units,
)
from boxoffice.services.payments.api import Payments

_BECAUSE = "Offered back, and bought by somebody else."


class Taking:
    """Used where orders are opened from offers and confirmed."""

    def __init__(self, places: ReturnedPlaces, payments: Payments) -> None:
        self._places = places
        self._payments = payments

    async def hand_over(self, tx: Transaction, waiting_id: UUID, order: OrderSnapshot) -> None:
        """Whoever was promised returned tickets has an order for them now, with their seats.

        No order of others is changed. `OfferOver`, if one of the tickets was used meanwhile, or
        their type needs the organizer's approval now.
        """
        found = (
            await tx.session.execute(
                select(TicketReturn, OrderPosition, Ticket.status)
                .join(OrderPosition, _same(OrderPosition, TicketReturn.position_id))
                .join(Ticket, _same(Ticket, TicketReturn.ticket_id))
                .where(TicketReturn.organizer_id == tx.organizer_id)
                .where(TicketReturn.holder == waiting_id)
                .where(TicketReturn.status == ReturnStatus.OFFERED.value)
                .order_by(TicketReturn.id)
            )
        ).all()
        if not found:
            return
        lost = any(reading.is_lost(row, TicketStatus(status)) for row, _, status in found)
        if lost or (order.charges is not None and order.charges.needs_approval):
            raise OfferOver
        for row, _, _ in found:
            row.holder, row.promised_until = order.id, order.hold_expires_at
        charges = order.charges or OrderCharges()
        order.charges = structs.replace(charges, takes=tuple(row.id for row, _, _ in found))
        order.positions = _seated(order.positions, [seat_of(one) for _, one, _ in found])
        order.tickets = [
            structs.replace(ticket, seat=position.seat)
            for ticket, position in zip(order.tickets, order.positions, strict=False)
        ]

    async def gone(self, tx: Transaction, orders: Sequence[OrderSnapshot]) -> set[UUID]:
        """Those of these locked orders that would take a ticket which nobody gives up any more.

        Locks the tickets and the orders that they are of.
        """
        takes = {one: order.id for order in orders for one in takes_of(order)}
        found = await tx.session.execute(
            select(TicketReturn.order_id).where(
                TicketReturn.organizer_id == tx.organizer_id, TicketReturn.id.in_(takes)
            )
        )
        givers = sorted(set(found.scalars()))
        await lock_orders(tx, tx.tenant, givers)
        await lock_tickets(tx, givers)
        return {
            takes[row.id]
            for row, ticket in await reading.lock(tx, list(takes))
            if not _is_takeable(row, ticket, takes[row.id])
            and (ticket is not TicketStatus.VOID or reading.is_lost(row, ticket))
        }

    async def settle(self, tx: Transaction, order: OrderSnapshot, *, now: datetime) -> None:
        """The order has its tickets: those who gave them up lose theirs and get their money. Ask
        `gone` first.
        """
        for row, ticket in await reading.lock(tx, list(takes_of(order))):
            # What was cancelled otherwise has made its own room.
            if _is_takeable(row, ticket, order.id):
                await self._settle(tx, row, order, now=now)

    async def _settle(
        self, tx: Transaction, row: TicketReturn, taker: OrderSnapshot, *, now: datetime
    ) -> None:
        giver = await read_order(tx, tx.tenant, row.order_id)
        position = next(one for one in giver.positions if one.id == row.position_id)
        await self._payments.lock(tx, giver.id)
        standing = await self._payments.standing(tx, tx.tenant, giver.id)
        received = standing.paid.amount - standing.refunded.amount if standing else 0
        # The house pays nobody more than it earns: its price may have fallen since the promise.
        earned = taker.positions[takes_of(taker).index(row.id)].price.amount
        refund = min(position.price.amount, received, earned)
        made = taken_away(giver, [position.id], refund=refund)
        writing.apply(giver, made)
        await writing.write_order(tx, giver, [position.id], now=now)
        await self._give_units(tx, giver, position, taker)
        cancellation = writing.record(
            made,
            organizer_id=tx.tenant,
            id=new_id(),
            order_id=giver.id,
            by="buyer",
            because=_BECAUSE,
            currency=giver.total.currency,
            created_at=now,
        )
        tx.session.add(cancellation)
        row.status = RETURN.move(ReturnStatus(row.status), ReturnStatus.TAKEN).value
        row.settled_at, row.taken_by_id, row.face_amount = now, taker.id, made.refund
        await tx.session.flush()
        if made.refund:
            await self._payments.promise_refund(
                tx,
                reference=giver.id,
                amount=Money(amount=made.refund, currency=giver.total.currency),
                key=refund_key(row.id),
            )
        _tell(tx, row)

    async def _give_units(
        self,
        tx: Transaction,
        giver: OrderSnapshot,
        position: PositionSnapshot,
        taker: OrderSnapshot,
    ) -> None:
        """The taker's claims beyond the capacity become those that the giver had."""
        if position.seat is not None:
            await self._places.exchange_seats(
                tx, giver=giver.id, taker=taker.id, seat_ids=[position.seat.id]
            )
            position = structs.replace(position, seat=None)
        freed = await return_units(tx, giver.id, writing.returned(giver, [position]))
        await keep_for_line(tx, freed)


def takes_of(order: OrderSnapshot) -> tuple[UUID, ...]:
    """The returns that the order takes."""
    return order.charges.takes if order.charges is not None else ()


def refund_key(return_id: UUID) -> str:
    """Under which the money of a returned ticket goes back, once."""
    return f"return:{return_id}"


def _is_takeable(row: TicketReturn, ticket: TicketStatus, order_id: UUID) -> bool:
    offered = row.status == ReturnStatus.OFFERED.value
    return offered and row.holder == order_id and ticket is TicketStatus.VALID


def _seated(
    positions: Sequence[PositionSnapshot], seats: Sequence[ChosenSeat | None]
) -> list[PositionSnapshot]:
    """The positions with these seats, one for each place that was promised."""
    if len(seats) != len(positions):
        return list(positions)
    return [structs.replace(one, seat=seat) for one, seat in zip(positions, seats, strict=True)]


def _same(table: type[OrderPosition] | type[Ticket], column: Any) -> Any:
    return (table.organizer_id == TicketReturn.organizer_id) & (table.id == column)


def _tell(tx: Transaction, row: TicketReturn) -> None:
    tx.tell(
        ReturnMoved(
            organizer_id=tx.tenant,
            order_id=row.order_id,
            return_id=row.id,
            status=ReturnStatus.TAKEN,
        )
    )
    tx.audit(
        "ticket.return_taken",
        actor=SYSTEM,
        subject=f"ticket:{row.ticket_id}",
        changes={"return": str(row.id)},
    )
