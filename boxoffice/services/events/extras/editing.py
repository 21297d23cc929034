"""Add-ons and bundles: set for one ticket type all at once."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from msgspec import structs

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.refusals import Conflict, NotFound
from boxoffice.services.events.extras.bodies import ExtrasBody
from boxoffice.services.events.kept import marks
from boxoffice.services.events.locking import lock_quotas_of_types
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.extras.extras import Extras
from boxoffice.services.events.rules.extras.forms import Other, check_extras
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open

_NOBODY = UUID(int=0)


class TicketTypeBound(Conflict):
    code = "ticket_type_bound"
    message = "This comes with another ticket type; take it out of that one first."


class ExtrasOfTypes:
    """Sets what comes with ticket types. Orders keep what they were opened with."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def set(  # who sets what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ticket_type_id: UUID,
        body: ExtrasBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Replace the type's add-ons and contents."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            kind = next((one for one in whole.ticket_types if one.id == ticket_type_id), None)
            if kind is None:
                raise NotFound
            before = whole.extras_of(kind)
            wanted = Extras(
                admits=before.admits,
                groups=tuple(group.rule() for group in body.add_on_groups),
                contents=tuple(content.rule() for content in body.contents),
            )
            parts = parts_of_others(whole, kind.id)
            extras = check_extras(wanted, kind.id, _others(whole), is_part=kind.id in parts)
            if _anonymous(extras) == _anonymous(before):
                return
            kind.extras = stored(extras)
            if event.row.waitlist_open:
                await _renew_marks(event.tx, before.needed() | extras.needed())
            event.note("ticket_type.extras_changed", ticket_type=kind.name, extras=kind.extras)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)


async def _renew_marks(tx: Transaction, type_ids: Collection[UUID]) -> None:
    """People may wait for what comes along from now on, or no longer."""
    await tx.session.flush()
    quotas = await lock_quotas_of_types(tx, type_ids)
    marks.tell(tx, await marks.renew(tx, quotas))


def _anonymous(extras: Extras) -> Extras:
    """The same with no ids of groups, which are given anew each time."""
    groups = tuple(structs.replace(group, id=_NOBODY) for group in extras.groups)
    return structs.replace(extras, groups=groups)


def stored(extras: Extras) -> dict[str, object] | None:
    """The extras as they are kept; nothing for a plain ticket type."""
    return msgspec.to_builtins(extras) or None


def parts_of_others(whole: WholeEvent, ticket_type_id: UUID) -> set[UUID]:
    """What comes with any other type of the event."""
    return {
        part
        for kind in whole.ticket_types
        if kind.id != ticket_type_id
        for part in whole.extras_of(kind).named()
    }


def check_free(whole: WholeEvent, ticket_type_id: UUID) -> None:
    """`TicketTypeBound`, if another type has this one among its extras."""
    if ticket_type_id in parts_of_others(whole, ticket_type_id):
        raise TicketTypeBound


def check_variation_free(whole: WholeEvent, variation_id: UUID) -> None:
    """`TicketTypeBound`, if a bundle contains the variation."""
    for kind in whole.ticket_types:
        if any(one.variation_id == variation_id for one in whole.extras_of(kind).contents):
            raise TicketTypeBound


def _others(whole: WholeEvent) -> dict[UUID, Other]:
    return {
        kind.id: Other(
            variation_ids=frozenset(one.id for one in whole.variations_of(kind.id)),
            is_bundle=bool(whole.extras_of(kind).contents),
            is_seated=any(quota.seating_id for quota in whole.quotas_of(kind.id)),
        )
        for kind in whole.ticket_types
    }
