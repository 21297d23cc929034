"""Set-based writes of whole orders: one statement, however many."""

from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.events.api import ChosenSeat

_INSERT_ORDERS = """
INSERT INTO bookings.orders
    (organizer_id, id, code, event_id, occurrence_id, status, payment_status, currency,
     total_amount, buyer_id, buyer_email, buyer_name, locale, hold_expires_at,
     created_at, confirmed_at, limited, charges)
SELECT $1, o.* FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
    $8::text[], $9::bigint[], $10::uuid[], $11::text[], $12::text[], $13::text[],
    $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::boolean[],
    $18::jsonb[]) AS o
"""
_INSERT_POSITIONS = """
INSERT INTO bookings.order_positions
    (organizer_id, id, order_id, number, ticket_type_id, ticket_type_name, price_amount,
     variation_id, variation_name, list_amount, tax_amount, charges, seat_id, seat)
SELECT $1, p.* FROM unnest(
    $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::bigint[], $8::uuid[], $9::text[],
    $10::bigint[], $11::bigint[], $12::jsonb[], $13::uuid[], $14::jsonb[]) AS p
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
_INSERT_TICKETS = """
INSERT INTO bookings.tickets
    (organizer_id, id, position_id, order_id, event_id, occurrence_id, status)
SELECT $1, t.* FROM unnest(
    $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[]) AS t
"""


async def insert_orders(tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]) -> None:
    """Write new orders with their positions and, where confirmed, tickets."""
    if not orders:
        return
    await tx.connection.exec_driver_sql(
        _INSERT_ORDERS,
        (
            organizer_id,
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
        ),
    )
    await _insert_positions(tx, organizer_id, orders)
    await insert_tickets(tx, organizer_id, [(order, order.tickets) for order in orders])


async def _insert_positions(
    tx: Transaction, organizer_id: UUID, orders: list[OrderSnapshot]
) -> None:
    pairs = [(order.id, position) for order in orders for position in order.positions]
    await tx.connection.exec_driver_sql(
        _INSERT_POSITIONS,
        (
            organizer_id,
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
        ),
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
    await tx.connection.exec_driver_sql(
        _INSERT_TICKETS,
        (
            organizer_id,
            [ticket.id for _, ticket in pairs],
            [ticket.position_id for _, ticket in pairs],
            [order.id for order, _ in pairs],
            [order.event_id for order, _ in pairs],
            [order.occurrence_id for order, _ in pairs],
            [ticket.status.value for _, ticket in pairs],
        ),
    )
