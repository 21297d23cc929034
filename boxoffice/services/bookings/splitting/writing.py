"""Writing two orders where there was one; tickets, answers and their history follow."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import update

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.changing.moving import write_dates
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.splitting.parting import Parted
from boxoffice.services.bookings.tables import Order
from boxoffice.services.bookings.writing import update_prices
from boxoffice.services.payments.api import PartView

_POSITIONS = """
UPDATE bookings.order_positions p SET order_id = $2, number = n.number
FROM unnest($3::uuid[], $4::int[]) AS n(id, number)
WHERE p.organizer_id = $1 AND p.id = n.id
"""
_TICKETS = """
UPDATE bookings.tickets SET order_id = $2
WHERE organizer_id = $1 AND position_id = ANY($3::uuid[])
"""
_ANSWERS = """
WITH moved AS (
    UPDATE bookings.answers SET order_id = $2
    WHERE organizer_id = $1 AND position_id = ANY($3::uuid[]) RETURNING file_id)
UPDATE bookings.answer_files f SET order_id = $2
FROM moved WHERE f.organizer_id = $1 AND f.id = moved.file_id
"""
_GIVEN_ON = """
UPDATE bookings.transfers SET order_id = $2
WHERE organizer_id = $1 AND ticket_id = ANY($3::uuid[])
"""
_RETURNED = """
UPDATE bookings.returns SET order_id = $2
WHERE organizer_id = $1 AND ticket_id = ANY($3::uuid[])
"""


async def write(tx: Transaction, both: Parted) -> None:
    """The locked order and its locked tickets as they are in memory; money is written apart."""
    stays, goes = both
    tx.session.add(_row(tx, goes))
    await tx.session.flush()
    run = tx.connection.exec_driver_sql
    positions = [one.id for one in goes.positions]
    numbers = [one.number for one in goes.positions]
    await run(_POSITIONS, (tx.tenant, goes.id, positions, numbers))
    for moved in (_TICKETS, _ANSWERS):
        await run(moved, (tx.tenant, goes.id, positions))
    tickets = [one.id for one in goes.tickets]
    for moved in (_GIVEN_ON, _RETURNED):
        await run(moved, (tx.tenant, goes.id, tickets))
    for order in (stays, goes):
        await write_dates(tx, order)
        await update_prices(tx, order)


def _row(tx: Transaction, order: OrderSnapshot) -> Order:
    return Order(
        organizer_id=tx.tenant,
        id=order.id,
        code=order.code,
        event_id=order.event_id,
        occurrence_id=order.occurrence_id,
        status=order.status.value,
        payment_status=order.payment_status.value,
        payment_id=order.payment_id,
        currency=order.total.currency,
        total_amount=order.total.amount,
        charges=msgspec.to_builtins(order.charges, str_keys=True),
        buyer_id=order.buyer_id,
        buyer_email=order.buyer.email if order.buyer else None,
        buyer_name=order.buyer.name if order.buyer else None,
        locale=order.locale,
        limited=order.limited,
        created_at=order.created_at,
        confirmed_at=order.confirmed_at,
    )


async def write_money(tx: Transaction, both: Parted, parts: Sequence[PartView]) -> None:
    """What of the order's payments is the new one's, and which gift cards pay for which."""
    stays, goes = both
    paid = [part.id for part in parts if part.gift_card_id is None]
    goes.payment_id = paid[0] if paid else None
    for order in (stays, goes):
        await tx.session.execute(
            update(Order)
            .where(Order.organizer_id == tx.organizer_id, Order.id == order.id)
            .values(
                payment_id=order.payment_id,
                charges=msgspec.to_builtins(order.charges, str_keys=True),
            )
            .execution_options(synchronize_session=False)
        )
