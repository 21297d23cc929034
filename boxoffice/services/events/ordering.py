"""The order in which ticket types, their variations and their categories are shown."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import FieldError, Invalid, NotFound
from boxoffice.services.events.tables import TicketCategoryRow, TicketTypeRow, VariationRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open

Sorted = Sequence[TicketTypeRow] | Sequence[VariationRow] | Sequence[TicketCategoryRow]


class Ordering:
    """Puts things in order; all of them must be named, so that two people cannot mix theirs up."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def ticket_types(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ids: Sequence[UUID],
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Show the event's ticket types in this order."""

        async def edit(event: Open) -> None:
            if _arrange((await event.whole()).ticket_types, ids):
                event.note("ticket_types.ordered")

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def categories(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ids: Sequence[UUID],
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Show the event's ticket categories in this order."""

        async def edit(event: Open) -> None:
            if _arrange((await event.whole()).categories, ids):
                event.note("ticket_categories.ordered")

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def variations(  # whose order, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ticket_type_id: UUID,
        ids: Sequence[UUID],
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Show the ticket type's variations in this order."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            if ticket_type_id not in {kind.id for kind in whole.ticket_types}:
                raise NotFound
            if _arrange(whole.variations_of(ticket_type_id), ids):
                event.note("variations.ordered", ticket_type=str(ticket_type_id))

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)


def check_all_named(known: Iterable[UUID], ids: Sequence[UUID]) -> None:
    """`Invalid` unless `ids` name each of what is known once: two people cannot mix theirs up."""
    if sorted(known) != sorted(ids):
        raise Invalid(errors=[FieldError("/ids", "not_all", "Name each of them once; load again.")])


def _arrange(rows: Sorted, ids: Sequence[UUID]) -> bool:
    """Give the rows these positions; whether any has moved."""
    check_all_named((row.id for row in rows), ids)
    before = [row.position for row in rows]
    for row in rows:
        row.position = ids.index(row.id)
    return before != [row.position for row in rows]
