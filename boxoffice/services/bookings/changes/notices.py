"""What a buyer is told about a date that was cancelled or postponed."""

from uuid import UUID

from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.changes import rows
from boxoffice.services.bookings.changes.views import DateNotice
from boxoffice.services.bookings.tables import DateChange, DateChangeStep
from boxoffice.services.bookings.tickets import Tickets
from boxoffice.services.bookings.transfers.holders import Holders


class Notices:
    """Reads what a mail is made of."""

    def __init__(self, db: Database, tickets: Tickets, holders: Holders) -> None:
        self._db = db
        self._tickets = tickets
        self._holders = holders

    async def of(
        self, organizer_id: UUID, order_id: UUID, date_change_id: UUID
    ) -> DateNotice | None:
        """For this order and change; None if nobody can be told."""
        async with self._db.begin(organizer_id) as tx:
            change = await rows.find(tx, date_change_id)
            refund = await _refund(tx, change, order_id)
            policy = rows.policy_of(change)
            dates = await rows.dates_of(tx, change, order_id)
        found = await self._tickets.notice(organizer_id, order_id, dates)
        if found.order.buyer is None:
            return None
        paid = not found.order.total.is_zero or not refund.is_zero
        return DateNotice(
            order=found.order,
            document=found.document,
            message=change.message,
            refund=refund if paid else None,
            as_gift_card=policy.refund_as == "gift_card",
            holders=tuple(await self._holders.of(organizer_id, order_id, dates=dates)),
        )

    async def message(self, organizer_id: UUID, date_change_id: UUID) -> str:
        """What the organizer says about the change."""
        async with self._db.begin(organizer_id) as tx:
            return (await rows.find(tx, date_change_id)).message


async def _refund(tx: Transaction, change: DateChange, order_id: UUID) -> Money:
    step = DateChangeStep
    amount = await tx.session.scalar(
        select(step.refund_amount).where(
            step.organizer_id == tx.tenant,
            step.date_change_id == change.id,
            step.order_id == order_id,
        )
    )
    return Money(amount=amount or 0, currency=change.currency)
