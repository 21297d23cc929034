"""What an organizer's team does with a waiting list: look, offer by hand, remove somebody."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.services.bookings.tables_waitlist import WaitlistEntry
from boxoffice.services.bookings.waitlist.composing import EntryComposer, rows_of
from boxoffice.services.bookings.waitlist.entries import end_entry, retrying
from boxoffice.services.bookings.waitlist.reading import entry_of_event, read_page
from boxoffice.services.bookings.waitlist.views import WaitlistRow, WaitlistView
from boxoffice.services.events.api import Events


class Managing:
    """The team's view of waiting lists."""

    def __init__(self, db: Database, events: Events, composer: EntryComposer) -> None:
        self._db = db
        self._events = events
        self._composer = composer

    async def entries(
        self, organizer_id: UUID, event_id: UUID, *, limit: int, cursor: str | None
    ) -> WaitlistView:
        """The event's list, who joined first first."""
        check_limit(limit)
        await self._events.summary(organizer_id, event_id)
        after = decode_cursor(cursor, tuple[UUID])[0] if cursor else None
        async with self._db.begin(organizer_id) as tx:
            found = await read_page(tx, event_id, after=after, limit=limit + 1)
            page = page_of(found, limit=limit, position=lambda entry: (entry.id,))
            places = await self._events.line.places(tx, [entry.id for entry in page.items])
            types = await self._composer.types_of(tx, places.values())
            counts = await self._events.line.counts(tx, event_id)
        return WaitlistView(
            entries=Page(
                items=rows_of(page.items, places, types),
                has_more=page.has_more,
                next_cursor=page.next_cursor,
            ),
            waiting=counts.waiting,
            units=counts.units,
            offered=counts.offered,
        )

    async def offer(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        entry_id: UUID,
        *,
        once: IdempotencyKey | None,
    ) -> WaitlistRow:
        """Offer it to this person now, whoever waits longer. Nobody gets more than there is."""

        async def attempt() -> WaitlistRow:
            async with self._db.begin(organizer_id) as tx:
                if replayed := await tx.claim(once, WaitlistRow):
                    return replayed
                entry = await entry_of_event(tx, event_id, entry_id)
                await self._events.offers.offer_to(tx, entry.id)
                tx.audit(
                    "waitlist.offered",
                    actor=actor,
                    subject=f"event:{event_id}",
                    changes={"entry": str(entry_id)},
                )
                return await tx.keep(once, await self._row(tx, entry))

        return await retrying(attempt)

    async def remove(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, entry_id: UUID
    ) -> WaitlistRow:
        """Take somebody off the list, with what they are offered; again changes nothing."""

        async def attempt() -> WaitlistRow:
            async with self._db.begin(organizer_id) as tx:
                entry = await entry_of_event(tx, event_id, entry_id)
                if entry.outcome != "removed":
                    await end_entry(tx, self._events, entry, "removed")
                    tx.audit(
                        "waitlist.removed",
                        actor=actor,
                        subject=f"event:{event_id}",
                        changes={"entry": str(entry_id)},
                    )
                return await self._row(tx, entry)

        return await retrying(attempt)

    async def _row(self, tx: Transaction, entry: WaitlistEntry) -> WaitlistRow:
        places = await self._events.line.places(tx, [entry.id])
        types = await self._composer.types_of(tx, places.values())
        (row,) = rows_of([entry], places, types)
        return row
