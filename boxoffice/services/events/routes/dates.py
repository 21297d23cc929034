"""Dates, series, and copies of whole events."""

from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.dates.bodies import (
    ChangeDateBody,
    ChangeSeriesBody,
    DateBody,
    DuplicateBody,
    SeriesBody,
)
from boxoffice.services.events.dates.views import SeriesPreview, SeriesView
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent

_DATES = f"{EVENT}/occurrences"
_DATE = f"{_DATES}/{{occurrence_id:uuid}}"
_SERIES = f"{EVENT}/series"
_ONE_SERIES = f"{_SERIES}/{{series_id:uuid}}"
_WRITE = requires(Permission.EVENTS_WRITE)


@post(
    _DATES,
    operation_id="create_date",
    summary="Add a date, with capacities like those of the event's first",
    opt=_WRITE,
)
async def create_date(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[DateBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.dates.create(actor, organizer_id, event_id, data, once=once)


@patch(
    _DATE,
    operation_id="change_date",
    summary="Move a date, of a series also those after it; refused once orders stand for it",
    opt=_WRITE,
)
async def change_date(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    occurrence_id: FromPath[UUID],
    data: JSONBody[ChangeDateBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.dates.change(actor, organizer_id, event_id, occurrence_id, data, once=once)


@delete(
    _DATE,
    status_code=200,
    operation_id="delete_date",
    summary="Delete a date; refused with `date_in_use` once somebody ordered for it",
    opt=_WRITE,
)
async def delete_date(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    occurrence_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.dates.delete(actor, organizer_id, event_id, occurrence_id)


@get(
    _SERIES,
    operation_id="list_series",
    summary="An event's series, each with the dates that are not as its rule says",
    opt=requires(Permission.EVENTS_READ),
)
async def list_series(
    events: NamedDependency[Events], organizer_id: NamedDependency[UUID], event_id: FromPath[UUID]
) -> list[SeriesView]:
    return await events.series.list(organizer_id, event_id)


@post(
    f"{_SERIES}/preview",
    status_code=200,
    operation_id="preview_series",
    summary="The dates that a rule makes; nothing is changed",
    opt=_WRITE,
)
async def preview_series(
    events: NamedDependency[Events],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[SeriesBody],
) -> SeriesPreview:
    return await events.series.preview(organizer_id, event_id, data)


@post(
    _SERIES,
    operation_id="create_series",
    summary="Repeat the event by a rule",
    opt=_WRITE,
)
async def create_series(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[SeriesBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    """Dates are set up a year ahead, 400 at most, and go on as time passes."""
    return await events.series.create(actor, organizer_id, event_id, data, once=once)


@patch(
    _ONE_SERIES,
    operation_id="change_series",
    summary="Another rule or other exceptions for what is to come; dates with orders stay",
    opt=_WRITE,
)
async def change_series(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    series_id: FromPath[UUID],
    data: JSONBody[ChangeSeriesBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.series.change(actor, organizer_id, event_id, series_id, data, once=once)


@delete(
    _ONE_SERIES,
    status_code=200,
    operation_id="end_series",
    summary="Repeat no longer; the dates there are stay",
    opt=_WRITE,
)
async def end_series(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    series_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.series.end(actor, organizer_id, event_id, series_id)


@post(
    f"{EVENT}/duplicate",
    operation_id="duplicate_event",
    summary="A draft like this event, from another day on; nothing sold is copied",
    opt=_WRITE,
)
async def duplicate_event(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[DuplicateBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    """Dates, doors, sale windows and series move along by the clock."""
    return await events.duplicating.duplicate(actor, organizer_id, event_id, data, once=once)


handlers = [
    create_date,
    change_date,
    delete_date,
    list_series,
    preview_series,
    create_series,
    change_series,
    end_series,
    duplicate_event,
]
