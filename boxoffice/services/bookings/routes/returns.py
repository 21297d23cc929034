"""Offering tickets back at face value."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.returns.views import ReturnView
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER


@post(
    ORDER + "/tickets/{ticket_id:uuid}/returns",
    operation_id="return_ticket",
    summary="Offer a ticket back at face value",
    opt=HOLDER,
)
async def return_ticket(  # what the path and the request say
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    ticket_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> ReturnView:
    """It is offered to those who wait. Once somebody has bought it the code dies and the money
    comes back; until then the ticket stays valid.
    """
    return await bookings.returning.offer(actor, organizer_id, order_id, ticket_id, once=once)


@get(
    ORDER + "/returns",
    operation_id="list_ticket_returns",
    summary="An order's tickets that were offered back",
    opt=HOLDER,
)
async def list_ticket_returns(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[ReturnView]:
    """Oldest first."""
    return await bookings.returning.of(actor, organizer_id, order_id)


@post(
    ORDER + "/returns/{return_id:uuid}/withdraw",
    operation_id="keep_returned_ticket",
    summary="Keep a ticket that was offered back",
    opt=HOLDER,
    status_code=200,
)
async def keep_returned_ticket(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    return_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ReturnView:
    """409 `return_promised` while somebody is being offered it, 410 `return_over` after."""
    return await bookings.returning.withdraw(actor, organizer_id, order_id, return_id)


HANDLERS = [return_ticket, list_ticket_returns, keep_returned_ticket]
