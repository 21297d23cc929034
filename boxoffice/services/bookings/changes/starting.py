"""Cancelling and postponing begin here: looked at first, then decided once.

The decision stops the sale and puts the work for the orders down, in one transaction. Nobody takes
it back: a cancelled date stays cancelled, whether or not a refund has left already.
"""

from collections.abc import Awaitable, Callable, Collection
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.changes import rows
from boxoffice.services.bookings.changes.policy import Policy
from boxoffice.services.bookings.changes.previewing import preview
from boxoffice.services.bookings.changes.views import ChangePreview, DateChangeView
from boxoffice.services.bookings.facts import DateChangeStarted
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.tables import DateChange
from boxoffice.services.events.api import Dated, DateTimes, Schedule
from boxoffice.services.payments.api import Payments

_NOTHING_BACK = Policy(refund="none")
Change = Callable[[Transaction], Awaitable[Dated]]


class Changes:
    """Cancels and postpones dates for those who may change both events and orders."""

    def __init__(self, db: Database, schedule: Schedule, payments: Payments) -> None:
        self._db = db
        self._schedule = schedule
        self._payments = payments

    async def preview(
        self,
        organizer_id: UUID,
        event_id: UUID,
        occurrence_ids: Collection[UUID] | None,
        policy: Policy,
    ) -> ChangePreview:
        """What cancelling would mean now; nothing is changed."""
        async with self._db.begin(organizer_id) as tx:
            dated = await self._schedule.look(tx, event_id, occurrence_ids)
            return await preview(tx, self._payments, dated, policy)

    async def cancel(  # noqa: PLR0913  # the decision's parts, all by name
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        *,
        occurrence_ids: Collection[UUID] | None,
        policy: Policy,
        message: str,
        once: IdempotencyKey | None,
    ) -> DateChangeView:
        """Stop the sale for these dates (None: the whole event) and begin to refund and to tell."""

        async def change(tx: Transaction) -> Dated:
            return await self._schedule.cancel(tx, actor, event_id, occurrence_ids)

        begun = _begun("cancel", policy, message)
        return await self._start(actor, organizer_id, change, begun, once)

    async def postpone(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        *,
        times: DateTimes,
        message: str,
        once: IdempotencyKey | None,
    ) -> DateChangeView:
        """Move the dates and begin to tell everybody with a ticket; tickets stay valid."""

        async def change(tx: Transaction) -> Dated:
            return await self._schedule.postpone(tx, actor, event_id, times)

        begun = _begun("postpone", _NOTHING_BACK, message)
        return await self._start(actor, organizer_id, change, begun, once)

    async def list(self, organizer_id: UUID, event_id: UUID) -> list[DateChangeView]:
        """The event's changes, the newest first."""
        async with self._db.begin(organizer_id) as tx:
            return [await rows.view(tx, change) for change in await rows.of_event(tx, event_id)]

    async def get(self, organizer_id: UUID, event_id: UUID, change_id: UUID) -> DateChangeView:
        """How far one of them is, or `NotFound`."""
        async with self._db.begin(organizer_id) as tx:
            return await rows.view(tx, await rows.find(tx, change_id, event_id))

    async def _start(
        self,
        actor: Actor,
        organizer_id: UUID,
        change: Change,
        begun: DateChange,
        once: IdempotencyKey | None,
    ) -> DateChangeView:
        actor.demand(Permission.EVENTS_WRITE, organizer_id)
        async with self._db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, DateChangeView)
            if replayed is not None:
                return replayed
            dated = await change(tx)
            await _write(tx, begun, dated, actor)
            tx.tell(DateChangeStarted(organizer_id=organizer_id, date_change_id=begun.id))
            view = await tx.keep(once, await rows.view(tx, begun), status=202)
        self._schedule.forget(organizer_id, dated)
        return view


def _begun(kind: str, policy: Policy, message: str) -> DateChange:
    return DateChange(
        id=new_id(),
        kind=kind,
        refund=policy.refund,
        refund_as=policy.refund_as,
        keep_percent=policy.keep_percent,
        keep_per_ticket=policy.keep_per_ticket,
        message=checked_message(message, pointer="/message"),
    )


async def _write(tx: Transaction, begun: DateChange, dated: Dated, actor: Actor) -> None:
    begun.organizer_id = tx.tenant
    begun.event_id, begun.currency = dated.event_id, dated.currency
    begun.occurrence_ids, begun.whole_event = dated.occurrence_ids, dated.whole_event
    begun.orders = await rows.count_orders(tx, dated, begun.kind)
    begun.started_by, begun.started_at = actor.label, await tx.now()
    begun.status, begun.finished_at = "running", None
    tx.session.add(begun)
    await tx.session.flush()
