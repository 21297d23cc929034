"""Returns out of the database."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.returns.views import ReturnView
from boxoffice.services.bookings.rules import (
    OfferStands,
    ReturnNotFound,
    ReturnStands,
    ReturnStatus,
    TicketStatus,
    TransferStatus,
    shown_return,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Ticket
from boxoffice.services.bookings.tables_changes import Transfer
from boxoffice.services.bookings.tables_returns import TicketReturn
from boxoffice.services.bookings.views import full_name

_LOCK = """
SELECT id FROM bookings.returns WHERE organizer_id = $1 AND id = ANY($2::uuid[])
ORDER BY id FOR NO KEY UPDATE
"""


async def lock(tx: Transaction, ids: Collection[UUID]) -> list[tuple[TicketReturn, TicketStatus]]:
    """Lock these, then read them with their tickets' states. Quotas, orders and tickets, if
    needed, are locked before.
    """
    await tx.connection.exec_driver_sql(_LOCK, (tx.tenant, list(ids)))
    rows = await tx.session.execute(
        _with_tickets().where(TicketReturn.id.in_(ids)).order_by(TicketReturn.id)
        .where(TicketReturn.organizer_id == tx.organizer_id)
    )  # fmt: skip
    return [(row, TicketStatus(status)) for row, status in rows]


async def of_order(tx: Transaction, order_id: UUID) -> list[tuple[TicketReturn, TicketStatus]]:
    """All of an order's, oldest first."""
    rows = await tx.session.execute(
        _with_tickets().where(TicketReturn.order_id == order_id).order_by(TicketReturn.id)
        .where(TicketReturn.organizer_id == tx.organizer_id)
    )  # fmt: skip
    return [(row, TicketStatus(status)) for row, status in rows]


async def find(tx: Transaction, return_id: UUID) -> TicketReturn:
    """The return as it is now, or `ReturnNotFound`."""
    row = await tx.session.get(TicketReturn, (tx.tenant, return_id), populate_existing=True)
    if row is None:
        raise ReturnNotFound
    return row


async def check_kept(tx: Transaction, ticket_id: UUID, *, now: datetime) -> None:
    """`ReturnStands`, if the ticket is offered back; its row is locked."""
    row = await standing(tx, ticket_id)
    if row is not None and row.expires_at > now:
        raise ReturnStands(return_id=row.id)


async def check_unoffered(tx: Transaction, ticket_id: UUID, *, now: datetime) -> None:
    """`OfferStands`, if the ticket is offered to some other person; its row is locked."""
    found = await tx.session.scalar(
        select(Transfer.id)
        .where(Transfer.organizer_id == tx.organizer_id, Transfer.ticket_id == ticket_id)
        .where(Transfer.status == TransferStatus.OFFERED.value, Transfer.expires_at > now)
    )
    if found is not None:
        raise OfferStands(transfer_id=found)


async def offered_tickets(tx: Transaction, order_id: UUID, *, now: datetime) -> set[UUID]:
    """The order's tickets that are offered, back or to a person."""
    given = select(Transfer.ticket_id).where(
        Transfer.organizer_id == tx.organizer_id,
        Transfer.order_id == order_id,
        Transfer.status == TransferStatus.OFFERED.value,
        Transfer.expires_at > now,
    )
    back = select(TicketReturn.ticket_id).where(
        TicketReturn.organizer_id == tx.organizer_id,
        TicketReturn.order_id == order_id,
        TicketReturn.status == ReturnStatus.OFFERED.value,
        TicketReturn.expires_at > now,
    )
    return set(await tx.session.scalars(given.union(back)))


async def standing(tx: Transaction, ticket_id: UUID) -> TicketReturn | None:
    """The ticket's offer that nothing was written about, even if its time is over."""
    return await tx.session.scalar(
        select(TicketReturn)
        .where(TicketReturn.organizer_id == tx.organizer_id)
        .where(TicketReturn.ticket_id == ticket_id)
        .where(TicketReturn.status == ReturnStatus.OFFERED.value)
        .execution_options(populate_existing=True)
    )


def is_lost(row: TicketReturn, ticket: TicketStatus) -> bool:
    """Whether nobody can be given it. A ticket without a seat that was cancelled otherwise has made
    room for another one; what was somebody's seat may be anybody's then.
    """
    return ticket is TicketStatus.USED or (ticket is TicketStatus.VOID and row.seat_id is not None)


def view_of(
    row: TicketReturn,
    ticket: TicketStatus,
    order: OrderSnapshot,
    *,
    now: datetime,
    live: Collection[UUID] = (),
) -> ReturnView:
    """`live`: those of the holders that have claims now."""
    positions = [*order.positions, *order.cancelled]
    position = next(one for one in positions if one.id == row.position_id)
    status = shown_return(ReturnStatus(row.status), ticket, expires_at=row.expires_at, now=now)
    return ReturnView(
        id=row.id,
        ticket_id=row.ticket_id,
        ticket_number=position.number,
        ticket_name=full_name(position.ticket_type_name, position.variation_name),
        face_value=Money(amount=row.face_amount, currency=order.total.currency),
        status=status,
        promised=status is ReturnStatus.OFFERED and row.holder in live,
        expires_at=row.expires_at,
        created_at=row.created_at,
        settled_at=row.settled_at,
    )


def _with_tickets() -> Select[TicketReturn, str]:
    return (
        select(TicketReturn, Ticket.status)
        .join(
            Ticket,
            (Ticket.organizer_id == TicketReturn.organizer_id)
            & (Ticket.id == TicketReturn.ticket_id),
        )
        .execution_options(populate_existing=True)
    )
