"""Giving tickets on: from the order's side, and from the side of whoever gets them."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.bookings.routes.orders import HOLDER, ORDER
from boxoffice.services.bookings.transfers.giving import Wish
from boxoffice.services.bookings.transfers.views import ReceivedTicketView, TransferView

LINK = "/ticket-transfers/{token:str}"
BEARER = requires(Permission.PUBLIC)
_PRIVATE = {"cache-control": "private, no-store"}


class OfferBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom to give it to; `message` goes into the mail."""

    email: str
    message: Annotated[str, msgspec.Meta(max_length=500)] = ""

    def wish(self) -> Wish:
        return Wish(to_email=self.email, message=self.message)


class AcceptBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The name that the ticket will bear."""

    name: str


@post(
    ORDER + "/tickets/{ticket_id:uuid}/transfers",
    operation_id="offer_ticket",
    summary="Give a ticket to another person",
    opt=HOLDER,
)
async def offer_ticket(  # noqa: PLR0913, PLR0917  # what the path and the request say
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    ticket_id: FromPath[UUID],
    data: JSONBody[OfferBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
    once: NamedDependency[IdempotencyKey | None],
) -> TransferView:
    """They get a link by mail. Until they take it the ticket stays as it is."""
    return await bookings.giving.offer(
        actor, organizer_id, order_id, ticket_id, data.wish(), once=once
    )


@get(
    ORDER + "/transfers",
    operation_id="list_transfers",
    summary="Whose an order's tickets were and are",
    opt=HOLDER,
)
async def list_transfers(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> list[TransferView]:
    """Oldest first. The team sees the whole chain, the buyer what they gave themselves."""
    return await bookings.giving.of(actor, organizer_id, order_id)


@post(
    ORDER + "/transfers/{transfer_id:uuid}/withdraw",
    operation_id="withdraw_ticket_offer",
    summary="Take back the offer of a ticket",
    opt=HOLDER,
    status_code=200,
)
async def withdraw_ticket_offer(
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    transfer_id: FromPath[UUID],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> TransferView:
    """410 `transfer_over` once it is taken."""
    return await bookings.giving.withdraw(actor, organizer_id, order_id, transfer_id)


@get(LINK, operation_id="get_received_ticket", summary="A ticket somebody gives me", opt=BEARER)
async def get_received_ticket(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> ReceivedTicketView:
    """The offer; once it is taken, the ticket with its code."""
    return await bookings.receiving.show(token)


@post(
    LINK + "/accept",
    operation_id="accept_ticket",
    summary="Take a ticket somebody gives me",
    opt=BEARER,
    status_code=200,
)
async def accept_ticket(
    token: FromPath[str],
    data: JSONBody[AcceptBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ReceivedTicketView:
    """The code is new from this moment on; the giver's lets nobody in. Taking it twice is once."""
    return await bookings.receiving.accept(actor, token, data.name)


@post(
    LINK + "/decline",
    operation_id="decline_ticket",
    summary="Decline a ticket somebody gives me",
    opt=BEARER,
    status_code=200,
)
async def decline_ticket(
    token: FromPath[str],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ReceivedTicketView:
    """It stays with who offered it."""
    return await bookings.receiving.decline(actor, token)


@post(
    LINK + "/offer",
    operation_id="offer_received_ticket",
    summary="Give a ticket that I was given to another person",
    opt=BEARER,
    status_code=200,
)
async def offer_received_ticket(
    token: FromPath[str],
    data: JSONBody[OfferBody],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ReceivedTicketView:
    """As its buyer can."""
    return await bookings.receiving.offer_on(actor, token, data.wish())


@delete(
    LINK + "/offer",
    operation_id="withdraw_received_ticket_offer",
    summary="Take back the offer of a ticket that I was given",
    opt=BEARER,
    status_code=200,
)
async def withdraw_received_ticket_offer(
    token: FromPath[str],
    bookings: NamedDependency[Bookings],
    actor: NamedDependency[Actor],
) -> ReceivedTicketView:
    """410 `transfer_over` once it is taken."""
    return await bookings.receiving.withdraw_on(actor, token)


@get(
    LINK + "/qr.svg",
    operation_id="get_received_ticket_qr",
    summary="The code of a ticket that I was given",
    opt=BEARER,
    media_type="image/svg+xml",
)
async def get_received_ticket_qr(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> Response[bytes]:
    """404 unless the ticket is yours."""
    picture = await bookings.received_files.qr(token)
    return Response(picture, media_type="image/svg+xml", headers=_PRIVATE)


@get(
    LINK + "/ticket.pdf",
    operation_id="download_received_ticket",
    summary="A ticket that I was given as PDF",
    opt=BEARER,
    media_type="application/pdf",
)
async def download_received_ticket(
    token: FromPath[str], bookings: NamedDependency[Bookings]
) -> Response[bytes]:
    """404 unless the ticket is yours."""
    headers = {**_PRIVATE, "content-disposition": 'attachment; filename="ticket.pdf"'}
    pdf = await bookings.received_files.pdf(token)
    return Response(pdf, media_type="application/pdf", headers=headers)


HANDLERS = [
    offer_ticket,
    list_transfers,
    withdraw_ticket_offer,
    get_received_ticket,
    accept_ticket,
    decline_ticket,
    offer_received_ticket,
    withdraw_received_ticket_offer,
    get_received_ticket_qr,
    download_received_ticket,
]
