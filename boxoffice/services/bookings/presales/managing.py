"""What an organizer's team does with registrations: look, draw now, remove somebody."""

from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.services.bookings.presales.drawing import Drawing
from boxoffice.services.bookings.presales.reading import (
    count,
    lock_registration,
    read_page,
    state_of,
)
from boxoffice.services.bookings.presales.registrations import end
from boxoffice.services.bookings.presales.views import (
    RegistrationCounts,
    RegistrationRow,
    RegistrationsView,
)
from boxoffice.services.bookings.tables_presales import PresaleRegistration
from boxoffice.services.events.api import Events, Pass


class ManagingPresales:
    """The team's view of registrations."""

    def __init__(self, db: Database, events: Events, drawing: Drawing) -> None:
        self._db = db
        self._events = events
        self._drawing = drawing

    async def registrations(
        self, organizer_id: UUID, event_id: UUID, *, limit: int, cursor: str | None
    ) -> RegistrationsView:
        """The event's registrations, who registered first first; none without a presale."""
        check_limit(limit)
        await self._events.summary(organizer_id, event_id)
        after = decode_cursor(cursor, tuple[UUID])[0] if cursor else None
        async with self._db.begin(organizer_id) as tx:
            found = await read_page(tx, event_id, after=after, limit=limit + 1)
            page = page_of(found, limit=limit, position=lambda one: (one.id,))
            items = await self._rows(tx, page.items)
            counts = await count(tx, event_id)
            bought = await self._events.presales.bought(tx, event_id)
        return RegistrationsView(
            registrations=Page(items=items, has_more=page.has_more, next_cursor=page.next_cursor),
            counts=RegistrationCounts(**counts, bought=bought),
        )

    async def draw(self, actor: Actor, organizer_id: UUID, event_id: UUID) -> RegistrationsView:
        """Close registration now and give early access; again changes nothing."""
        event = await self._events.summary(organizer_id, event_id)
        await self._drawing.draw(organizer_id, event_id, by=actor)
        self._events.forget(organizer_id, event_id, event.slug)
        return await self.registrations(organizer_id, event_id, limit=1, cursor=None)

    async def remove(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, registration_id: UUID
    ) -> RegistrationRow:
        """Take somebody off, with the early access they may have; again changes nothing."""
        async with self._db.begin(organizer_id) as tx:
            await self._events.presales.share(tx, event_id)
            one = await lock_registration(tx, registration_id, event_id=event_id)
            if one.outcome != "removed":
                await end(tx, self._events, one, "removed")
                tx.audit(
                    "presale.removed_registration",
                    actor=actor,
                    subject=f"event:{event_id}",
                    changes={"registration": str(registration_id)},
                )
            (row,) = await self._rows(tx, [one])
        return row

    async def _rows(
        self, tx: Transaction, found: list[PresaleRegistration]
    ) -> list[RegistrationRow]:
        ids = [one.pass_id for one in found if one.pass_id is not None]
        passes = await self._events.presales.passes(tx, ids) if ids else {}
        return [_row(one, passes.get(one.pass_id) if one.pass_id else None) for one in found]


def _row(one: PresaleRegistration, own: Pass | None) -> RegistrationRow:
    return RegistrationRow(
        id=one.id,
        name=one.name,
        email=one.email,
        quantity=one.quantity,
        state=state_of(one),
        used=own.used if own else 0,
        registered_at=one.created_at,
    )
