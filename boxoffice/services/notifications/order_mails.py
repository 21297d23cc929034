"""Mail about orders."""

import asyncio
from collections import Counter
from uuid import UUID

from msgspec import UNSET

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.api import (
    Bookings,
    OrderDocument,
    OrderPositionView,
    OrderView,
    RequestedLink,
    TicketView,
    all_dates,
    describe_when,
    render_calendar,
    render_pdf,
    render_qr,
    ticket_reference,
)
from boxoffice.services.bookings.facts import OrderConfirmed, OrderLinksRequested
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.mail.message import (
    Attachment,
    InlineImage,
    calendar_attachment,
    tickets_attachment,
)
from boxoffice.services.notifications.post import Draft, Post

# Of a larger order the mail shows the first ones; the PDF has all.
SHOWN_TICKETS = 10
_TOGETHER = "You bought this together with tickets for other events; each event has its own mail."


class OrderMails:
    """To buyers, about what they bought."""

    def __init__(self, post: Post, bookings: Bookings, *, public_url: str) -> None:
        self._post = post
        self._bookings = bookings
        self._public_url = public_url
        # The typesetter serves one at a time; more would only occupy threads that others need.
        self._presses = asyncio.Semaphore(2)

    async def send_tickets(self, organizer_id: UUID, fact: OrderConfirmed, fact_id: UUID) -> None:
        """The confirmation with the tickets; nothing if the order has been cancelled since."""
        found = await self._bookings.confirmation(organizer_id, fact.order_id)
        if found is None or found.order.buyer is None:
            return
        order, document = found.order, found.document
        tickets = await self._printed(document, order.code)
        calendar = await render_calendar(document)
        images = await _images(order)
        await self._post.send(
            Draft(
                organizer_id=organizer_id,
                fact_id=fact_id,
                recipient=Mailbox(found.order.buyer.email, found.order.buyer.name),
                template="order_confirmed",
                letter=_confirmation(order, document),
                attachments=(*tickets, calendar_attachment(calendar, order.code)),
                images=images,
            )
        )

    async def _printed(self, document: OrderDocument, order_code: str) -> list[Attachment]:
        """The tickets as a file; merchandise alone has none."""
        if not document.tickets:
            return []
        async with self._presses:
            return [tickets_attachment(await render_pdf(document), order_code)]

    async def send_links(self, fact: OrderLinksRequested, fact_id: UUID) -> None:
        """The links to all orders of an address; nothing if it has none."""
        found = await self._bookings.requested_links(fact.request_id)
        if found is None or not found.links:
            return
        await self._post.send(
            Draft(
                organizer_id=None,
                fact_id=fact_id,
                recipient=Mailbox(found.email),
                template="order_links",
                letter=letters.OrderLinks(orders=tuple(map(self._found, found.links))),
            )
        )

    def _found(self, link: RequestedLink) -> letters.FoundOrder:
        return letters.FoundOrder(
            event_title=link.event_title,
            when=describe_when(link.starts_at, link.starts_at, link.timezone).line,
            order_code=link.order_code,
            order_url=f"{self._public_url}/orders/{link.token}",
        )


def _confirmation(order: OrderView, document: OrderDocument) -> letters.OrderConfirmed:
    return letters.OrderConfirmed(
        organizer_name=document.organizer_name,
        event_title=order.event_title,
        when=all_dates(document),
        venue=_venue(document),
        order_code=order.code,
        order_url=document.order_url,
        buyer_name=order.buyer.name if order.buyer else "",
        total=_amount(order.total),
        seats="; ".join(ticket.seat.label for ticket in order.tickets if ticket.seat),
        together="" if order.purchase_id is UNSET else _TOGETHER,
        lines=_lines(order),
        tenders=_tenders(order),
        tickets=tuple(
            letters.Ticket(
                reference=ticket_reference(order.code, ticket.number),
                ticket_type_name=_ticket_name(order, document, ticket),
                attendee_name=ticket.attendee_name or "",
                seat=ticket.seat.label if ticket.seat else "",
                qr_source=f"cid:{_content_id(ticket.number)}",
            )
            for ticket in order.tickets[:SHOWN_TICKETS]
        ),
    )


def _ticket_name(order: OrderView, document: OrderDocument, ticket: TicketView) -> str:
    """With its date, if the order has several."""
    if not document.others:
        return ticket.full_name
    date = ticket.date or order
    when = describe_when(date.starts_at, date.ends_at, document.timezone)
    return f"{ticket.full_name}, {when.date}"


def _lines(order: OrderView) -> tuple[letters.Line, ...]:
    """Positions of the same kind and price as one line, in their order; then the fees."""
    counted = Counter((_line_name(position), position.price.amount) for position in order.positions)
    currency = order.total.currency
    tickets = [
        letters.Line(
            quantity=str(count),
            name=name,
            amount=_amount(Money(amount=price * count, currency=currency)),
        )
        for (name, price), count in counted.items()
    ]
    fees = [
        letters.Line(quantity="1", name=fee.name, amount=_amount(fee.price)) for fee in order.fees
    ]
    return (*tickets, *fees)


def _tenders(order: OrderView) -> tuple[letters.NewsLine, ...]:
    """How it was paid, where gift cards paid a part."""
    if not order.gift_cards:
        return ()
    cards = [
        letters.NewsLine(name=f"Paid by gift card …{one.code_end}", amount=str(one.amount))
        for one in order.gift_cards
    ]
    rest = [] if not order.due or order.due.is_zero else [_rest(order.due)]
    return (*cards, *rest)


def _rest(due: Money) -> letters.NewsLine:
    return letters.NewsLine(name="Paid otherwise", amount=str(due))


def _line_name(position: OrderPositionView) -> str:
    """What comes with a ticket says so."""
    return f"+ {position.full_name}" if position.parent_id else position.full_name


async def _images(order: OrderView) -> tuple[InlineImage, ...]:
    shown = order.tickets[:SHOWN_TICKETS]
    pictures = await asyncio.gather(*(render_qr(ticket.code) for ticket in shown))
    return tuple(
        InlineImage(content_id=_content_id(ticket.number), content=picture)
        for ticket, picture in zip(shown, pictures, strict=True)
    )


def _content_id(number: int) -> str:
    return f"ticket-{number}@boxoffice"


def _amount(money: Money) -> str:
    return "Free" if money.is_zero else str(money)


def _venue(document: OrderDocument) -> str:
    parts = (document.venue_name or "Online", document.venue_address)
    return ", ".join(part for part in parts if part)
