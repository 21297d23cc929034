"""Rows of changes that wait, or waited, for their payment."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Select, select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.changing.wishes import (
    CardPartView,
    ChangePreviewView,
    ChangeView,
    ChangeWish,
)
from boxoffice.services.bookings.rules import (
    CHANGE,
    ChangeNotFound,
    ChangeStatus,
    ChangeWaits,
    shown_change,
)
from boxoffice.services.bookings.tables_order_changes import OrderChange
from boxoffice.services.events.api import Stock
from boxoffice.services.payments.api import CardPart


async def lock(tx: Transaction, order_id: UUID, change_id: UUID) -> OrderChange:
    """That change of that order, locked; the order is locked before. `ChangeNotFound` for none."""
    row = await tx.session.scalar(
        _of(tx, order_id)
        .where(OrderChange.id == change_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise ChangeNotFound
    return row


async def find(tx: Transaction, order_id: UUID, change_id: UUID) -> OrderChange:
    """The same, as it is. `ChangeNotFound` for none."""
    row = await tx.session.scalar(_of(tx, order_id).where(OrderChange.id == change_id))
    if row is None:
        raise ChangeNotFound
    return row


async def of_order(tx: Transaction, order_id: UUID) -> Sequence[OrderChange]:
    """All of the order's, newest first."""
    found = await tx.session.scalars(_of(tx, order_id).order_by(OrderChange.id.desc()))
    return found.all()


async def check_none_waits(tx: Transaction, stock: Stock, order_id: UUID) -> None:
    """`ChangeWaits` while one of the locked order's waits; one whose time is over is expired, and
    what it held is free. Its stock is locked before the order.
    """
    row = await tx.session.scalar(
        _of(tx, order_id)
        .where(OrderChange.status == ChangeStatus.AWAITING_PAYMENT.value)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return
    now = await tx.now()
    if row.expires_at > now:
        raise ChangeWaits(change_id=row.id)
    move(row, ChangeStatus.EXPIRED)
    row.settled_at = now
    await tx.session.flush()
    await stock.release(tx, [row.id])


def move(row: OrderChange, status: ChangeStatus) -> None:
    """To that state, if the table allows it."""
    row.status = CHANGE.move(ChangeStatus(row.status), status).value


def wish_of(row: OrderChange) -> ChangeWish:
    return msgspec.convert(row.wish, ChangeWish)


def tender_of(row: OrderChange) -> tuple[CardPart, ...]:
    """What gift cards are to pay of it."""
    return msgspec.convert(row.tender, tuple[CardPart, ...])


def rest_of(row: OrderChange) -> Money:
    """What no gift card pays."""
    paid = sum(part.amount for part in tender_of(row))
    return Money(amount=row.due_amount - paid, currency=row.currency)


def view(row: OrderChange, *, now: datetime) -> ChangeView:
    """As its order's page shows it."""
    return ChangeView(
        id=row.id,
        status=shown_change(ChangeStatus(row.status), expires_at=row.expires_at, now=now),
        by="buyer" if row.by == "buyer" else "staff",
        settled=row.settled,
        due=Money(amount=row.due_amount, currency=row.currency),
        still_due=rest_of(row),
        gift_cards=[
            CardPartView(
                gift_card_id=part.gift_card_id,
                code_end=part.code_end,
                amount=Money(amount=part.amount, currency=row.currency),
            )
            for part in tender_of(row)
        ],
        change=msgspec.convert(row.change, ChangePreviewView),
        expires_at=row.expires_at,
        created_at=row.created_at,
    )


def _of(tx: Transaction, order_id: UUID) -> Select[OrderChange]:
    return select(OrderChange).where(
        OrderChange.organizer_id == tx.organizer_id, OrderChange.order_id == order_id
    )
