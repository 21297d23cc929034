"""Publishing: from a draft to a page that everybody can open, and back."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Conflict
from boxoffice.services.events import presenting
from boxoffice.services.events.checklist_views import ChecklistView
from boxoffice.services.events.reading import read_event
from boxoffice.services.events.rules.checklist import blockers, checklist
from boxoffice.services.events.rules.lifecycle import EventStatus, move
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open


class NotReady(Conflict):
    code = "not_ready"
    message = "The event cannot be published yet; each blocker says what is missing and where."


class Publishing:
    """The checklist, publishing and taking down. Repeating either changes nothing."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def checklist(self, organizer_id: UUID, event_id: UUID) -> ChecklistView:
        """What stands between the event and its page."""
        organizer = await self._bench.users.organizer(organizer_id)
        async with self._bench.db.begin(organizer_id) as tx:
            whole = await read_event(tx, event_id)
            items = checklist(presenting.event_facts(whole), now=await tx.now())
        return presenting.checklist_view(whole, items, organizer)

    async def publish(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Show the event to everybody, or `NotReady` with its blockers."""
        organizer = await self._bench.users.organizer(organizer_id)

        async def edit(event: Open) -> None:
            if event.row.status == EventStatus.PUBLISHED:
                return
            whole, now = await event.whole(), await event.tx.now()
            missing = blockers(checklist(presenting.event_facts(whole), now=now))
            if missing:
                view = presenting.checklist_view(whole, missing, organizer)
                raise NotReady(blockers=view.items)
            event.row.status = move(EventStatus(event.row.status), EventStatus.PUBLISHED)
            event.row.published_at = event.row.published_at or now
            event.note("event.published")

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def unpublish(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Take the page down and sell no more; what is sold stays valid."""

        async def edit(event: Open) -> None:
            if event.row.status == EventStatus.DRAFT:
                return
            event.row.status = move(EventStatus(event.row.status), EventStatus.DRAFT)
            event.note("event.unpublished")

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)
