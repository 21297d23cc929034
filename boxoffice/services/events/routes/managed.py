"""Events for their organizer's team."""

from uuid import UUID

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.bodies import ChangeEventBody, CreateEventBody
from boxoffice.services.events.checklist_views import ChecklistView
from boxoffice.services.events.views import ManagedEvent, ManagedEventRow

EVENTS = "/organizers/{organizer:str}/events"
EVENT = f"{EVENTS}/{{event_id:uuid}}"


@get(
    EVENTS,
    operation_id="list_events",
    summary="The organizer's events, the latest date first",
    opt=requires(Permission.EVENTS_READ),
)
async def list_events(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[ManagedEventRow]:
    return await events.editing.list(organizer_id, limit=limit, cursor=cursor)


@post(
    EVENTS,
    operation_id="create_event",
    summary="Create a draft, with its first ticket type if given",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_event(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    data: JSONBody[CreateEventBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.editing.create(actor, organizer_id, data, once=once)


@get(
    EVENT,
    operation_id="get_event",
    summary="An event with its ticket types and quotas",
    opt=requires(Permission.EVENTS_READ),
)
async def get_event(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID], event_id: FromPath[UUID]
) -> ManagedEvent:
    return await events.editing.get(organizer_id, event_id)


@patch(
    EVENT,
    operation_id="change_event",
    summary="Change what the body names; the event's address stays",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_event(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[ChangeEventBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.editing.change(actor, organizer_id, event_id, data, once=once)


@get(
    f"{EVENT}/checklist",
    operation_id="get_checklist",
    summary="What stands between the event and its page",
    opt=requires(Permission.EVENTS_READ),
)
async def get_checklist(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID], event_id: FromPath[UUID]
) -> ChecklistView:
    return await events.publishing.checklist(organizer_id, event_id)


@post(
    f"{EVENT}/publish",
    status_code=200,
    operation_id="publish_event",
    summary="Show the event to everybody; refused with `not_ready` and its blockers",
    opt=requires(Permission.EVENTS_WRITE),
)
async def publish_event(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.publishing.publish(actor, organizer_id, event_id, once=once)


@post(
    f"{EVENT}/unpublish",
    status_code=200,
    operation_id="unpublish_event",
    summary="Take the page down and sell no more; what is sold stays valid",
    opt=requires(Permission.EVENTS_WRITE),
)
async def unpublish_event(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.publishing.unpublish(actor, organizer_id, event_id, once=once)


handlers = [
    list_events,
    create_event,
    get_event,
    change_event,
    get_checklist,
    publish_event,
    unpublish_event,
]
