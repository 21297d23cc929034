"""An order's files. Browsers open them as plain links, so the capability may come as `?token=`."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from boxoffice.kernel.actors import Actor
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER

Token = Annotated[str | None, QueryParameter(name="token", max_length=400)]
_PRIVATE = {"cache-control": "private, no-store"}


def bearing(actor: Actor, token: str | None) -> Actor:
    """The actor, with the capability from the URL if it has none from the header."""
    return msgspec.structs.replace(actor, order_token=actor.order_token or token)


@get(
    ORDER + "/tickets.pdf",
    operation_id="download_tickets",
    summary="The tickets as one PDF",
    opt=HOLDER,
    media_type="application/pdf",
)
async def download_tickets(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    token: Token = None,
) -> Response[bytes]:
    """A page per ticket."""
    pdf = await bookings.tickets.pdf(bearing(actor, token), organizer_id, order_id)
    headers = {**_PRIVATE, "content-disposition": 'attachment; filename="tickets.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@get(
    ORDER + "/calendar.ics",
    operation_id="download_calendar",
    summary="The date as a calendar file",
    opt=HOLDER,
    media_type="text/calendar",
)
async def download_calendar(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    token: Token = None,
) -> Response[bytes]:
    """iCalendar (RFC 5545) in the event's time zone."""
    file = await bookings.tickets.calendar(bearing(actor, token), organizer_id, order_id)
    headers = {**_PRIVATE, "content-disposition": 'attachment; filename="event.ics"'}
    return Response(file, media_type="text/calendar", headers=headers)


@get(
    ORDER + "/tickets/{ticket_id:uuid}/qr.svg",
    operation_id="get_ticket_qr",
    summary="A ticket's QR",
    opt=HOLDER,
    media_type="image/svg+xml",
)
async def get_ticket_qr(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    ticket_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    token: Token = None,
) -> Response[bytes]:
    """SVG, black on white."""
    image = await bookings.tickets.qr(bearing(actor, token), organizer_id, order_id, ticket_id)
    return Response(image, media_type="image/svg+xml", headers=_PRIVATE)


HANDLERS = [download_tickets, download_calendar, get_ticket_qr]
