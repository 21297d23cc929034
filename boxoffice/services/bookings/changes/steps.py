"""One batch of orders of a change: each is dealt with once, whoever else tries.

The orders' quotas are locked first, then the orders, then what was done before is read; so a rival
that was faster is seen, and capacity comes back exactly once.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.services.bookings import unpaid_changes
from boxoffice.services.bookings.cancelling import writing
from boxoffice.services.bookings.cancelling.figures import fees_kept, taken_away
from boxoffice.services.bookings.changes import applicants, rows
from boxoffice.services.bookings.changes.policy import (
    Share,
    Step,
    cancelled,
    postponed,
    share,
)
from boxoffice.services.bookings.facts import ApplicationMoved, OrderDateCancelled, OrderDateMoved
from boxoffice.services.bookings.reading import lock_orders, read_orders
from boxoffice.services.bookings.rules import (
    DATE_CANCELLED,
    ORDER,
    REFUND,
    TICKET,
    ApplicationStep,
    OrderRefundStatus,
    OrderStatus,
    TicketStatus,
    shown_status,
)
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import DateChange
from boxoffice.services.bookings.tender import Tender
from boxoffice.services.events.api import Schedule, Stock
from boxoffice.services.payments.api import Payments, Standing

_MOVE = """
UPDATE bookings.orders o
SET status = c.status, refund_status = c.refund_status, hold_expires_at = NULL
FROM unnest($2::uuid[], $3::text[], $4::text[]) AS c(id, status, refund_status)
WHERE o.organizer_id = $1 AND o.id = c.id
"""
_VOID = """
UPDATE bookings.tickets SET status = 'void', void_reason = $3
WHERE organizer_id = $1 AND order_id = ANY($2::uuid[]) AND status = ANY($4)
  AND (occurrence_id = ANY($5::uuid[]) OR order_id = ANY($6::uuid[]))
