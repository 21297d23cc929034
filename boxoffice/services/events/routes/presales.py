"""How an event gives early access."""

from uuid import UUID

from litestar import delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.presales.settings import PresaleBody
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent

_PRESALE = f"{EVENT}/presale"


@put(
    _PRESALE,
    operation_id="set_presale",
    summary="Let people register for early access, and say who gets it and when",
    opt=requires(Permission.EVENTS_WRITE),
)
async def set_presale(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[PresaleBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    """All of it may change until early access has been given (`presale_drawn`)."""
    return await events.presale_settings.put(actor, organizer_id, event_id, data, once=once)


@delete(
    _PRESALE,
    operation_id="remove_presale",
    summary="Give no early access after all",
    opt=requires(Permission.EVENTS_WRITE),
    status_code=200,
)
async def remove_presale(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
) -> ManagedEvent:
    """`presale_in_use` once anybody has registered."""
    return await events.presale_settings.remove(actor, organizer_id, event_id)


handlers = [set_presale, remove_presale]
