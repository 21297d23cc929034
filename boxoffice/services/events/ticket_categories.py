"""Categories: the headings that an event's ticket types stand under."""

from uuid import UUID

from sqlalchemy import delete

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.events.inventory_bodies import TicketCategoryBody
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import texts
from boxoffice.services.events.tables import TicketCategoryRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add

MAX_CATEGORIES = 50


class TooManyCategories(Conflict):
    code = "too_many_categories"
    message = f"An event has at most {MAX_CATEGORIES} ticket categories; delete one first."


class TicketCategories:
    """Creates, renames and deletes categories."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def create(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: TicketCategoryBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """A heading after all others."""

        async def edit(event: Open) -> None:
            row = _new(await event.whole(), body)
            await add(event.tx, [row])
            event.note("ticket_category.created", category=row.name)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        category_id: UUID,
        body: TicketCategoryBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Give the heading another name."""

        async def edit(event: Open) -> None:
            row, name = _found(await event.whole(), category_id), _name(body.name)
            if row.name != name:
                row.name = name
                event.note("ticket_category.changed", category=name)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def delete(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, category_id: UUID
    ) -> ManagedEvent:
        """Delete the heading; its ticket types then stand under none."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            row = _found(whole, category_id)
            for kind in whole.ticket_types:
                if kind.category_id == category_id:
                    kind.category_id = None
            await event.tx.session.flush()
            await event.tx.session.execute(
                delete(TicketCategoryRow).where(
                    TicketCategoryRow.organizer_id == row.organizer_id,
                    TicketCategoryRow.id == category_id,
                )
            )
            event.note("ticket_category.deleted", category=row.name)

        return await self._bench.change(actor, organizer_id, event_id, edit)


def _found(whole: WholeEvent, category_id: UUID) -> TicketCategoryRow:
    for row in whole.categories:
        if row.id == category_id:
            return row
    raise NotFound


def _new(whole: WholeEvent, body: TicketCategoryBody) -> TicketCategoryRow:
    if len(whole.categories) >= MAX_CATEGORIES:
        raise TooManyCategories
    return TicketCategoryRow(
        organizer_id=whole.event.organizer_id,
        id=new_id(),
        event_id=whole.event.id,
        name=_name(body.name),
        position=max((row.position for row in whole.categories), default=-1) + 1,
    )


def _name(text: str) -> str:
    try:
        return texts.line("/name", text, most=texts.MAX_NAME, least=1)
    except FieldError as error:
        raise Invalid(errors=[error]) from error
