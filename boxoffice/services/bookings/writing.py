"""Set-based writes of whole orders: one statement, however many.

The columns of a table and the arrays for them stand in the same order.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.snapshots import (
    OrderSnapshot,
    PositionSnapshot,
    TicketSnapshot,
)
from boxoffice.services.events.api import ChosenSeat

# One list for each column.
Arrays = tuple[list[Any], ...]


def _insert(table: str, columns: Mapping[str, str], *, after: int = 1) -> str:
    """Insert rows that come as one array for each column, in the parameters that follow `after`."""
    arrays = (f"${number}::{kind}[]" for number, kind in enumerate(columns.values(), after + 1))
    return (
        f"INSERT INTO {table} (organizer_id, {', '.join(columns)}) "  # noqa: S608  # our own text
        f"SELECT $1, r.* FROM unnest({', '.join(arrays)}) AS r"
    )


_ORDER = {
    "id": "uuid", "code": "text", "event_id": "uuid", "occurrence_id": "uuid", "status": "text",
    "payment_status": "text", "currency": "text", "total_amount": "bigint", "buyer_id": "uuid",
    "buyer_email": "text", "buyer_name": "text", "locale": "text",
    "hold_expires_at": "timestamptz", "created_at": "timestamptz", "confirmed_at": "timestamptz",
    "limited": "boolean", "charges": "jsonb",
}  # fmt: skip
_POSITION = {
    "id": "uuid", "order_id": "uuid", "number": "int", "ticket_type_id": "uuid",
    "ticket_type_name": "text", "price_amount": "bigint", "variation_id": "uuid",
    "variation_name": "text", "list_amount": "bigint", "tax_amount": "bigint", "charges": "jsonb",
    "seat_id": "uuid", "seat": "jsonb",
}  # fmt: skip
_TICKET = {
    "id": "uuid", "position_id": "uuid", "order_id": "uuid", "event_id": "uuid",
    "occurrence_id": "uuid", "status": "text",
}  # fmt: skip
_INSERT_POSITIONS = _insert("bookings.order_positions", _POSITION, after=1 + len(_ORDER))
_INSERT_ORDERS = f"""
WITH orders AS ({_insert("bookings.orders", _ORDER)}),
positions AS ({_INSERT_POSITIONS})
{_insert("bookings.tickets", _TICKET, after=1 + len(_ORDER) + len(_POSITION))}
"""
_INSERT_TICKETS = _insert("bookings.tickets", _TICKET)
_ADD_POSITIONS = _insert("bookings.order_positions", _POSITION)
_SPREAD = """
UPDATE bookings.order_positions p SET occurrence_id = d.occurrence_id
FROM unnest($2::uuid[], $3::uuid[]) AS d(id, occurrence_id)
WHERE p.organizer_id = $1 AND p.id = d.id
"""
_UPDATE_PRICES = """
WITH total AS (
    UPDATE bookings.orders SET total_amount = $3, charges = $4::jsonb
    WHERE organizer_id = $1 AND id = $2)
UPDATE bookings.order_positions p
SET price_amount = n.price, tax_amount = n.tax, charges = n.charges
FROM unnest($5::uuid[], $6::bigint[], $7::bigint[], $8::jsonb[]) AS n(id, price, tax, charges)
WHERE p.organizer_id = $1 AND p.id = n.id
"""
_MARK_EXTRAS = """
UPDATE bookings.order_positions p
SET parent_id = m.parent_id, bundled = m.bundled, admits = m.admits, demanded = m.demanded
FROM unnest($2::uuid[], $3::uuid[], $4::boolean[], $5::boolean[], $6::jsonb[])
    AS m(id, parent_id, bundled, admits, demanded)