"""
Decided = tuple[OrderSnapshot, Step]


class Steps:
    """Deals with orders."""

    def __init__(
        self, stock: Stock, schedule: Schedule, payments: Payments, tender: Tender
    ) -> None:
        self._stock = stock
        self._schedule = schedule
        self._payments = payments
        self._tender = tender

    async def take(self, tx: Transaction, change: DateChange, order_ids: Sequence[UUID]) -> None:
        """Decide about these orders and write it all down; refunds are owed from then on."""
        waiting = await unpaid_changes.waiting(tx, order_ids) if change.kind == "cancel" else []
        await self._stock.standing(tx, [*order_ids, *waiting])
        await lock_orders(tx, tx.tenant, sorted(order_ids))
        done = await rows.dealt_with(tx, change, order_ids)
        found = await read_orders(tx, tx.tenant, [one for one in order_ids if one not in done])
        decided = await self._decide(tx, change, list(found.values()))
        dates = set(change.occurrence_ids)
        await rows.insert_steps(
            tx, change, [(order.id, _valid(order, dates), step) for order, step in decided]
        )
        if change.kind == "cancel":
            await unpaid_changes.end_waiting(
                tx, self._stock, [order.id for order, _ in decided], waiting
            )
            await self._end(tx, change, decided)
        else:
            waiting = [order for order, _ in decided if _waits(order)]
            await applicants.keep_waiting(tx, self._stock, self._schedule, waiting)
        _tell(tx, change, decided)

    async def end_changes(self, tx: Transaction, change: DateChange) -> None:
        """Dearer changes of other orders that want one of its dates are over."""
        wanting = await rows.wanting(tx, change)
        if wanting:
            await self._stock.standing(tx, list(wanting))
            await lock_orders(tx, tx.tenant, sorted(wanting.values()))
            await unpaid_changes.end_waiting(
                tx, self._stock, wanting.values(), list(wanting), lambda one: one.id in wanting
            )

    async def _decide(
        self, tx: Transaction, change: DateChange, orders: Sequence[OrderSnapshot]
    ) -> list[Decided]:
        if change.kind == "postpone":
            now = await tx.now()
            told = [(order, postponed(_shown(order, now))) for order in orders]
            return [(order, step) for order, step in told if step is not None]
        standings = await self._payments.standings(tx, tx.tenant, [order.id for order in orders])
        dates, policy = set(change.occurrence_ids), rows.policy_of(change)
        steps = [
            (order, cancelled(policy, order.status, _share(order, dates, standings)))
            for order in orders
        ]
        return [(order, step) for order, step in steps if step is not None]

    async def _end(self, tx: Transaction, change: DateChange, decided: Sequence[Decided]) -> None:
        """Orders that are for other dates as well lose these dates; the others end."""
        ids = [order.id for order, _ in decided]
        going_on = [one.id for one, step in decided if step.status is OrderStatus.CONFIRMED]
        over = [one for one in ids if one not in going_on]
        if over:
            await self._stock.release(tx, over)
            released = [order for order, step in decided if step.outcome == "released"]
            await self._tender.let_go(tx, released)
        if going_on:
            await self._schedule.release(tx, going_on, change.occurrence_ids)
        moved = [_moved(order, step) for order, step in decided]
        refunds = [_owed(order, step).value for order, step in decided]
        await tx.connection.exec_driver_sql(_MOVE, (tx.tenant, ids, moved, refunds))
        voidable = TICKET.sources(TicketStatus.VOID)
        await tx.connection.exec_driver_sql(
            _VOID, (tx.tenant, ids, DATE_CANCELLED, voidable, change.occurrence_ids, over)
        )
        dates, now = set(change.occurrence_ids), await tx.now()
        for order, step in decided:
            if order.id in going_on:
                await _take_away(tx, order, _concerned(order, dates), step, now=now)


async def _take_away(
    tx: Transaction, order: OrderSnapshot, gone: Collection[UUID], step: Step, *, now: datetime
) -> None:
    """These positions are cancelled, and the order costs what is left of it from now on."""
    if gone:
        writing.apply(order, taken_away(order, gone, refund=step.refund))
        await writing.write_order(tx, order, sorted(gone), now=now)


def _moved(order: OrderSnapshot, step: Step) -> str:
    if step.status is not order.status:
        ORDER.move(order.status, step.status)
    return step.status.value


def _owed(order: OrderSnapshot, step: Step) -> OrderRefundStatus:
    """What is owed is promised from now on."""
    if not step.refund:
        return order.refund_status
    return REFUND.move(order.refund_status, OrderRefundStatus.PENDING)


def _share(order: OrderSnapshot, dates: Collection[UUID], standings: dict[UUID, Standing]) -> Share:
    kept = standings[order.id].kept.amount if order.id in standings else 0
    if order.status is OrderStatus.CONFIRMED:
        # What was promised back for other dates may still be here.
        kept = min(kept, order.total.amount - fees_kept(order))
    concerned = _concerned(order, dates)
    return Share(
        tickets=_valid(order, dates),
        kept=share(
            kept=kept,
            whole=len(concerned) == len(order.positions),
            concerned=sum(one.price.amount for one in order.positions if one.id in concerned),
        ),
        remains=_remains(order, concerned),
    )


def _concerned(order: OrderSnapshot, dates: Collection[UUID]) -> set[UUID]:
    """The positions for these dates that stand."""
    return {
        one.id for one in order.positions if (one.occurrence_id or order.occurrence_id) in dates
    }


def _remains(order: OrderSnapshot, concerned: Collection[UUID]) -> bool:
    """Whether other positions stand: with a ticket that lets somebody in, or without any."""
    tickets = {ticket.position_id: ticket.status for ticket in order.tickets}
    return any(
        tickets.get(one.id) is not TicketStatus.VOID
        for one in order.positions
        if one.id not in concerned
    )


def _valid(order: OrderSnapshot, dates: Collection[UUID]) -> int:
    """The tickets for these dates that let anybody in."""
    return sum(
        ticket.status is not TicketStatus.VOID
        for ticket in order.tickets
        if (ticket.occurrence_id or order.occurrence_id) in dates
    )


def _shown(order: OrderSnapshot, now: datetime) -> OrderStatus:
    return shown_status(order.status, hold_expires_at=order.hold_expires_at, now=now)


def _waits(order: OrderSnapshot) -> bool:
    """Whether it was applied for: it waits for its approval, or is approved and to be paid."""
    waiting = {OrderStatus.AWAITING_APPROVAL, OrderStatus.AWAITING_PAYMENT}
    return order.needs_approval and order.status in waiting


_APPLICATION_STEPS = {"told": ApplicationStep.MOVED, "released": ApplicationStep.CANCELLED}


def _tell(tx: Transaction, change: DateChange, decided: Sequence[Decided]) -> None:
    facts = {"cancelled": OrderDateCancelled, "told": OrderDateMoved}
    tx.tell(
        *(
            facts[step.outcome](organizer_id=tx.tenant, order_id=order.id, date_change_id=change.id)
            for order, step in decided
            if step.outcome in facts and not _waits(order)
        ),
        *(
            ApplicationMoved(
                organizer_id=tx.tenant,
                order_id=order.id,
                step=_APPLICATION_STEPS[step.outcome],
                date_change_id=change.id,
            )
            for order, step in decided
            if step.outcome in _APPLICATION_STEPS and _waits(order)
        ),
    )
