"""Changing a confirmed order."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.changing.variations import VariationChange, VariationChoiceView
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER, BuyerBody
from boxoffice.services.bookings.views import OrderView

POSITION = ORDER + "/positions/{position_id:uuid}"


class AttendeeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The name that the ticket bears."""

    name: str


class OtherVariationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`expected_total` is what the order costs with it, as `list_variation_choices` says."""

    variation_id: UUID
    expected_total: Annotated[int, msgspec.Meta(ge=0)]


@put(
    ORDER + "/contact",
    operation_id="correct_buyer",
    summary="Correct who bought a confirmed order, and where its mail goes",
    opt=HOLDER,
)
async def correct_buyer(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[BuyerBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Its buyer until the organizer's deadline, staff at any time."""
    return await bookings.details.correct_buyer(
        actor, organizer_id, order_id, data.view(), once=once
    )


@put(
    POSITION + "/attendee",
    operation_id="name_attendee",
    summary="The name that a ticket bears",
    opt=HOLDER,
)
async def name_attendee(  # noqa: PLR0913, PLR0917  # what the path and the request say
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    position_id: FromPath[UUID],
    data: JSONBody[AttendeeBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Its buyer until the organizer's deadline, staff at any time; the code stays."""
    return await bookings.details.name_attendee(
        actor, organizer_id, order_id, position_id, data.name, once=once
    )


@get(
    POSITION + "/variations",
    operation_id="list_variation_choices",
    summary="In which other variations a ticket could come",
    opt=HOLDER,
)
async def list_variation_choices(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    position_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[VariationChoiceView]:
    """Those on sale that cost no more than what was paid."""
    return await bookings.variations.choices(actor, organizer_id, order_id, position_id)


@put(
    POSITION + "/variation",
    operation_id="change_ticket_variation",
    summary="A ticket in another variation",
    opt=HOLDER,
)
async def change_ticket_variation(  # noqa: PLR0913, PLR0917  # what the path and the request say
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    position_id: FromPath[UUID],
    data: JSONBody[OtherVariationBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """What it is cheaper goes back; a dearer one is refused with `change_costs_more`."""
    wish = VariationChange(
        position_id=position_id,
        variation_id=data.variation_id,
        expected_total=data.expected_total,
    )
    return await bookings.variations.change(actor, organizer_id, order_id, wish, once=once)


HANDLERS = [correct_buyer, name_attendee, list_variation_choices, change_ticket_variation]
