"""Mail about orders."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.api import (
    Bookings,
    Confirmation,
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
from boxoffice.services.bookings.facts import (
    OrderConfirmed,
    OrderLinksRequested,
    OrderSplit,
    PurchaseConfirmed,
)
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


class OrderMails:
    """To buyers, about what they bought."""

    def __init__(self, post: Post, bookings: Bookings, *, public_url: str) -> None:
        self._post = post
        self._bookings = bookings
        self._public_url = public_url
        # The typesetter serves one at a time; more would only occupy threads that others need.
        self._presses = asyncio.Semaphore(2)

    async def send_tickets(self, organizer_id: UUID, fact: OrderConfirmed, fact_id: UUID) -> None:
        """The confirmation with the tickets; nothing if the order has been cancelled since, or was
        bought together with others: then all of these have one mail.
        """
        found = await self._bookings.confirmation(organizer_id, fact.order_id)
        if found is not None and found.order.purchase_id is UNSET:
            await self._post.send(*await self._drafts(organizer_id, fact_id, found))

    async def send_purchase(self, fact: PurchaseConfirmed, fact_id: UUID) -> None:
        """The confirmation of all orders of a purchase that still stand, in one mail to whoever
        bought them.
        """
        news = await self._bookings.purchase(fact.organizer_id, fact.purchase_id)
        organizer = fact.organizer_id
        asked = [await self._bookings.confirmation(organizer, one) for one in news.order_ids]
        found = [one for one in asked if one is not None]
        url = f"{self._public_url}/purchases/{news.token}"
        drafts = list[Draft]()
        for buyer in dict.fromkeys(one.order.buyer for one in found):
            theirs = [one for one in found if one.order.buyer == buyer]
            drafts += await self._drafts(organizer, fact_id, *theirs, url=url)
        await self._post.send(*drafts)

    async def split_draft(
        self, fact: OrderSplit, fact_id: UUID, order_id: UUID, *, note: str
    ) -> list[Draft]:
        """The tickets of an order that came out of another one."""
        found = await self._bookings.confirmation(fact.organizer_id, order_id)
        if found is None:
            return []
        return await self._drafts(fact.organizer_id, fact_id, found, note=note)

    async def _drafts(
        self,
        organizer_id: UUID,
        fact_id: UUID,
        *found: Confirmation,
        note: str = "",
        url: str = "",
    ) -> list[Draft]:
        """One mail with these orders of one buyer; none if nobody knows whose they are."""
        buyer = found[0].order.buyer
        if buyer is None:
            return []
        shown = max(2, SHOWN_TICKETS // len(found))
        alone = len(found) == 1
        return [
            Draft(
                organizer_id=organizer_id,
                fact_id=fact_id,
                recipient=Mailbox(buyer.email, buyer.name),
                template="order_confirmed" if alone else "purchase_confirmed",
                letter=_confirmation(*found, note=note) if alone else _purchase(found, url, shown),
                attachments=tuple([one for each in found for one in await self._files(each)]),
                images=tuple([one for each in found for one in await _images(each.order, shown)]),
            )
        ]

    async def _files(self, found: Confirmation) -> list[Attachment]:
        """The tickets, and when to come."""
        code = found.order.code
        tickets = await self._printed(found.document, code)
        return [*tickets, calendar_attachment(await render_calendar(found.document), code)]

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


def _confirmation(found: Confirmation, *, note: str) -> letters.OrderConfirmed:
    order, document = found.order, found.document
    return letters.OrderConfirmed(
        organizer_name=document.organizer_name,
        event_title=order.event_title,
        when=all_dates(document),
        venue=_venue(document),
        order_code=order.code,
        order_url=document.order_url,
        buyer_name=order.buyer.name if order.buyer else "",
        total=_amount(order.total),
        seats=_seats(order),
        note=note,
        lines=_lines(order),
        tenders=_tenders(order),
        tickets=_tickets(found, SHOWN_TICKETS),
    )


def _purchase(found: Sequence[Confirmation], url: str, shown: int) -> letters.PurchaseConfirmed:
    first = found[0]
    total = sum(one.order.total.amount for one in found)
    return letters.PurchaseConfirmed(
        organizer_name=first.document.organizer_name,
        count=f"{len(found)} events",
        titles=", ".join(one.order.event_title for one in found),
        purchase_url=url,
        buyer_name=first.order.buyer.name if first.order.buyer else "",
        orders=tuple(
            letters.PurchasedOrder(
                event_title=one.order.event_title,
                when=all_dates(one.document),
                venue=_venue(one.document),
                order_code=one.order.code,
                order_url=one.document.order_url,
                seats=_seats(one.order),
                lines=_lines(one.order),
                total=_amount(one.order.total),
                tenders=_tenders(one.order),
                tickets=_tickets(one, shown),
            )
            for one in found
        ),
        total=_amount(Money(amount=total, currency=first.order.total.currency)),
    )


def _seats(order: OrderView) -> str:
    return "; ".join(ticket.seat.label for ticket in order.tickets if ticket.seat)


def _tickets(found: Confirmation, shown: int) -> tuple[letters.Ticket, ...]:
    order, document = found.order, found.document
    return tuple(
        letters.Ticket(
            reference=ticket_reference(order.code, ticket.number),
            ticket_type_name=_ticket_name(order, document, ticket),
            attendee_name=ticket.attendee_name or "",
            seat=ticket.seat.label if ticket.seat else "",
            qr_source=f"cid:{_content_id(order, ticket)}",
        )
        for ticket in order.tickets[:shown]
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


async def _images(order: OrderView, most: int) -> list[InlineImage]:
    shown = order.tickets[:most]
    pictures = await asyncio.gather(*(render_qr(ticket.code) for ticket in shown))
    return [
        InlineImage(content_id=_content_id(order, ticket), content=picture)
        for ticket, picture in zip(shown, pictures, strict=True)
    ]


def _content_id(order: OrderView, ticket: TicketView) -> str:
    return f"ticket-{order.code}-{ticket.number}@boxoffice"


def _amount(money: Money) -> str:
    return "Free" if money.is_zero else str(money)


def _venue(document: OrderDocument) -> str:
    parts = (document.venue_name or "Online", document.venue_address)
    return ", ".join(part for part in parts if part)
