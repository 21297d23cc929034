"""Ticket types and quotas."""

from uuid import UUID

from litestar import delete, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.bodies import (
    ChangeQuotaBody,
    ChangeTicketTypeBody,
    QuotaBody,
    TicketTypeBody,
)
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent

_TYPES = f"{EVENT}/ticket-types"
_TYPE = f"{_TYPES}/{{ticket_type_id:uuid}}"
_QUOTAS = f"{EVENT}/quotas"


@post(
    _TYPES,
    operation_id="create_ticket_type",
    summary="Add a ticket type with a quota of its own, or against given quotas",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_ticket_type(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[TicketTypeBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ticket_types.create(actor, organizer_id, event_id, data, once=once)


@patch(
    _TYPE,
    operation_id="change_ticket_type",
    summary="Change what the body names; orders keep the price they were opened with",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_ticket_type(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
    data: JSONBody[ChangeTicketTypeBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ticket_types.change(
        actor, organizer_id, event_id, ticket_type_id, data, once=once
    )


@delete(
    _TYPE,
    status_code=200,
    operation_id="delete_ticket_type",
    summary="Delete a ticket type; refused with `ticket_type_in_use` once it is in orders",
    opt=requires(Permission.EVENTS_WRITE),
)
async def delete_ticket_type(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.ticket_types.delete(actor, organizer_id, event_id, ticket_type_id)


@post(
    _QUOTAS,
    operation_id="create_quota",
    summary="Limit several ticket types together; what they have sold already counts",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_quota(  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[QuotaBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.quotas.create(actor, organizer_id, event_id, data, once=once)


@patch(
    f"{_QUOTAS}/{{quota_id:uuid}}",
    operation_id="change_quota",
    summary="Change a capacity, also below what is sold: the quota is then overbooked",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_quota(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    quota_id: FromPath[UUID],
    data: JSONBody[ChangeQuotaBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.quotas.change(actor, organizer_id, event_id, quota_id, data, once=once)


handlers = [
    create_ticket_type,
    change_ticket_type,
    delete_ticket_type,
    create_quota,
    change_quota,
]
