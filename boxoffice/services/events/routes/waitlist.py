"""How an event's waiting list works."""

from uuid import UUID

from litestar import patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.waitlist.settings import WaitlistBody


@patch(
    f"{EVENT}/waitlist-settings",
    operation_id="change_waitlist",
    summary="Open or close the waiting list, and say who is asked first and how long",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_waitlist(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[WaitlistBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.waitlist.change(actor, organizer_id, event_id, data, once=once)


handlers = [change_waitlist]
