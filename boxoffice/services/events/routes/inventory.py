"""Categories and variations of ticket types, and the order of all of them."""

from uuid import UUID

from litestar import delete, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.inventory_bodies import (
    ChangeVariationBody,
    OrderBody,
    TicketCategoryBody,
    VariationBody,
)
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent

_TYPES = f"{EVENT}/ticket-types"
_VARIATIONS = f"{_TYPES}/{{ticket_type_id:uuid}}/variations"
_CATEGORIES = f"{EVENT}/ticket-categories"


@put(
    f"{_TYPES}/order",
    operation_id="order_ticket_types",
    summary="Show the ticket types in this order",
    opt=requires(Permission.EVENTS_WRITE),
)
async def order_ticket_types(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[OrderBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ordering.ticket_types(actor, organizer_id, event_id, data.ids, once=once)


@post(
    _CATEGORIES,
    operation_id="create_ticket_category",
    summary="Add a heading that ticket types can stand under",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_ticket_category(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[TicketCategoryBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ticket_categories.create(actor, organizer_id, event_id, data, once=once)


@put(
    f"{_CATEGORIES}/order",
    operation_id="order_ticket_categories",
    summary="Show the ticket categories in this order",
    opt=requires(Permission.EVENTS_WRITE),
)
async def order_ticket_categories(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[OrderBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ordering.categories(actor, organizer_id, event_id, data.ids, once=once)


@patch(
    f"{_CATEGORIES}/{{category_id:uuid}}",
    operation_id="change_ticket_category",
    summary="Give the heading another name",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_ticket_category(  # noqa: PLR0913, PLR0917  # what path, body and door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    category_id: FromPath[UUID],
    data: JSONBody[TicketCategoryBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ticket_categories.change(
        actor, organizer_id, event_id, category_id, data, once=once
    )


@delete(
    f"{_CATEGORIES}/{{category_id:uuid}}",
    status_code=200,
    operation_id="delete_ticket_category",
    summary="Delete the heading; its ticket types then stand under none",
    opt=requires(Permission.EVENTS_WRITE),
)
async def delete_ticket_category(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    category_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.ticket_categories.delete(actor, organizer_id, event_id, category_id)


@post(
    _VARIATIONS,
    operation_id="create_variation",
    summary="Add a choice within a ticket type, with a price and a quota of its own if given",
    opt=requires(Permission.EVENTS_WRITE),
)
async def create_variation(  # noqa: PLR0913, PLR0917  # what path, body and door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
    data: JSONBody[VariationBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.variations.create(
        actor, organizer_id, event_id, ticket_type_id, data, once=once
    )


@put(
    f"{_VARIATIONS}/order",
    operation_id="order_variations",
    summary="Show the ticket type's variations in this order",
    opt=requires(Permission.EVENTS_WRITE),
)
async def order_variations(  # noqa: PLR0913, PLR0917  # what path, body and door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
    data: JSONBody[OrderBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.ordering.variations(
        actor, organizer_id, event_id, ticket_type_id, data.ids, once=once
    )


@patch(
    f"{_VARIATIONS}/{{variation_id:uuid}}",
    operation_id="change_variation",
    summary="Change what the body names; orders keep the price they were opened with",
    opt=requires(Permission.EVENTS_WRITE),
)
async def change_variation(  # noqa: PLR0913, PLR0917  # what path, body and door name
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
    variation_id: FromPath[UUID],
    data: JSONBody[ChangeVariationBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ManagedEvent:
    return await events.variations.change(
        actor, organizer_id, event_id, ticket_type_id, variation_id, data, once=once
    )


@delete(
    f"{_VARIATIONS}/{{variation_id:uuid}}",
    status_code=200,
    operation_id="delete_variation",
    summary="Delete a variation; refused with `variation_in_use` once it is in orders",
    opt=requires(Permission.EVENTS_WRITE),
)
async def delete_variation(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    ticket_type_id: FromPath[UUID],
    variation_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.variations.delete(
        actor, organizer_id, event_id, ticket_type_id, variation_id
    )


handlers = [
    order_ticket_types,
    create_ticket_category,
    order_ticket_categories,
    change_ticket_category,
    delete_ticket_category,
    create_variation,
    order_variations,
    change_variation,
    delete_variation,
]
