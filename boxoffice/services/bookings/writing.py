"""Set-based writes of whole orders: as many statements for one as for hundreds.

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


def _insert(table: str, columns: Mapping[str, str]) -> str:
    """Insert rows that come as one array for each column, after the organizer."""
    arrays = (f"${number}::{kind}[]" for number, kind in enumerate(columns.values(), 2))
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
_INSERT_ORDERS = _insert("bookings.orders", _ORDER)
_INSERT_POSITIONS = _insert("bookings.order_positions", _POSITION)
# For other dates than their order's, or parts of a bundle, or add-ons.
_PART = {
    "occurrence_id": "uuid", "parent_id": "uuid", "bundled": "boolean", "admits": "boolean",
    "demanded": "jsonb",
}  # fmt: skip
_INSERT_PARTS = _insert("bookings.order_positions", _POSITION | _PART)
_INSERT_TICKETS = _insert("bookings.tickets", _TICKET)
_UPDATE_PRICES = """
WITH total AS (
    UPDATE bookings.orders SET total_amount = $3, charges = $4::jsonb
    WHERE organizer_id = $1 AND id = $2)
UPDATE bookings.order_positions p
SET price_amount = n.price, tax_amount = n.tax, charges = n.charges
FROM unnest($5::uuid[], $6::bigint[], $7::bigint[], $8::jsonb[]) AS n(id, price, tax, charges)
WHERE p.organizer_id = $1 AND p.id = n.id
"""


def insert_orders(tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]) -> None:
    """Write new orders with their positions and, where confirmed, tickets."""
    if not orders:
        return
    tx.write(_INSERT_ORDERS, organizer_id, *_orders(orders))
    _insert_positions(tx, organizer_id, orders)
    insert_tickets(tx, organizer_id, [(order, order.tickets) for order in orders])


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


def insert_tickets(
    tx: Transaction, organizer_id: UUID, orders: list[tuple[OrderSnapshot, list[TicketSnapshot]]]
) -> None:
    """Write the tickets of orders that are confirmed in this transaction."""
    if pairs := [(order, ticket) for order, tickets in orders for ticket in tickets]:
        tx.write(_INSERT_TICKETS, organizer_id, *_tickets(pairs))


def insert_positions(tx: Transaction, order: OrderSnapshot, added: list[PositionSnapshot]) -> None:
    """Write positions, with their tickets, that are added to a confirmed order."""
    if not added:
        return
    _insert_positions(tx, tx.tenant, [msgspec.structs.replace(order, positions=added)])
    tickets = [TicketSnapshot.first(one) for one in added if one.admits]
    insert_tickets(tx, tx.tenant, [(order, tickets)])


def _insert_positions(tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]) -> None:
    """Most are for their order's own date and come with nothing: their rows say nothing of it."""
    positions = [one for order in orders for one in order.positions]
    if any(one.occurrence_id or one.parent_id or not one.admits for one in positions):
        tx.write(_INSERT_PARTS, organizer_id, *_positions(orders), *_parts(positions))
    else:
        tx.write(_INSERT_POSITIONS, organizer_id, *_positions(orders))


def _parts(positions: list[PositionSnapshot]) -> Arrays:
    return (
        [one.occurrence_id for one in positions],
        [one.parent_id for one in positions],
        [one.bundled for one in positions],
        [one.admits for one in positions],
        [_document(one.demanded) for one in positions],
    )
