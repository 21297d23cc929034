"""Applying for tickets, and deciding about it."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.approving.cards import AppliedByCard
from boxoffice.services.bookings.approving.views import ApplicationRow, ApplicationView
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER
from boxoffice.services.bookings.routes.payments import ShownBody
from boxoffice.services.bookings.rules import ApplicationState
from boxoffice.services.bookings.views import OrderView

APPLICATIONS = "/organizers/{organizer:str}/applications"


class SayBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A few words to the other side, or none."""

    message: str = ""


class ApplyBody(ShownBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A few words to the organizer, or none. `source` is the provider's token for the card that is
    to hold the money, where the order's payment methods name any. `expected_total` and
    `expected_due` are what the buyer was shown, as for pay_order.
    """

    message: str = ""
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None


class AssessmentBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the team thinks, ten being the best; the buyer never sees it."""

    score: Annotated[int, msgspec.Meta(ge=0, le=10)] | None
    note: str = ""


@post(
    ORDER + "/application",
    operation_id="apply_for_order",
    summary="Apply for the tickets of a held order",
    opt=HOLDER,
    status_code=200,
)
async def apply_for_order(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[ApplyBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """The tickets are kept until the organizer has decided; nothing is paid before that. Where the
    event's policy wants a card (422 `card_needed`), it holds what is due until then: 402
    `card_declined` leaves the order held as it was, and while its payment is `pending` load it
    again until it is `awaiting_approval`.
    """
    if data.source is None:
        return await bookings.applying.apply(
            actor, organizer_id, order_id, data.message, shown=data.shown(), once=once
        )
    asked = AppliedByCard(message=data.message, source=data.source, shown=data.shown(), once=once)
    return await bookings.cards.apply(actor, organizer_id, order_id, asked)


@get(
    ORDER + "/application",
    operation_id="get_application",
    summary="Where the application for an order stands",
    opt=HOLDER,
)
async def get_application(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ApplicationView:
    """Until when it is decided, then until when it must be paid."""
    return await bookings.applying.of(actor, organizer_id, order_id)


@get(
    APPLICATIONS,
    operation_id="list_applications",
    summary="Who applies for tickets",
    opt=requires(Permission.ORDERS_READ),
)
async def list_applications(  # noqa: PLR0913, PLR0917  # the filters of the list
    organizer_id: NamedDependency[UUID],
    bookings: NamedDependency[Bookings],
    event_id: FromQuery[UUID | None] = None,
    status: FromQuery[ApplicationState] = ApplicationState.WAITING,
    sort: FromQuery[Literal["sent", "score"]] = "sent",
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[ApplicationRow]:
    """Those that wait for a decision, unless another state is asked for."""
    return await bookings.applications.page(
        organizer_id,
        event_id=event_id,
        state=status,
        by_score=sort == "score",
        limit=limit,
        cursor=cursor,
    )


@put(
    APPLICATIONS + "/{order_id:uuid}/assessment",
    operation_id="assess_application",
    summary="What the team thinks of an application",
    opt=requires(Permission.ORDERS_WRITE),
)
async def assess_application(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[AssessmentBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ApplicationRow:
    """A score and a note, for choosing among many."""
    return await bookings.applications.assess(
        actor, organizer_id, order_id, score=data.score, note=data.note
    )


@post(
    APPLICATIONS + "/{order_id:uuid}/approval",
    operation_id="approve_application",
    summary="Approve an application",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def approve_application(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[SayBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """An order that nothing is due of is confirmed. What a card holds is taken, which confirms as
    well; where it does not give the money, or none was given, the time to pay begins.
    """
    return await bookings.deciding.approve(actor, organizer_id, order_id, data.message, once=once)


@post(
    APPLICATIONS + "/{order_id:uuid}/denial",
    operation_id="deny_application",
    summary="Deny an application",
    opt=requires(Permission.ORDERS_WRITE),
    status_code=200,
)
async def deny_application(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[SayBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> OrderView:
    """Its tickets can be bought by others at once, and no card holds its money any more; its
    buyer is told, with the message.
    """
    return await bookings.deciding.deny(actor, organizer_id, order_id, data.message, once=once)


HANDLERS = [
    apply_for_order,
    get_application,
    list_applications,
    assess_application,
    approve_application,
    deny_application,
]
