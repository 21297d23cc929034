"""What was split: kept so that each order can name the other."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import or_, select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.persons import person_of
from boxoffice.services.bookings.reading import read_orders
from boxoffice.services.bookings.rules import OrderNotFound
from boxoffice.services.bookings.splitting.parting import Parted
from boxoffice.services.bookings.splitting.views import (
    SplitMadeView,
    SplitNews,
    SplitPreviewView,
    SplitTicket,
)
from boxoffice.services.bookings.tables import Order
from boxoffice.services.bookings.tables_splits import Split


def record(
    organizer_id: UUID, both: Parted, made: SplitPreviewView, because: str, *, now: datetime
) -> Split:
    """The row that keeps what was done."""
    tickets = [SplitTicket(number=one.number, name=one.name) for one in made.tickets]
    return Split(
        organizer_id=organizer_id,
        id=new_id(),
        order_id=both.stays.id,
        new_order_id=both.goes.id,
        because=because,
        tickets=msgspec.to_builtins(tickets),
        currency=made.new_total.currency,
        total_amount=made.new_total.amount,
        paid_amount=made.paid.amount,
        created_at=now,
    )


async def of(tx: Transaction, order_id: UUID) -> list[SplitMadeView]:
    """Where tickets of the order went and came from, oldest first."""
    found = await tx.session.execute(
        select(Split, Order.code)
        .join(Order, (Order.organizer_id == Split.organizer_id) & _is_other(order_id))
        .where(
            Split.organizer_id == tx.tenant,
            or_(Split.order_id == order_id, Split.new_order_id == order_id),
        )
        .order_by(Split.id)
    )
    return [_view(row, code, order_id) for row, code in found]


async def news(tx: Transaction, split_id: UUID) -> SplitNews:
    """A split and both of its orders as they are now, for whoever tells people of it."""
    row = await tx.session.get(Split, (tx.tenant, split_id))
    if row is None:
        raise OrderNotFound
    orders = await read_orders(tx, tx.tenant, [row.order_id, row.new_order_id])
    old, new = orders[row.order_id], orders[row.new_order_id]
    buyers = {person_of(one.buyer.email) for one in (old, new) if one.buyer}
    return SplitNews(
        order_id=old.id,
        code=old.code,
        new_order_id=new.id,
        new_code=new.code,
        tickets=msgspec.convert(row.tickets, list[SplitTicket]),
        same_buyer=len(buyers) == 1,
    )


def _is_other(order_id: UUID) -> Any:
    """The order of the split that is not this one."""
    return or_(
        (Split.order_id == order_id) & (Order.id == Split.new_order_id),
        (Split.new_order_id == order_id) & (Order.id == Split.order_id),
    )


def _view(row: Split, code: str, order_id: UUID) -> SplitMadeView:
    went = row.order_id == order_id
    return SplitMadeView(
        id=row.id,
        moved="into" if went else "out_of",
        other_order_id=row.new_order_id if went else row.order_id,
        other_code=code,
        tickets=msgspec.convert(row.tickets, list[SplitTicket]),
        total=Money(amount=row.total_amount, currency=row.currency),
        paid=Money(amount=row.paid_amount, currency=row.currency),
        because=row.because,
        created_at=row.created_at,
    )
