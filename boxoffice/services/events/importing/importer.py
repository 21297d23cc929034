"""Importing: events are created, changed where their file changed, and published."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import SYSTEM
from boxoffice.services.events import discovery, presenting
from boxoffice.services.events.facts import EventChanged, EventPublished
from boxoffice.services.events.importing.gathering import Gathered
from boxoffice.services.events.importing.known import Known, digest_of, known_events
from boxoffice.services.events.importing.records import ImportedEvent, Problem
from boxoffice.services.events.importing.updating import combined
from boxoffice.services.events.importing.wording import summary_of
from boxoffice.services.events.reading import WholeEvent, lock_event, read_event, read_events
from boxoffice.services.events.rules.checklist import blockers, checklist
from boxoffice.services.events.rules.lifecycle import EventStatus
from boxoffice.services.events.workbench import Bench
from boxoffice.services.events.writing import (
    FirstTicket,
    NewEvent,
    add_ticket,
    insert_events,
    new_slug,
    rewrite,
    taken_slugs,
)
from boxoffice.services.users.api import OrganizerRef

BATCH = 100
FREE_TICKET = "Free ticket"
Step = Callable[[int], None]


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`tickets`: an event without ticket types gets a free one with so many units.

    `then`: what becomes of drafts that are ready and were never published. `run`: a rehearsal does
    everything and undoes it.
    """

    tickets: int | None = None
    then: Literal["leave", "publish"] = "leave"
    run: Literal["for_real", "rehearsal"] = "for_real"


class ImportReport(msgspec.Struct, kw_only=True):
    """What became of the `rows`: events `created`, `updated` or `unchanged`, rows `skipped` and
    `duplicates` of others. `drafts` says why events were not published, and how many.
    """

    files: int
    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    duplicates: int = 0
    skipped: int = 0
    drafts: Counter[str] = msgspec.field(default_factory=Counter[str])
    problems: list[Problem] = []


class Importer:
    """Writes gathered events in transactions of `BATCH`; doing it again changes nothing."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def run(
        self, organizer: OrganizerRef, gathered: Gathered, options: ImportOptions, step: Step
    ) -> ImportReport:
        """Import into the organizer; `step(n)` is called after every `n` events."""
        said = gathered.problems
        report = ImportReport(
            files=gathered.files,
            rows=gathered.rows,
            duplicates=sum(problem.code == "duplicate" for problem in said),
            skipped=sum(problem.severity == "skipped" for problem in said),
            problems=said,
        )
        for start in range(0, len(gathered.events), BATCH):
            batch = gathered.events[start : start + BATCH]
            await self._settle(organizer, batch, options, report)
            step(len(batch))
        self._bench.shown.clear()
        return report

    async def _settle(
        self,
        organizer: OrganizerRef,
        batch: Sequence[ImportedEvent],
        options: ImportOptions,
        report: ImportReport,
    ) -> None:
        try:
            async with self._bench.db.begin(organizer.id) as tx:
                await _Batch(tx, organizer, options, report).run(batch)
                _undo_a_rehearsal(options)
        except _Undo:
            return


class _Undo(Exception):
    """Ends a rehearsal's transaction."""


def _undo_a_rehearsal(options: ImportOptions) -> None:
    if options.run == "rehearsal":
        raise _Undo


class _Batch:
    """Some events in one transaction."""

    def __init__(
        self, tx: Transaction, organizer: OrganizerRef, options: ImportOptions, report: ImportReport
    ) -> None:
        self._tx = tx
        self._organizer = organizer
        self._options = options
        self._report = report

    async def run(self, events: Sequence[ImportedEvent]) -> None:
        # Whoever has the slugs' lock is the only one who imports into this organizer.
        slugs = await taken_slugs(self._tx)
        known = await known_events(self._tx)
        drafts = [self._draft(one, slugs) for one in events if known.find(one) is None]
        await insert_events(self._tx, drafts)
        self._report.created += len(drafts)
        updated = await self._update(events, known)
        seen = {found.id for one in events if (found := known.find(one)) is not None}
        ids = [*(draft.id for draft in drafts), *seen]
        await self._complete(ids)
        await self._publish(ids, updated)

    def _draft(self, event: ImportedEvent, slugs: set[str]) -> NewEvent:
        summary = event.fields.summary or summary_of(event.topics)
        draft = NewEvent(
            fields=structs.replace(event.fields, summary=summary),
            slug=new_slug(event.fields.title, slugs),
            import_key=event.key,
            import_digest=digest_of(event),
        )
        self._tx.audit("event.imported", actor=SYSTEM, subject=f"event:{draft.id}")
        return draft

    async def _update(self, events: Sequence[ImportedEvent], known: Known) -> set[UUID]:
        """Bring events up to date whose file says something new; which those are."""
        updated: set[UUID] = set()
        for one in events:
            found = known.find(one)
            if found is None:
                continue
            if found.digest == digest_of(one):
                self._report.unchanged += 1
                continue
            await self._rewrite(found.id, one)
            updated.add(found.id)
        self._report.updated += len(updated)
        return updated

    async def _rewrite(self, event_id: UUID, one: ImportedEvent) -> None:
        row = await lock_event(self._tx, event_id)
        whole = await read_event(self._tx, event_id)
        row.import_digest = digest_of(one)
        row.changed_at = await self._tx.now()
        await rewrite(self._tx, whole, combined(whole, one.fields))
        self._tx.audit("event.import_changed", actor=SYSTEM, subject=f"event:{event_id}")

    async def _complete(self, event_ids: Sequence[UUID]) -> None:
        """Give events without ticket types the free one that was asked for."""
        if self._options.tickets is None:
            return
        ticket = FirstTicket(name=FREE_TICKET, price=0, quantity=self._options.tickets)
        for whole in await read_events(self._tx, event_ids):
            if not whole.ticket_types:
                await add_ticket(self._tx, whole, ticket)

    async def _publish(self, event_ids: Sequence[UUID], updated: set[UUID]) -> None:
        """Publish what is ready; show anew what is published and has changed."""
        shown: list[WholeEvent] = []
        now = await self._tx.now()
        for whole in await read_events(self._tx, event_ids):
            event = whole.event
            ids = {"organizer_id": event.organizer_id, "event_id": event.id}
            if event.status == EventStatus.PUBLISHED and event.id in updated:
                self._tx.tell(EventChanged(**ids))
                shown.append(whole)
            elif event.status == EventStatus.DRAFT and self._may_publish(whole):
                missing = blockers(checklist(presenting.event_facts(whole), now=now))
                self._report.drafts.update(item.code for item in missing[:1])
                if not missing:
                    event.status, event.published_at = EventStatus.PUBLISHED, now
                    self._tx.tell(EventPublished(**ids))
                    self._report.published += 1
                    shown.append(whole)
        await self._tx.session.flush()
        await discovery.publish(self._tx, shown, self._organizer)

    def _may_publish(self, whole: WholeEvent) -> bool:
        """What its organizer took down stays down."""
        return self._options.then == "publish" and whole.event.published_at is None
