"""Which map a date uses, and what of it the staff keeps from the sale."""

from uuid import UUID

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.seating.bodies import AttachSeatMapBody, BlockBody
from boxoffice.services.events.seating.views import BlockView, SeatAvailability, SeatingView
from boxoffice.services.events.views import ManagedEvent

_SEATING = f"{EVENT}/seating"
_BLOCKS = f"{EVENT}/blocks"


@get(
    _SEATING,
    operation_id="list_seatings",
    summary="Which seat map each date of the event uses",
    opt=requires(Permission.EVENTS_READ),
)
async def list_seatings(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID], event_id: FromPath[UUID]
) -> list[SeatingView]:
    return await events.seating.list_seatings(organizer_id, event_id)


@put(
    _SEATING,
    operation_id="attach_seat_map",
    summary="Give a date a seat map, and its categories ticket types",
    opt=requires(Permission.EVENTS_WRITE),
)
async def attach_seat_map(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[AttachSeatMapBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.seating.attach(actor, organizer_id, event_id, data, once=once)


@delete(
    _SEATING,
    status_code=200,
    operation_id="detach_seat_map",
    summary="Sell a date without seats again; refused with `seats_in_use` once any is taken",
    opt=requires(Permission.EVENTS_WRITE),
)
async def detach_seat_map(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    occurrence_id: FromQuery[UUID | None] = None,
) -> ManagedEvent:
    return await events.seating.detach(actor, organizer_id, event_id, occurrence_id)


@get(
    f"{EVENT}/seats",
    operation_id="get_managed_seats",
    summary="Which seats of a date are not free, whatever the event's state",
    opt=requires(Permission.EVENTS_READ),
)
async def get_managed_seats(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    occurrence_id: FromQuery[UUID | None] = None,
) -> SeatAvailability:
    return await events.seats.managed(organizer_id, event_id, occurrence_id)


@get(
    _BLOCKS,
    operation_id="list_blocks",
    summary="What the staff keeps from the sale now",
    opt=requires(Permission.EVENTS_READ),
)
async def list_blocks(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID], event_id: FromPath[UUID]
) -> list[BlockView]:
    return await events.blocks.list_blocks(organizer_id, event_id)


@post(
    _BLOCKS,
    operation_id="create_block",
    summary="Keep seats, or units of a quota, from the sale",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_block(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[BlockBody],
    once: NamedDependency[IdempotencyKey | None],
) -> BlockView:
    return await events.blocks.create(actor, organizer_id, event_id, data, once=once)


@delete(
    f"{_BLOCKS}/{{block_id:uuid}}",
    status_code=200,
    operation_id="release_block",
    summary="Sell again what was blocked",
    opt=requires(Permission.EVENTS_WRITE),
)
async def release_block(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    block_id: FromPath[UUID],
) -> BlockView:
    return await events.blocks.release(actor, organizer_id, event_id, block_id)


handlers = [
    list_seatings,
    attach_seat_map,
    detach_seat_map,
    get_managed_seats,
    list_blocks,
    create_block,
    release_block,
]
