"""The work of a change: order by order, refund by refund, from wherever it stopped.

A worker takes the change on lease and says so again with every batch. If it dies, another takes
over after the lease; should both work for a while, each order and each refund still happens once.
"""

from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.changes import rows
from boxoffice.services.bookings.changes.policy import as_gift_card
from boxoffice.services.bookings.changes.steps import Steps
from boxoffice.services.bookings.tables import DateChange, DateChangeStep
from boxoffice.services.events.api import Schedule
from boxoffice.services.payments.api import (
    NothingToRefund,
    Payments,
    RefundStatus,
    RefundView,
    TooMuchToRefund,
)

log = structlog.get_logger(__name__)

BATCH = 50
_NOTE = "Refund of a cancelled date"
LEASE = timedelta(seconds=60)
_RUNNING = """
SELECT organizer_id, id FROM bookings.date_changes
WHERE status = 'running' AND (leased_until IS NULL OR leased_until <= clock_timestamp())
ORDER BY started_at LIMIT 100
"""
_LEASE = """
UPDATE bookings.date_changes SET leased_until = clock_timestamp() + $3
WHERE organizer_id = $1 AND id = $2 AND status = 'running'
  AND (leased_until IS NULL OR leased_until <= clock_timestamp())
RETURNING id
"""
_STILL = """
SELECT count(*)::int AS tickets FROM bookings.tickets
WHERE organizer_id = $1 AND occurrence_id = ANY($2::uuid[]) AND status <> 'void'
"""


class CountsDiffer(Exception):
    """Something of a cancelled date is left although all its orders are dealt with."""


class Running:
    """Carries changes through."""

    def __init__(self, db: Database, schedule: Schedule, payments: Payments, steps: Steps) -> None:
        self._db = db
        self._schedule = schedule
        self._payments = payments
        self._steps = steps

    async def resume(self) -> None:
        """Go on with changes that nobody works on."""
        async with self._db.begin_as_platform("find date changes to go on with") as tx:
            found = (await tx.connection.exec_driver_sql(_RUNNING)).all()
        for row in found:
            try:
                await self.run(row.organizer_id, row.id)
            except Exception:
                # The others need not wait for this one; the next round tries it again.
                log.exception("date_change_stuck", date_change_id=str(row.id))

    async def run(self, organizer_id: UUID, change_id: UUID) -> None:
        """All that is left of the change; nothing while another works on it."""
        async with self._db.begin(organizer_id) as tx:
            leased = await tx.connection.exec_driver_sql(_LEASE, (organizer_id, change_id, LEASE))
            if leased.first() is None:
                return
        try:
            while await self._take_batch(organizer_id, change_id):
                pass
            while await self._refund_batch(organizer_id, change_id):
                pass
            await self._finish(organizer_id, change_id)
        finally:
            await self._leave(organizer_id, change_id)

    async def _take_batch(self, organizer_id: UUID, change_id: UUID) -> bool:
        """The next orders; whether there were any."""

        async def attempt() -> bool:
            async with self._db.begin(organizer_id) as tx:
                change = await rows.find(tx, change_id)
                orders = await rows.next_orders(tx, change, BATCH)
                if orders:
                    await self._steps.take(tx, change, orders)
                    await _renew(tx, change_id)
                elif change.kind == "cancel":
                    await self._steps.end_changes(tx, change)
            return bool(orders)

        return await retried(attempt)

    async def _refund_batch(self, organizer_id: UUID, change_id: UUID) -> bool:
        """The next refunds that are owed; whether there were any."""
        async with self._db.begin(organizer_id) as tx:
            change = await rows.find(tx, change_id)
            owing = await _owing(tx, change_id)
            await _renew(tx, change_id)
        for step in owing:
            gone = await self._refund(organizer_id, change, step, step.refund_amount)
            async with self._db.begin(organizer_id) as tx:
                await _record(tx, step.id, gone)
        return bool(owing)

    async def _refund(
        self, organizer_id: UUID, change: DateChange, step: DateChangeStep, owed: int
    ) -> int:
        """Once per change and order, by its key; what goes back, less if we have less."""
        try:
            views = await self._give(organizer_id, change, step, owed)
        except TooMuchToRefund as refusal:
            left = int(refusal.facts["refundable"])
            log.warning("less_to_refund", order_id=str(step.order_id), left=left)
            return await self._refund(organizer_id, change, step, left) if left else 0
        except NothingToRefund:
            return 0
        return sum(one.amount.amount for one in views if one.status != RefundStatus.FAILED)

    async def _give(
        self, organizer_id: UUID, change: DateChange, step: DateChangeStep, owed: int
    ) -> list[RefundView]:
        """The way it came, or as a gift card."""
        key, amount = f"date_change:{change.id}", Money(amount=owed, currency=change.currency)
        if not as_gift_card(rows.policy_of(change).refund_as, step.outcome, owed):
            return await self._payments.refund(
                organizer_id, reference=step.order_id, amount=amount, key=key
            )
        return await self._payments.refund_as_gift_card(
            organizer_id, reference=step.order_id, amount=amount, key=key, note=_NOTE
        )

    async def _finish(self, organizer_id: UUID, change_id: UUID) -> None:
        """Count once more; only then it is done."""
        async with self._db.begin(organizer_id) as tx:
            change = await rows.find(tx, change_id)
            left = await self._left(tx, change)
            if any(left.values()):
                raise CountsDiffer(f"date change {change_id}: {left}")
            change.status, change.finished_at = "done", await tx.now()

    async def _left(self, tx: Transaction, change: DateChange) -> dict[str, int]:
        left = {
            "orders": len(await rows.next_orders(tx, change, BATCH)),
            "refunds": len(await _owing(tx, change.id)),
        }
        if change.kind == "cancel":
            tickets = await tx.connection.exec_driver_sql(
                _STILL, (tx.tenant, change.occurrence_ids)
            )
            left["tickets"] = tickets.scalar_one()
            left["units"] = await self._schedule.order_units(tx, change.occurrence_ids)
        return left

    async def _leave(self, organizer_id: UUID, change_id: UUID) -> None:
        async with self._db.begin(organizer_id) as tx:
            (await rows.find(tx, change_id)).leased_until = None


async def _owing(tx: Transaction, change_id: UUID) -> list[DateChangeStep]:
    step = DateChangeStep
    found = await tx.session.scalars(
        select(step)
        .where(
            step.organizer_id == tx.tenant,
            step.date_change_id == change_id,
            step.refund_amount > 0,
            step.refunded_amount.is_(None),
        )
        .order_by(step.id)
        .limit(BATCH)
    )
    return list(found)


async def _renew(tx: Transaction, change_id: UUID) -> None:
    change = await rows.find(tx, change_id)
    change.leased_until = await tx.now() + LEASE


async def _record(tx: Transaction, step_id: UUID, gone: int) -> None:
    step = DateChangeStep
    await tx.session.execute(
        update(step)
        .where(step.organizer_id == tx.tenant, step.id == step_id)
        .values(refunded_amount=gone)
    )
