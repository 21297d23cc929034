"""Changing a confirmed order."""

from uuid import UUID

import msgspec
from litestar import put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER, BuyerBody
from boxoffice.services.bookings.views import OrderView

POSITION = ORDER + "/positions/{position_id:uuid}"


class AttendeeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The name that the ticket bears."""

    name: str


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
    return await bookings.changing.details.correct_buyer(
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
    return await bookings.changing.details.name_attendee(
        actor, organizer_id, order_id, position_id, data.name, once=once
    )


HANDLERS = [correct_buyer, name_attendee]
