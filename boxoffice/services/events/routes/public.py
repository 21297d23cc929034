"""What everybody can read."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from boxoffice.kernel.pages import DEFAULT_LIMIT
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import (
    AvailabilityView,
    CalendarDays,
    CalendarView,
    DiscoverView,
    EventPage,
    Events,
    Filters,
    HiddenOffersView,
)
from boxoffice.services.events.routes.polled import polled

_EVENT = "/events/{organizer:str}/{event:str}"

Words = Annotated[
    str, QueryParameter(description="Words in title, place, organizer, category or text.")
]
AccessCode = Annotated[
    str, QueryParameter(description="The code, as it was given.", max_length=100)
]
FirstDay = Annotated[date | None, QueryParameter(name="from")]
LastDay = Annotated[date | None, QueryParameter(name="to")]


@get(
    "/events",
    operation_id="list_public_events",
    summary="Search what is published and not over, the soonest first",
    opt=requires(Permission.PUBLIC),
)
async def list_public_events(  # noqa: PLR0913  # one per filter
    events: NamedDependency[Events],
    *,
    q: Words = "",
    city: FromQuery[str] = "",
    country: FromQuery[str] = "",
    category: FromQuery[str] = "",
    organizer: FromQuery[str] = "",
    free: FromQuery[bool | None] = None,
    date_from: FromQuery[date | None] = None,
    date_to: FromQuery[date | None] = None,
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> DiscoverView:
    return await events.discover(
        Filters(
            q=q,
            city=city,
            country=country,
            category=category,
            organizer=organizer,
            free=free,
            date_from=date_from,
            date_to=date_to,
            limit=limit,
            cursor=cursor,
        )
    )


@get(
    _EVENT,
    operation_id="get_public_event",
    summary="A published event with what can be bought; 410 once it was taken down",
    opt=requires(Permission.PUBLIC),
)
async def get_public_event(
    events: NamedDependency[Events], organizer: FromPath[str], event: FromPath[str]
) -> EventPage:
    return await events.page(organizer, event)


@get(
    f"{_EVENT}/availability",
    operation_id="get_availability",
    summary="What can be bought for one date, the next unless named; made to be polled",
    opt=requires(Permission.PUBLIC),
)
async def get_availability(
    request: Request[Any, Any, Any],
    events: NamedDependency[Events],
    organizer: FromPath[str],
    event: FromPath[str],
    occurrence_id: FromQuery[UUID | None] = None,
) -> Response[AvailabilityView]:
    stamped = await events.availability(organizer, event, occurrence_id)
    return polled(request, stamped)


@get(
    f"{_EVENT}/hidden-offers",
    operation_id="get_hidden_offers",
    summary="What a code reveals for one date, the next unless named",
    opt={**requires(Permission.PUBLIC), "limit": "write"},
)
async def get_hidden_offers(
    events: NamedDependency[Events],
    organizer: FromPath[str],
    event: FromPath[str],
    code: AccessCode,
    occurrence_id: FromQuery[UUID | None] = None,
) -> Response[HiddenOffersView]:
    """Counted like writing, because codes could be guessed here."""
    found = await events.hidden_offers(organizer, event, code, occurrence_id)
    return Response(found, headers={"cache-control": "no-store"})


@get(
    f"{_EVENT}/calendar",
    operation_id="get_calendar",
    summary="An event's dates on some days with the state of their tickets; made to be polled",
    opt=requires(Permission.PUBLIC),
)
async def get_calendar(  # what the path and the query name
    request: Request[Any, Any, Any],
    events: NamedDependency[Events],
    organizer: FromPath[str],
    event: FromPath[str],
    *,
    first: FirstDay = None,
    last: LastDay = None,
) -> Response[CalendarView]:
    """Days are local to the event, both ends count, a hundred at most; without `from` it begins
    today, without `to` it shows a month.
    """
    stamped = await events.calendar(organizer, event, CalendarDays(first=first, last=last))
    return polled(request, stamped)


handlers = [list_public_events, get_public_event, get_availability, get_hidden_offers, get_calendar]
