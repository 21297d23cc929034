"""Transfers out of the database, under the locks they are decided on."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.reading import lock_orders, lock_tickets, read_order
from boxoffice.services.bookings.rules import (
    TransferNotFound,
    TransferStatus,
    shown_transfer,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot, TicketSnapshot
from boxoffice.services.bookings.tables_changes import Transfer
from boxoffice.services.bookings.transfers.views import TransferView
from boxoffice.services.bookings.views import full_name


class Locked(msgspec.Struct, frozen=True, kw_only=True):
    """An order and its tickets, locked, and the time that is decided at."""

    order: OrderSnapshot
    now: datetime

    def ticket(self, ticket_id: UUID) -> TicketSnapshot:
        """One of its tickets that stand; `TransferNotFound` for any other."""
        found = next((one for one in self.order.tickets if one.id == ticket_id), None)
        if found is None:
            raise TransferNotFound
        return found


async def lock_all(tx: Transaction, order_id: UUID) -> Locked:
    """The order, then its tickets: cancelling locks both, a scan the tickets."""
    await lock_orders(tx, tx.tenant, [order_id])
    await lock_tickets(tx, [order_id])
    return Locked(order=await read_order(tx, tx.tenant, order_id), now=await tx.now())


async def find(tx: Transaction, transfer_id: UUID) -> Transfer:
    """The transfer as it is now; `TransferNotFound` without one."""
    row = await tx.session.get(Transfer, (tx.tenant, transfer_id), populate_existing=True)
    if row is None:
        raise TransferNotFound
    return row


async def of_order(tx: Transaction, order_id: UUID) -> list[Transfer]:
    """All of an order's, oldest first."""
    rows = await tx.session.scalars(
        select(Transfer)
        .where(Transfer.organizer_id == tx.organizer_id, Transfer.order_id == order_id)
        .order_by(Transfer.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def standing_offer(tx: Transaction, ticket_id: UUID) -> Transfer | None:
    """The ticket's offer that nobody has answered, even if its time is over."""
    return await tx.session.scalar(
        select(Transfer)
        .where(Transfer.organizer_id == tx.organizer_id, Transfer.ticket_id == ticket_id)
        .where(Transfer.status == TransferStatus.OFFERED.value)
        .execution_options(populate_existing=True)
    )


def view_of(row: Transfer, order: OrderSnapshot, *, now: datetime) -> TransferView:
    number, name = _named(row, order)
    return TransferView(
        id=row.id,
        ticket_id=row.ticket_id,
        ticket_number=number,
        ticket_name=name,
        from_name=row.from_name,
        from_email=row.from_email,
        to_email=row.to_email,
        to_name=row.to_name,
        message=row.message,
        status=shown_transfer(TransferStatus(row.status), expires_at=row.expires_at, now=now),
        expires_at=row.expires_at,
        created_at=row.created_at,
        settled_at=row.settled_at,
    )


def _named(row: Transfer, order: OrderSnapshot) -> tuple[int, str]:
    ticket = next((one for one in order.tickets if one.id == row.ticket_id), None)
    if ticket is None:
        return 0, "Cancelled ticket"
    return ticket.number, full_name(ticket.ticket_type_name, ticket.variation_name)
