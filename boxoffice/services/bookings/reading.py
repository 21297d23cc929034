"""Orders out of the database as snapshots."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.rules import (
    OrderNotFound,
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    TicketStatus,
)
from boxoffice.services.bookings.snapshots import (
    OrderCharges,
    OrderSnapshot,
    PositionCharges,
    PositionSnapshot,
    TicketSnapshot,
)
from boxoffice.services.bookings.tables import Order, OrderPosition, Ticket
from boxoffice.services.bookings.views import BuyerView
from boxoffice.services.events.api import ChosenSeat, Demanded

_LOCK = """
SELECT id FROM bookings.orders WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
"""
_LOCK_TICKETS = """
SELECT id FROM bookings.tickets WHERE organizer_id = $1 AND order_id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
"""


async def lock_orders(tx: Transaction, organizer_id: UUID, order_ids: Collection[UUID]) -> None:
    """Lock the orders' rows, sorted by id. Quotas, if needed, are locked before."""
    await tx.connection.exec_driver_sql(_LOCK, (organizer_id, list(order_ids)))


async def lock_tickets(tx: Transaction, order_ids: Collection[UUID]) -> None:
    """Lock the orders' tickets, sorted by id, after the orders: scans lock nothing else."""
    await tx.connection.exec_driver_sql(_LOCK_TICKETS, (tx.tenant, list(order_ids)))


async def read_order(tx: Transaction, organizer_id: UUID, order_id: UUID) -> OrderSnapshot:
    """One order; `OrderNotFound` if the organizer has none such."""
    found = await read_orders(tx, organizer_id, [order_id])
    if order_id not in found:
        raise OrderNotFound
    return found[order_id]


async def read_orders(
    tx: Transaction, organizer_id: UUID, order_ids: Collection[UUID]
) -> dict[UUID, OrderSnapshot]:
    """Those orders that exist, with positions and tickets."""
    ids = list(order_ids)
    found = await tx.session.scalars(
        select(Order)
        .where(Order.organizer_id == organizer_id, Order.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    orders = found.all()
    positions = await _positions(tx, organizer_id, ids)
    confirmed = [order.id for order in orders if order.confirmed_at is not None]
    tickets = await _tickets(tx, organizer_id, confirmed) if confirmed else {}
    return {
        order.id: _snapshot(order, positions[order.id], tickets.get(order.id, []))
        for order in orders
    }


async def _positions(
    tx: Transaction, organizer_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, list[OrderPosition]]:
    rows = await tx.session.scalars(
        select(OrderPosition)
        .where(OrderPosition.organizer_id == organizer_id, OrderPosition.order_id.in_(ids))
        .order_by(OrderPosition.number)
        .execution_options(populate_existing=True)
    )
    by_order: dict[UUID, list[OrderPosition]] = defaultdict(list)
    for row in rows:
        by_order[row.order_id].append(row)
    return by_order


async def _tickets(
    tx: Transaction, organizer_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, list[Ticket]]:
    rows = await tx.session.scalars(
        select(Ticket)
        .where(Ticket.organizer_id == organizer_id, Ticket.order_id.in_(ids))
        .execution_options(populate_existing=True)
    )
    by_order: dict[UUID, list[Ticket]] = defaultdict(list)
    for row in rows:
        by_order[row.order_id].append(row)
    return by_order


def _snapshot(
    order: Order, positions: Sequence[OrderPosition], tickets: Sequence[Ticket]
) -> OrderSnapshot:
    standing = {position.id: position for position in positions if position.cancelled_at is None}
    shown = [
        _ticket(ticket, standing[ticket.position_id])
        for ticket in tickets
        if ticket.position_id in standing
    ]
    known = order.buyer_email is not None and order.buyer_name is not None
    return OrderSnapshot(
        id=order.id,
        code=order.code,
        event_id=order.event_id,
        occurrence_id=order.occurrence_id,
        status=OrderStatus(order.status),
        payment_status=OrderPaymentStatus(order.payment_status),
        payment_id=order.payment_id,
        refund_status=OrderRefundStatus(order.refund_status),
        total=Money(amount=order.total_amount, currency=order.currency),
        charges=msgspec.convert(order.charges, OrderCharges | None),
        buyer_id=order.buyer_id,
        buyer=BuyerView(email=order.buyer_email or "", name=order.buyer_name or "")
        if known
        else None,
        locale=order.locale,
        hold_expires_at=order.hold_expires_at,
        extensions=order.extensions,
        limited=order.limited,
        link_version=order.link_version,
        created_at=order.created_at,
        confirmed_at=order.confirmed_at,
        positions=[_position(row, order.currency) for row in standing.values()],
        cancelled=[
            _position(row, order.currency) for row in positions if row.cancelled_at is not None
        ],
        tickets=sorted(shown, key=lambda ticket: ticket.number),
    )


def _position(row: OrderPosition, currency: str) -> PositionSnapshot:
    return PositionSnapshot(
        id=row.id,
        number=row.number,
        ticket_type_id=row.ticket_type_id,
        ticket_type_name=row.ticket_type_name,
        price=Money(amount=row.price_amount, currency=currency),
        list_price=Money(amount=row.list_amount, currency=currency),
        tax=Money(amount=row.tax_amount, currency=currency),
        charges=msgspec.convert(row.charges, PositionCharges | None),
        attendee_name=row.attendee_name,
        variation_id=row.variation_id,
        variation_name=row.variation_name,
        seat=seat_of(row),
        occurrence_id=row.occurrence_id,
        parent_id=row.parent_id,
        bundled=row.bundled,
        admits=row.admits,
        demanded=msgspec.convert(row.demanded, Demanded) if row.demanded else None,
    )


def _ticket(row: Ticket, position: OrderPosition) -> TicketSnapshot:
    return TicketSnapshot(
        id=row.id,
        position_id=row.position_id,
        number=position.number,
        ticket_type_name=position.ticket_type_name,
        attendee_name=position.attendee_name,
        status=TicketStatus(row.status),
        code_version=row.code_version,
        transfer_id=row.transfer_id,
        variation_name=position.variation_name,
        seat=seat_of(position),
        occurrence_id=position.occurrence_id,
    )


def seat_of(position: OrderPosition) -> ChosenSeat | None:
    """The position's seat, as its ticket names it."""
    if position.seat_id is None or position.seat is None:
        return None
    return ChosenSeat(id=position.seat_id, **position.seat)
