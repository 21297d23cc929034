"""What comes with a ticket type."""

from uuid import UUID

from litestar import put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.extras.bodies import ExtrasBody
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent


@put(
    f"{EVENT}/ticket-types/{{ticket_type_id:uuid}}/extras",
    operation_id="set_extras",
    summary="Set the add-ons of a ticket type, and what it contains if it is a bundle",
    opt=requires(Permission.EVENTS_WRITE),
)
async def set_extras(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
    data: JSONBody[ExtrasBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    """Replaces what was set; orders keep what they were opened with."""
    return await events.ticket_types.extras.set(
        actor, organizer_id, event_id, ticket_type_id, data, once=once
    )


handlers = [set_extras]
