"""What somebody does who waits: join, look, say no, leave, wait again."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.services.bookings.facts import WaitlistJoined
from boxoffice.services.bookings.link_doors import LinkDoor
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.people import checked_buyer
from boxoffice.services.bookings.persons import person_of
from boxoffice.services.bookings.tables_waitlist import WaitlistEntry
from boxoffice.services.bookings.views import AcceptedView, BuyerView
from boxoffice.services.bookings.waitlist.composing import EntryComposer
from boxoffice.services.bookings.waitlist.reading import read_entry, standing_entry
from boxoffice.services.bookings.waitlist.views import WaitlistEntryView
from boxoffice.services.events.api import Events, NotInLine, NotWaiting, PlaceWish, Wanted
from boxoffice.services.users.api import Users

T = TypeVar("T")

WAITLIST_LINKS = "waitlist-links"
_JOINED = "You are on the list. We have mailed you a link that shows your place."


class JoinWaitlist(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants to wait for what."""

    wish: PlaceWish
    person: BuyerView
    locale: str


class OpenedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a capability link opened."""

    organizer_id: UUID
    entry_id: UUID
    event_id: UUID


class Entries:
    """Entries of waiting lists, each opened by its capability link."""

    def __init__(
        self,
        *,
        db: Database,
        users: Users,
        events: Events,
        links: OrderLinks,
        composer: EntryComposer,
    ) -> None:
        self._db = db
        self._events = events
        self._door = LinkDoor(db=db, users=users, links=links, otherwise=NotInLine)
        self._composer = composer

    async def join(
        self, organizer_id: UUID, command: JoinWaitlist, *, once: IdempotencyKey | None
    ) -> AcceptedView:
        """Wait as the last. Who waits already is only mailed their link again: the answer tells
        nobody who is on the list.
        """
        person = checked_buyer(command.person)
        command = msgspec.structs.replace(command, person=person)
        return await retrying(lambda: self._join(organizer_id, command, once))

    async def view(self, token: str) -> WaitlistEntryView:
        """The entry that the link opens; `NotInLine` for anything else."""
        door = await self.opened(token)
        return await self.one(door.organizer_id, door.entry_id)

    async def one(self, organizer_id: UUID, entry_id: UUID) -> WaitlistEntryView:
        """The entry, whoever asks; `NotInLine` if there is none such."""
        async with self._db.begin(organizer_id) as tx:
            found = await self._composer.looked_up(tx, await read_entry(tx, entry_id))
        return await self._composer.view(organizer_id, found)

    async def decline(self, token: str) -> WaitlistEntryView:
        """Say no to the offer: whoever is next gets it. The entry is over."""
        return await self._give_up(token, "declined")

    async def leave(self, token: str) -> WaitlistEntryView:
        """Wait no longer; an offer is given up with it."""
        return await self._give_up(token, "left")

    async def rejoin(self, token: str) -> WaitlistEntryView:
        """After an offer that lapsed: wait again, as the last."""
        door = await self.opened(token)

        async def again() -> None:
            async with self._db.begin(door.organizer_id) as tx:
                await self._events.line.rejoin(tx, door.entry_id)

        await retrying(again)
        return await self.one(door.organizer_id, door.entry_id)

    async def opened(self, token: str) -> OpenedEntry:
        """The entry that the link opens, or `NotInLine`."""
        entry = await self._door.opened(token, read_entry)
        return OpenedEntry(
            organizer_id=entry.organizer_id, entry_id=entry.id, event_id=entry.event_id
        )

    async def _join(
        self, organizer_id: UUID, command: JoinWaitlist, once: IdempotencyKey | None
    ) -> AcceptedView:
        accepted = AcceptedView(message=_JOINED)
        async with self._db.begin(organizer_id) as tx:
            if replayed := await tx.claim(once, AcceptedView):
                return replayed
            wanted = await self._events.line.check(tx, command.wish)
            person = person_of(command.person.email)
            entry = await standing_entry(tx, wanted.waiter.occurrence_id, person)
            if entry is None:
                await self._events.line.write(tx, wanted)
                entry = _entry(organizer_id, wanted, command)
                tx.session.add(entry)
                await tx.session.flush()
            elif (await self._events.line.place(tx, entry.id)).state == "expired":
                await self._events.line.rejoin(tx, entry.id)
            tx.tell(WaitlistJoined(organizer_id=organizer_id, entry_id=entry.id))
            return await tx.keep(once, accepted, status=202)

    async def _give_up(self, token: str, outcome: str) -> WaitlistEntryView:
        door = await self.opened(token)

        async def give_up() -> None:
            async with self._db.begin(door.organizer_id) as tx:
                entry = await read_entry(tx, door.entry_id)
                if entry.outcome == outcome:
                    return
                if outcome == "declined":
                    await self._check_offered(tx, entry.id)
                await end_entry(tx, self._events, entry, outcome)

        await retrying(give_up)
        return await self.one(door.organizer_id, door.entry_id)

    async def _check_offered(self, tx: Transaction, entry_id: UUID) -> None:
        if (await self._events.line.place(tx, entry_id)).state != "offered":
            raise NotWaiting


async def end_entry(tx: Transaction, events: Events, entry: WaitlistEntry, outcome: str) -> None:
    """The entry's place in line and its offer are given up; `NotWaiting` once it is over."""
    await events.line.end(tx, entry.id)
    entry.outcome = outcome
    entry.ended_at = await tx.now()
    await tx.session.flush()


async def retrying(attempt: Callable[[], Awaitable[T]]) -> T:
    """Again, if a ticket type gained a quota meanwhile, or the same person was faster."""
    return await retried(attempt, rivals=("waitlist_entries_one_each", "orders_code"))


def _entry(organizer_id: UUID, wanted: Wanted, command: JoinWaitlist) -> WaitlistEntry:
    return WaitlistEntry(
        organizer_id=organizer_id,
        id=wanted.waiter.id,
        event_id=wanted.waiter.event_id,
        occurrence_id=wanted.waiter.occurrence_id,
        person=person_of(command.person.email),
        email=command.person.email,
        name=command.person.name,
        locale=command.locale,
    )
