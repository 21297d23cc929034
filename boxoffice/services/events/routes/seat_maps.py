"""Seat maps for their organizer's team."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.routes.seats import packed
from boxoffice.services.events.rules.seats.drawing import Drawing
from boxoffice.services.events.seating.bodies import GenerateSeatMapBody, ImportSeatMapBody
from boxoffice.services.events.seating.views import SeatMapRowView, SeatMapView

_MAPS = "/organizers/{organizer:str}/seat-maps"
_MAP = f"{_MAPS}/{{seat_map_id:uuid}}"
_LARGEST_PLAN = 24 * 1024 * 1024

Version = Annotated[int | None, QueryParameter(name="version", ge=1)]


@get(
    _MAPS,
    operation_id="list_seat_maps",
    summary="The organizer's seat maps, the newest first",
    opt=requires(Permission.EVENTS_READ),
)
async def list_seat_maps(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[SeatMapRowView]:
    return await events.seat_maps.list_maps(organizer_id, limit=limit, cursor=cursor)


@post(
    _MAPS,
    operation_id="import_seat_map",
    summary="Import a seating plan; refused with everything that is wrong in it",
    opt=requires(Permission.EVENTS_WRITE),
    request_max_body_size=_LARGEST_PLAN,
)
async def import_seat_map(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    data: JSONBody[ImportSeatMapBody],
    once: NamedDependency[IdempotencyKey | None],
) -> SeatMapView:
    return await events.seat_maps.import_(actor, organizer_id, data, once=once)


@post(
    f"{_MAPS}/generate",
    operation_id="generate_seat_map",
    summary="Make a seat map of straight or curved sections",
    opt=requires(Permission.EVENTS_WRITE),
)
async def generate_seat_map(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    data: JSONBody[GenerateSeatMapBody],
    once: NamedDependency[IdempotencyKey | None],
) -> SeatMapView:
    return await events.seat_maps.generate(actor, organizer_id, data, once=once)


@get(
    _MAP,
    operation_id="get_seat_map",
    summary="A seat map in its latest version",
    opt=requires(Permission.EVENTS_READ),
)
async def get_seat_map(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    seat_map_id: FromPath[UUID],
) -> SeatMapView:
    return await events.seat_maps.get(organizer_id, seat_map_id)


@get(
    f"{_MAP}/plan",
    operation_id="export_seat_map",
    summary="The seating plan as a file, as it was imported or generated",
    opt=requires(Permission.EVENTS_READ),
    media_type="application/json",
)
async def export_seat_map(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    seat_map_id: FromPath[UUID],
    version: Version = None,
) -> Response[bytes]:
    plan = await events.seat_maps.export(organizer_id, seat_map_id, version)
    headers = {"content-disposition": 'attachment; filename="seating-plan.json"'}
    return Response(plan, media_type="application/json", headers=headers)


@get(
    f"{_MAP}/drawing",
    operation_id="get_managed_seat_map_drawing",
    summary="A version of a seat map to draw, the latest unless named",
    opt=requires(Permission.EVENTS_READ),
)
async def get_managed_seat_map_drawing(
    request: Request[Any, Any, Any],
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    seat_map_id: FromPath[UUID],
    version: Version = None,
) -> Response[Drawing]:
    drawing = await events.seats.managed_drawing(organizer_id, seat_map_id, version)
    return packed(request, drawing, {"cache-control": "private, no-cache"})


@post(
    f"{_MAP}/versions",
    operation_id="add_seat_map_version",
    summary="Another plan of the same hall; dates that use an earlier one stay as they are",
    opt=requires(Permission.EVENTS_WRITE),
    request_max_body_size=_LARGEST_PLAN,
)
async def add_seat_map_version(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    seat_map_id: FromPath[UUID],
    data: JSONBody[ImportSeatMapBody],
    once: NamedDependency[IdempotencyKey | None],
) -> SeatMapView:
    return await events.seat_maps.add_version(actor, organizer_id, seat_map_id, data, once=once)


handlers = [
    list_seat_maps,
    import_seat_map,
    generate_seat_map,
    get_seat_map,
    export_seat_map,
    get_managed_seat_map_drawing,
    add_seat_map_version,
]
