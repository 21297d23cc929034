"""The files of a ticket that was given on, for who has it now."""

from boxoffice.services.bookings.documents import qr
from boxoffice.services.bookings.documents.orders import OrderDocument, TicketDocument
from boxoffice.services.bookings.rules import TransferNotFound
from boxoffice.services.bookings.tickets import place_text, render_pdf
from boxoffice.services.bookings.transfers.receiving import Receiving
from boxoffice.services.bookings.transfers.views import HeldTicketView, ReceivedTicketView


class ReceivedFiles:
    """Made when asked for, stored nowhere."""

    def __init__(self, receiving: Receiving, *, public_url: str) -> None:
        self._receiving = receiving
        self._public_url = public_url

    async def qr(self, token: str) -> bytes:
        """The code as SVG."""
        _, ticket = await self._held(token)
        return qr.svg(ticket.code).encode()

    async def pdf(self, token: str) -> bytes:
        """The ticket as a page."""
        view, ticket = await self._held(token)
        return await render_pdf(self._document(token, view, ticket))

    async def _held(self, token: str) -> tuple[ReceivedTicketView, HeldTicketView]:
        view = await self._receiving.show(token)
        if view.ticket is None:
            raise TransferNotFound
        return view, view.ticket

    def _document(
        self, token: str, view: ReceivedTicketView, ticket: HeldTicketView
    ) -> OrderDocument:
        page = TicketDocument(
            number=ticket.number,
            ticket_type_name=view.ticket_name,
            attendee_name=view.to_name,
            code=ticket.code,
            seat=view.seat.label if view.seat else None,
            extras=view.extras,
        )
        return OrderDocument(
            order_code=view.order_code,
            organizer_name=view.organizer_name,
            event_title=view.event_title,
            occurrence_id=ticket.id,
            starts_at=view.starts_at,
            ends_at=view.ends_at,
            timezone=view.timezone,
            venue_name=view.venue.name if view.venue else None,
            venue_address=place_text(view.venue),
            event_url=f"{self._public_url}/e/{view.organizer_slug}/{view.event_slug}",
            order_url=f"{self._public_url}/transfers/{token}",
            issued_at=view.server_time,
            tickets=(page,),
        )
