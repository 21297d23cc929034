"""The seat map for everybody."""

import gzip
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.routes.polled import polled
from boxoffice.services.events.rules.seats.drawing import Drawing
from boxoffice.services.events.seating.views import SeatAvailability, VoucherSeats

_EVENT = "/events/{organizer:str}/{event:str}"
VoucherCode = Annotated[
    str, QueryParameter(description="The code, as it was given.", min_length=1, max_length=64)
]
_FOR_EVER = {
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "accept-encoding",
}


@get(
    f"{_EVENT}/seats",
    operation_id="get_seat_availability",
    summary="Which seats are not free on one date, the next unless named; made to be polled",
    opt=requires(Permission.PUBLIC),
)
async def get_seat_availability(
    request: Request[Any, Any, Any],
    events: NamedDependency[Events],
    organizer: FromPath[str],
    event: FromPath[str],
    occurrence_id: FromQuery[UUID | None] = None,
) -> Response[SeatAvailability]:
    stamped = await events.seats.availability(organizer, event, occurrence_id)
    return polled(request, stamped)


@get(
    f"{_EVENT}/voucher-seats",
    operation_id="get_voucher_seats",
    summary="The seats that a voucher has set aside",
    opt={**requires(Permission.PUBLIC), "limit": "write"},
)
async def get_voucher_seats(
    events: NamedDependency[Events],
    organizer: FromPath[str],
    event: FromPath[str],
    code: VoucherCode,
) -> Response[VoucherSeats]:
    """Counted like writing, because codes could be guessed here; a wrong one has no seats."""
    found = await events.seats.set_aside(organizer, event, code)
    return Response(found, headers={"cache-control": "no-store"})


@get(
    f"{_EVENT}/seat-maps/{{version_id:uuid}}",
    operation_id="get_seat_map_drawing",
    summary="The seat map to draw; a version never changes",
    opt=requires(Permission.PUBLIC),
)
async def get_seat_map_drawing(
    request: Request[Any, Any, Any],
    events: NamedDependency[Events],
    organizer: FromPath[str],
    event: FromPath[str],
    version_id: FromPath[UUID],
) -> Response[Drawing]:
    return packed(request, await events.seats.drawing(organizer, event, version_id), _FOR_EVER)


def packed(
    request: Request[Any, Any, Any], drawing: bytes, headers: dict[str, str]
) -> Response[Drawing]:
    """The drawing in gzip, for all who read that."""
    content: Any = drawing
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = headers | {"content-encoding": "gzip"}
    else:
        content = gzip.decompress(drawing)
    return Response(content, media_type="application/json", headers=headers)


handlers = [get_seat_availability, get_voucher_seats, get_seat_map_drawing]