WHERE p.organizer_id = $1 AND p.id = m.id
"""


async def insert_orders(tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]) -> None:
    """Write new orders with their positions and, where confirmed, tickets."""
    if not orders:
        return
    tickets = [(order, ticket) for order in orders for ticket in order.tickets]
    await tx.connection.exec_driver_sql(
        _INSERT_ORDERS,
        (organizer_id, *_orders(orders), *_positions(orders), *_tickets(tickets)),
    )
    await _spread(tx, organizer_id, orders)


async def mark_extras(tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]) -> None:
    """Say of the new positions which of them come with others, and which admit nobody."""
    marked = [
        position
        for order in orders
        for position in order.positions
        if position.parent_id is not None or not position.admits
    ]
    if marked:
        await tx.connection.exec_driver_sql(
            _MARK_EXTRAS,
            (
                organizer_id,
                [position.id for position in marked],
                [position.parent_id for position in marked],
                [position.bundled for position in marked],
                [position.admits for position in marked],
                [_document(position.demanded) for position in marked],
            ),
        )


def _orders(orders: list[OrderSnapshot]) -> Arrays:
    return (
        [order.id for order in orders],
        [order.code for order in orders],
        [order.event_id for order in orders],
        [order.occurrence_id for order in orders],
        [order.status.value for order in orders],
        [order.payment_status.value for order in orders],
        [order.total.currency for order in orders],
        [order.total.amount for order in orders],
        [order.buyer_id for order in orders],
        [order.buyer.email if order.buyer else None for order in orders],
        [order.buyer.name if order.buyer else None for order in orders],
        [order.locale for order in orders],
        [order.hold_expires_at for order in orders],
        [order.created_at for order in orders],
        [order.confirmed_at for order in orders],
        [order.limited for order in orders],
        [_document(order.charges) for order in orders],
    )


def _positions(orders: list[OrderSnapshot]) -> Arrays:
    pairs = [(order.id, position) for order in orders for position in order.positions]
    return (
        [position.id for _, position in pairs],
        [order_id for order_id, _ in pairs],
        [position.number for _, position in pairs],
        [position.ticket_type_id for _, position in pairs],
        [position.ticket_type_name for _, position in pairs],
        [position.price.amount for _, position in pairs],
        [position.variation_id for _, position in pairs],
        [position.variation_name for _, position in pairs],
        [position.list_price.amount for _, position in pairs],
        [position.tax.amount for _, position in pairs],
        [_document(position.charges) for _, position in pairs],
        [position.seat.id if position.seat else None for _, position in pairs],
        [_printed(position.seat) if position.seat else None for _, position in pairs],
    )


def _tickets(pairs: list[tuple[OrderSnapshot, TicketSnapshot]]) -> Arrays:
    return (
        [ticket.id for _, ticket in pairs],
        [ticket.position_id for _, ticket in pairs],
        [order.id for order, _ in pairs],
        [order.event_id for order, _ in pairs],
        [ticket.occurrence_id or order.occurrence_id for order, ticket in pairs],
        [ticket.status.value for _, ticket in pairs],
    )


async def _spread(tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]) -> None:
    """Note the dates of positions that are not for their order's own; mostly there are none."""
    others = [one for order in orders for one in order.positions if one.occurrence_id]
    if others:
        dates = [one.occurrence_id for one in others]
        await tx.connection.exec_driver_sql(
            _SPREAD, (organizer_id, [one.id for one in others], dates)
        )


async def update_prices(tx: Transaction, order: OrderSnapshot) -> None:
    """Write what a locked order and its positions cost now."""
    await tx.connection.exec_driver_sql(
        _UPDATE_PRICES,
        (
            tx.tenant,
            order.id,
            order.total.amount,
            _document(order.charges),
            [position.id for position in order.positions],
            [position.price.amount for position in order.positions],
            [position.tax.amount for position in order.positions],
            [_document(position.charges) for position in order.positions],
        ),
    )


def _document(charges: msgspec.Struct | None) -> str | None:
    return None if charges is None else msgspec.json.encode(charges).decode()


def _printed(seat: ChosenSeat) -> str:
    """What the ticket says about the seat, as JSON."""
    printed = {name: getattr(seat, name) for name in ("section", "row", "number", "label")}
    return msgspec.json.encode(printed).decode()


async def insert_tickets(
    tx: Transaction, organizer_id: UUID, orders: list[tuple[OrderSnapshot, list[TicketSnapshot]]]
) -> None:
    """Write the tickets of orders that are confirmed in this transaction."""
    pairs = [(order, ticket) for order, tickets in orders for ticket in tickets]
    if not pairs:
        return
    await tx.connection.exec_driver_sql(_INSERT_TICKETS, (organizer_id, *_tickets(pairs)))


async def insert_positions(
    tx: Transaction, order: OrderSnapshot, added: list[PositionSnapshot]
) -> None:
    """Write positions, with their tickets, that are added to a confirmed order."""
    if not added:
        return
    part = msgspec.structs.replace(order, positions=added)
    await tx.connection.exec_driver_sql(_ADD_POSITIONS, (tx.tenant, *_positions([part])))
    await mark_extras(tx, tx.tenant, [part])
    tickets = [TicketSnapshot.first(one) for one in added if one.admits]
    await insert_tickets(tx, tx.tenant, [(order, tickets)])
