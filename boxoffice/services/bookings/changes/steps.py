"""One batch of orders of a change: each is dealt with once, whoever else tries.

The orders' quotas are locked first, then the orders, then what was done before is read; so a rival
that was faster is seen, and capacity comes back exactly once.
"""

from collections.abc import Sequence
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings.changes import rows
from boxoffice.services.bookings.changes.policy import Step, cancelled, postponed
from boxoffice.services.bookings.facts import OrderDateCancelled, OrderDateMoved
from boxoffice.services.bookings.reading import lock_orders, read_orders
from boxoffice.services.bookings.rules import (
    DATE_CANCELLED,
    ORDER,
    REFUND,
    TICKET,
    OrderRefundStatus,
    TicketStatus,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import DateChange
from boxoffice.services.events.api import Stock
from boxoffice.services.payments.api import Payments

_MOVE = """
UPDATE bookings.orders o
SET status = c.status, refund_status = c.refund_status, hold_expires_at = NULL
FROM unnest($2::uuid[], $3::text[], $4::text[]) AS c(id, status, refund_status)
WHERE o.organizer_id = $1 AND o.id = c.id
"""
_VOID = """
UPDATE bookings.tickets SET status = 'void', void_reason = $3
WHERE organizer_id = $1 AND order_id = ANY($2::uuid[]) AND status = ANY($4)
"""
Decided = tuple[OrderSnapshot, Step]


class Steps:
    """Deals with orders."""

    def __init__(self, stock: Stock, payments: Payments) -> None:
        self._stock = stock
        self._payments = payments

    async def take(self, tx: Transaction, change: DateChange, order_ids: Sequence[UUID]) -> None:
        """Decide about these orders and write it all down; refunds are owed from then on."""
        await self._stock.standing(tx, order_ids)
        await lock_orders(tx, tx.tenant, sorted(order_ids))
        done = await rows.dealt_with(tx, change, order_ids)
        found = await read_orders(tx, tx.tenant, [one for one in order_ids if one not in done])
        decided = await self._decide(tx, change, list(found.values()))
        if change.kind == "cancel":
            await self._end(tx, decided)
        await rows.insert_steps(
            tx, change, [(order.id, _valid(order), step) for order, step in decided]
        )
        _tell(tx, change, decided)

    async def _decide(
        self, tx: Transaction, change: DateChange, orders: Sequence[OrderSnapshot]
    ) -> list[Decided]:
        if change.kind == "postpone":
            told = [(order, postponed(order.status)) for order in orders]
            return [(order, step) for order, step in told if step is not None]
        standings = await self._payments.standings(tx, tx.tenant, [order.id for order in orders])
        steps = [
            (
                order,
                cancelled(
                    rows.policy_of(change),
                    order.status,
                    kept=standings[order.id].kept.amount if order.id in standings else 0,
                    tickets=_valid(order),
                ),
            )
            for order in orders
        ]
        return [(order, step) for order, step in steps if step is not None]

    async def _end(self, tx: Transaction, decided: Sequence[Decided]) -> None:
        ids = [order.id for order, _ in decided]
        moved = [_moved(order, step) for order, step in decided]
        refunds = [_owed(order, step).value for order, step in decided]
        await self._stock.release(tx, ids)
        await tx.connection.exec_driver_sql(_MOVE, (tx.tenant, ids, moved, refunds))
        voidable = TICKET.sources(TicketStatus.VOID)
        await tx.connection.exec_driver_sql(_VOID, (tx.tenant, ids, DATE_CANCELLED, voidable))


def _moved(order: OrderSnapshot, step: Step) -> str:
    if step.status is not order.status:
        ORDER.move(order.status, step.status)
    return step.status.value


def _owed(order: OrderSnapshot, step: Step) -> OrderRefundStatus:
    """What is owed is promised from now on."""
    if not step.refund:
        return order.refund_status
    return REFUND.move(order.refund_status, OrderRefundStatus.PENDING)


def _valid(order: OrderSnapshot) -> int:
    return sum(ticket.status is not TicketStatus.VOID for ticket in order.tickets)


def _tell(tx: Transaction, change: DateChange, decided: Sequence[Decided]) -> None:
    facts = {"cancelled": OrderDateCancelled, "told": OrderDateMoved}
    tx.tell(
        *(
            facts[step.outcome](organizer_id=tx.tenant, order_id=order.id, date_change_id=change.id)
            for order, step in decided
            if step.outcome in facts
        )
    )
