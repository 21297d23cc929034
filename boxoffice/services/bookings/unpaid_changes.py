"""Changes that wait for their payment when their order becomes another one: they are over, and what
they hold is free, in the transaction of whoever changes the order.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Select, select

from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import RetryBatch
from boxoffice.kernel.actors import SYSTEM
from boxoffice.services.bookings.rules import CHANGE, ChangeStatus, ChangeWaits
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables_order_changes import OrderChange
from boxoffice.services.events.api import Stock

Concerns = Callable[[OrderChange], bool]


class _Ticket(msgspec.Struct, frozen=True):
    position_id: UUID


class _Added(msgspec.Struct, frozen=True):
    parent_id: UUID | None = None


class _Wish(msgspec.Struct, frozen=True):
    """What a `changing.wishes.ChangeWish` says about positions that there are."""

    tickets: tuple[_Ticket, ...] = ()
    added: tuple[_Added, ...] = ()
    removed: tuple[UUID, ...] = ()


async def waiting(tx: Transaction, order_ids: Collection[UUID]) -> list[UUID]:
    """The changes of these orders that wait, to be locked with the orders' own stock."""
    found = await tx.session.scalars(_waiting(tx, order_ids))
    return [row.id for row in found]


async def end_waiting(
    tx: Transaction,
    stock: Stock,
    order_ids: Collection[UUID],
    held: Collection[UUID],
    concerns: Concerns = lambda _: True,
) -> None:
    """End those of these locked orders that it concerns. `held` are the changes whose stock was
    locked before the orders; `RetryBatch` if one has come since.
    """
    found = await tx.session.scalars(
        _waiting(tx, order_ids)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    over = [row for row in found if concerns(row)]
    if not {row.id for row in over} <= set(held):
        raise RetryBatch("a change has begun to wait")
    if not over:
        return
    now = await tx.now()
    for row in over:
        row.status = CHANGE.move(ChangeStatus(row.status), ChangeStatus.WITHDRAWN).value
        row.settled_at = now
        tx.audit(
            "order.change_withdrawn",
            actor=SYSTEM,
            subject=f"order:{row.order_id}",
            changes={"change": str(row.id), "because": "The order has become another one."},
        )
    await tx.session.flush()
    await stock.release(tx, [row.id for row in over])


async def check_untouched(
    tx: Transaction, order: OrderSnapshot, position_id: UUID, *, now: datetime
) -> None:
    """`ChangeWaits`, if a change of that ticket of the locked order, or of what comes with it,
    waits for its payment.
    """
    for row in await standing(tx, order.id, now=now):
        if touches(row, with_its_own(order, position_id)):
            raise ChangeWaits(change_id=row.id)


async def standing(tx: Transaction, order_id: UUID, *, now: datetime) -> list[OrderChange]:
    """The order's changes that can still be paid in time."""
    found = await tx.session.scalars(_waiting(tx, [order_id]))
    return [row for row in found if row.expires_at > now]


def with_its_own(order: OrderSnapshot, position_id: UUID) -> set[UUID]:
    """A position and those that come with it."""
    return {position_id, *(one.id for one in order.positions if one.parent_id == position_id)}


def touches(change: OrderChange, positions: Collection[UUID]) -> bool:
    """Whether it is about one of these."""
    wish = msgspec.convert(change.wish, _Wish)
    named = {one.position_id for one in wish.tickets} | {*wish.removed}
    named |= {one.parent_id for one in wish.added if one.parent_id}
    return not named.isdisjoint(positions)


def _waiting(tx: Transaction, order_ids: Collection[UUID]) -> Select[OrderChange]:
    return (
        select(OrderChange)
        .where(
            OrderChange.organizer_id == tx.organizer_id,
            OrderChange.order_id.in_(order_ids),
            OrderChange.status == ChangeStatus.AWAITING_PAYMENT.value,
        )
        .order_by(OrderChange.id)
    )
