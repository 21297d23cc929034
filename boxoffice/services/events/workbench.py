"""The one way to change an event: locked, audited, and what the public sees kept in step."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.facts import Fact
from boxoffice.services.events import discovery
from boxoffice.services.events.facts import EventChanged, EventPublished, EventUnpublished
from boxoffice.services.events.presenting import Presenter
from boxoffice.services.events.reading import WholeEvent, lock_event, read_event
from boxoffice.services.events.rules.lifecycle import EventCancelled, EventStatus
from boxoffice.services.events.shown import Shown
from boxoffice.services.events.tables import EventRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.users.api import OrganizerRef, Users


class Open:
    """An event being changed: its row is locked until the transaction ends."""

    def __init__(self, tx: Transaction, row: EventRow, actor: Actor) -> None:
        self.tx = tx
        self.row = row
        self.changed = False
        self._actor = actor

    def note(self, action: str, **changes: Any) -> None:
        """Something changed: put it into the audit log and let the public see it."""
        self.changed = True
        self.tx.audit(action, actor=self._actor, subject=f"event:{self.row.id}", changes=changes)

    async def whole(self) -> WholeEvent:
        """The event with all its parts, as it is now in this transaction."""
        await self.tx.session.flush()
        return await read_event(self.tx, self.row.id)


Edit = Callable[[Open], Awaitable[None]]


class Bench:
    """Runs edits. An edit that notes nothing changed nothing, and nobody is told."""

    def __init__(self, db: Database, users: Users, presenter: Presenter, shown: Shown) -> None:
        self.db = db
        self.users = users
        self.presenter = presenter
        self.shown = shown

    async def change(  # who changes what how, and under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        edit: Edit,
        *,
        once: IdempotencyKey | None = None,
        status: int = 200,
    ) -> ManagedEvent:
        """Run `edit` on the locked event in one transaction; the event as it is afterwards."""
        organizer = await self.users.organizer(organizer_id)
        async with self.db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, ManagedEvent)
            if replayed is not None:
                return replayed
            row = await lock_event(tx, event_id)
            whole = await self._edit(Open(tx, row, actor), edit, organizer)
            view = self.presenter.managed(whole, organizer, await tx.now())
            await tx.keep(once, view, status=status)
        self.shown.forget(organizer_id, event_id, row.slug)
        return view

    async def _edit(self, event: Open, edit: Edit, organizer: OrganizerRef) -> WholeEvent:
        before = event.row.status
        if before == EventStatus.CANCELLED:
            raise EventCancelled
        await edit(event)
        if not event.changed:
            return await event.whole()
        event.row.changed_at = await event.tx.now()
        whole = await event.whole()
        await show(event.tx, whole, organizer, before=before)
        return whole


async def show(tx: Transaction, whole: WholeEvent, organizer: OrganizerRef, *, before: str) -> None:
    """Bring public listings in step with the event, whose status was `before`, and report it."""
    event, ids = whole.event, {"organizer_id": organizer.id, "event_id": whole.event.id}
    if event.status == EventStatus.PUBLISHED:
        await discovery.publish(tx, [whole], organizer)
        fact: Fact = EventPublished(**ids) if before != event.status else EventChanged(**ids)
        tx.tell(fact)
    elif before == EventStatus.PUBLISHED:
        await discovery.withdraw(tx, event.id)
        tx.tell(EventUnpublished(**ids))
