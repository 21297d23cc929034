"""Tickets that were offered back and are promised to somebody at this moment."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.rules import ReturnPromised, ReturnStatus
from boxoffice.services.bookings.tables_returns import TicketReturn
from boxoffice.services.events.api import ReturnedPlaces


async def check_unpromised(tx: Transaction, places: ReturnedPlaces, row: TicketReturn) -> None:
    """`ReturnPromised`, while somebody is being offered it."""
    if row.holder is not None and await places.live(tx, [row.holder]):
        raise ReturnPromised(until=row.promised_until)


async def check_none_promised(
    tx: Transaction, places: ReturnedPlaces, position_ids: Collection[UUID]
) -> None:
    """`ReturnPromised`, if somebody would have one of these though it were cancelled: one without a
    seat. Their quotas are locked, under which they are promised.
    """
    rows = await tx.session.scalars(
        select(TicketReturn)
        .where(TicketReturn.organizer_id == tx.organizer_id)
        .where(TicketReturn.position_id.in_(position_ids))
        .where(TicketReturn.status == ReturnStatus.OFFERED.value)
        .where(TicketReturn.seat_id.is_(None))
        .order_by(TicketReturn.id)
        .execution_options(populate_existing=True)
    )
    for row in rows.all():
        await check_unpromised(tx, places, row)
