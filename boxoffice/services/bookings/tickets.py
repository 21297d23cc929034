"""An order's tickets as files: PDF, calendar, QR. Made when asked for, stored nowhere."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

import msgspec

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Conflict
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.documents import qr
from boxoffice.services.bookings.documents.orders import DateDocument, OrderDocument, TicketDocument
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.reading import read_order
from boxoffice.services.bookings.rules import OrderNotFound, OrderStatus
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.views import OrderView, TicketView
from boxoffice.services.events.api import EventSummary, VenueView


class NoTicketsYet(Conflict):
    code = "no_tickets_yet"
    message = "This order has no tickets until it is confirmed."


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """A confirmed order, and what its files are made of."""

    order: OrderView
    document: OrderDocument


class Tickets:
    """Documents of confirmed orders. `public_url` is where the product's pages are, without a
    slash.
    """

    def __init__(
        self, *, db: Database, door: OrderDoor, composer: Composer, public_url: str
    ) -> None:
        self._db = db
        self._door = door
        self._composer = composer
        self._public_url = public_url

    async def pdf(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> bytes:
        """One PDF, a page per ticket."""
        document = await self._document(actor, organizer_id, order_id)
        if not document.tickets:
            raise NoTicketsYet("This order has no tickets any more.")
        return await render_pdf(document)

    async def calendar(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> bytes:
        """An .ics file with the event's date."""
        return await render_calendar(await self._document(actor, organizer_id, order_id))

    async def qr(self, actor: Actor, organizer_id: UUID, order_id: UUID, ticket_id: UUID) -> bytes:
        """The ticket's QR as SVG."""
        view = await self._view(actor, organizer_id, order_id)
        codes = {ticket.id: ticket.code for ticket in _own(view).tickets}
        if ticket_id not in codes:
            raise OrderNotFound
        return qr.svg(codes[ticket_id]).encode()

    async def confirmation(self, organizer_id: UUID, order_id: UUID) -> Confirmation | None:
        """For whoever sends it; None unless the order is confirmed. No door: services only."""
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, order_id)
        if order.status is not OrderStatus.CONFIRMED:
            return None
        return await self._compose(organizer_id, order)

    async def notice(
        self, organizer_id: UUID, order_id: UUID, dates: Collection[UUID]
    ) -> Confirmation:
        """The order as it is now, its document about these dates, for telling its buyer about them.
        No door: services only.
        """
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, order_id)
        return await self._compose(organizer_id, order, dates)

    async def _document(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderDocument:
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        return (await self._compose(organizer_id, order)).document

    async def _view(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderView:
        async with self._db.begin(organizer_id) as tx:
            order = await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
            now = await tx.now()
        if order.status is not OrderStatus.CONFIRMED:
            raise NoTicketsYet
        return await self._composer.one(organizer_id, order, now=now)

    async def _compose(
        self, organizer_id: UUID, order: OrderSnapshot, about: Collection[UUID] = ()
    ) -> Confirmation:
        """`about`: the dates that the document is about, if not all."""
        if order.confirmed_at is None:
            raise NoTicketsYet
        wanted = [(order.event_id, date) for date in {*order.dates, *about}]
        known = await self._composer.known(organizer_id, [order.event_id], dates=wanted)
        view = _own(self._composer.view(known, order, now=order.confirmed_at))
        date, *others = _dates(known.events[order.event_id], set(about) or order.dates_left)
        venue = view.venue
        document = OrderDocument(
            order_code=view.code,
            organizer_name=known.organizer.name,
            event_title=view.event_title,
            occurrence_id=date.occurrence_id,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            timezone=view.timezone,
            venue_name=venue.name if venue else None,
            venue_address=place_text(venue),
            event_url=f"{self._public_url}/e/{view.organizer_slug}/{view.event_slug}",
            order_url=f"{self._public_url}/orders/{view.token}",
            issued_at=order.confirmed_at,
            tickets=tuple(
                TicketDocument(
                    number=ticket.number,
                    ticket_type_name=ticket.full_name,
                    attendee_name=ticket.attendee_name or (view.buyer.name if view.buyer else None),
                    code=ticket.code,
                    seat=ticket.seat.label if ticket.seat else None,
                    date=_date_of(view, ticket),
                    extras=extras_of(view, ticket.number),
                )
                for ticket in view.tickets
            ),
            locale=order.locale,
            sequence=date.sequence,
            cancelled=date.cancelled,
            postponed_from=date.postponed_from,
            others=tuple(others),
        )
        return Confirmation(order=view, document=document)


def extras_of(order: OrderView, number: int) -> str | None:
    """What comes with that position, as `2 Lunch, Shirt · L`."""
    base = next((one.id for one in order.positions if one.number == number), None)
    return counted(one.full_name for one in order.positions if base and one.parent_id == base)


def counted(names: Iterable[str]) -> str | None:
    """Each name once, with its number: `2 Lunch, Shirt · L`; None without any."""
    parts = (name if units == 1 else f"{units} {name}" for name, units in Counter(names).items())
    return ", ".join(parts) or None


def _date_of(order: OrderView, ticket: TicketView) -> DateDocument:
    date = ticket.date or order
    return DateDocument(
        occurrence_id=date.occurrence_id, starts_at=date.starts_at, ends_at=date.ends_at
    )


def _dates(event: EventSummary, dates: Collection[UUID]) -> list[DateDocument]:
    """In the order in which they take place."""
    return [
        DateDocument(
            occurrence_id=one.id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            sequence=one.sequence,
            cancelled=one.status == "cancelled",
            postponed_from=one.postponed_from,
        )
        for one in sorted(event.occurrences, key=lambda one: one.starts_at)
        if one.id in dates
    ]


def _own(view: OrderView) -> OrderView:
    """Without the tickets that were given on: their codes are somebody else's."""
    own = [ticket for ticket in view.tickets if not ticket.given_on]
    return msgspec.structs.replace(view, tickets=own)


async def render_pdf(document: OrderDocument) -> bytes:
    """Off the event loop; the typesetter is loaded on first use."""

    def work() -> bytes:
        from boxoffice.services.bookings.documents.pdf import tickets_pdf  # noqa: PLC0415  # 60 MB that a seller never needs

        return tickets_pdf(document)

    return await asyncio.to_thread(work)


async def render_calendar(document: OrderDocument) -> bytes:
    """Off the event loop."""

    def work() -> bytes:
        from boxoffice.services.bookings.documents.calendar import calendar_file  # noqa: PLC0415  # loaded on first use

        return calendar_file(document)

    return await asyncio.to_thread(work)


async def render_qr(code: str) -> bytes:
    """A ticket's code as a PNG, for mail programs. Off the event loop."""
    return await asyncio.to_thread(qr.png, code)


def place_text(venue: VenueView | None) -> str | None:
    """Where the venue is, in one line."""
    if venue is None:
        return None
    parts = (venue.address, venue.city, venue.country)
    return ", ".join(part for part in parts if part) or None
