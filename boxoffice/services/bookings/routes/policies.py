"""What an event's organizer lets buyers do with their orders."""

from uuid import UUID

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.options import OrderOptionsView
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER
from boxoffice.services.bookings.rules import OrderPolicy, longest_to_decide

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


class CardHoldLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Within how many hours applications that come with a card must be decided; null: cards cannot
    hold money.
    """

    longest_hours: int | None


@get(
    "/organizers/{organizer:str}/card-holds",
    operation_id="get_card_hold_limits",
    summary="How long cards can hold money",
    opt=requires(Permission.EVENTS_READ),
)
async def get_card_hold_limits(
    organizer_id: NamedDependency[UUID],  # noqa: ARG001  # who may ask
    bookings: NamedDependency[Bookings],
) -> CardHoldLimits:
    """Whether applications can come with a card, and how long the organizer has then to decide."""
    held_for = bookings.policies.held_for()
    return CardHoldLimits(longest_hours=None if held_for is None else longest_to_decide(held_for))


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


HANDLERS = [get_order_policy, set_order_policy, get_card_hold_limits, get_order_options]
