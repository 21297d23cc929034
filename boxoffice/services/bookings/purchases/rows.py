"""Rows of purchases, and which orders are theirs."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.facts import PurchaseConfirmed
from boxoffice.services.bookings.rules import PurchaseNotFound, PurchaseStatus
from boxoffice.services.bookings.tables_purchases import Purchase, PurchaseOrder

_LOCK = """
SELECT id FROM bookings.purchases WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE
"""
_JOIN = """
INSERT INTO bookings.purchase_orders (organizer_id, id, purchase_id)
SELECT $1, o.id, $2 FROM unnest($3::uuid[]) AS o(id)
"""
_MARK = """
UPDATE bookings.orders
SET charges = CASE WHEN jsonb_typeof(charges) = 'object' THEN charges ELSE '{}' END
              || jsonb_build_object('purchase_id', $2::uuid)
WHERE organizer_id = $1 AND id = ANY($3::uuid[])
"""
_PART = """
DELETE FROM bookings.purchase_orders WHERE organizer_id = $1 AND id = $2
"""
_UNMARK = """
UPDATE bookings.orders SET charges = charges - 'purchase_id'
WHERE organizer_id = $1 AND id = $2
"""


async def find(tx: Transaction, purchase_id: UUID) -> Purchase:
    """The purchase as it is, or `PurchaseNotFound`."""
    row = await tx.session.scalar(
        select(Purchase)
        .where(Purchase.organizer_id == tx.tenant, Purchase.id == purchase_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise PurchaseNotFound
    return row


async def lock(tx: Transaction, purchase_id: UUID) -> Purchase:
    """The same, locked: before quotas and everything else, so that its orders stay the same."""
    await tx.connection.exec_driver_sql(_LOCK, (tx.tenant, purchase_id))
    return await find(tx, purchase_id)


async def order_ids(tx: Transaction, purchase_id: UUID) -> list[UUID]:
    """Its orders, in the order that they were opened in."""
    found = await tx.session.scalars(
        select(PurchaseOrder.id)
        .where(PurchaseOrder.organizer_id == tx.tenant, PurchaseOrder.purchase_id == purchase_id)
        .order_by(PurchaseOrder.id)
    )
    return list(found)


async def join(tx: Transaction, purchase_id: UUID, orders: Collection[UUID]) -> None:
    """These orders, new or locked, are the purchase's from now on."""
    ids = list(orders)
    await tx.session.flush()
    await tx.connection.exec_driver_sql(_JOIN, (tx.tenant, purchase_id, ids))
    await tx.connection.exec_driver_sql(_MARK, (tx.tenant, purchase_id, ids))


async def part(tx: Transaction, order_id: UUID) -> None:
    """The locked order belongs to no purchase any more."""
    await tx.connection.exec_driver_sql(_PART, (tx.tenant, order_id))
    await tx.connection.exec_driver_sql(_UNMARK, (tx.tenant, order_id))


async def settle(
    tx: Transaction, row: Purchase, status: PurchaseStatus, *, payment_id: UUID | None = None
) -> None:
    """It is over: confirmed, perhaps by that payment, or ended."""
    row.status, row.payment_id = status.value, payment_id
    row.settled_at = await tx.now()
    await tx.session.flush()
    if status is PurchaseStatus.CONFIRMED:
        tx.tell(PurchaseConfirmed(organizer_id=tx.tenant, purchase_id=row.id))
