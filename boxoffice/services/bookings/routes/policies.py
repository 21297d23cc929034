"""What an event's organizer lets buyers do with their orders."""

from uuid import UUID

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.options import OrderOptionsView
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER
from boxoffice.services.bookings.rules import OrderPolicy

POLICY = "/organizers/{organizer:str}/events/{event_id:uuid}/order-policy"


@get(
    POLICY,
    operation_id="get_order_policy",
    summary="What buyers may do with their orders",
    opt=requires(Permission.EVENTS_READ),
)
async def get_order_policy(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
) -> OrderPolicy:
    """Until it is set: no cancelling, giving tickets on and correcting names until the start."""
    return await bookings.policies.get(organizer_id, event_id)


@put(
    POLICY,
    operation_id="set_order_policy",
    summary="Set what buyers may do with their orders",
    opt=requires(Permission.EVENTS_WRITE),
)
async def set_order_policy(
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: JSONBody[OrderPolicy],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> OrderPolicy:
    """It counts at once, also for orders that were made before."""
    return await bookings.policies.set(actor, organizer_id, event_id, data)


@get(
    ORDER + "/options",
    operation_id="get_order_options",
    summary="What the buyer may do with an order now",
    opt=HOLDER,
)
async def get_order_options(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> OrderOptionsView:
    """By the event's policy; what is offered here is not refused a moment later."""
    return await bookings.options.of(actor, organizer_id, order_id)


HANDLERS = [get_order_policy, set_order_policy, get_order_options]
