"""PUBLIC: what other services and the gateway may ask of bookings."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from boxoffice.data.blobs import Blobs
from boxoffice.data.coalescing import Coalescer
from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.answers.door import DoorAnswers
from boxoffice.services.bookings.answers.exporting import Exporting
from boxoffice.services.bookings.answers.opened import check_opened
from boxoffice.services.bookings.answers.rules.asking import Given
from boxoffice.services.bookings.answers.uploads import Uploads
from boxoffice.services.bookings.checkout import Checkout
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.confirming import Confirming, ConfirmOrder
from boxoffice.services.bookings.documents.codes import TicketSigner
from boxoffice.services.bookings.documents.orders import OrderDocument
from boxoffice.services.bookings.documents.pages import reference as ticket_reference
from boxoffice.services.bookings.documents.when import describe as describe_when
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.expiry import Expiry
from boxoffice.services.bookings.finding import Finding, RequestedLink, RequestedLinks
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.opening import Opening, OpenOrder
from boxoffice.services.bookings.people import checked_buyer
from boxoffice.services.bookings.quoting import Quoting
from boxoffice.services.bookings.rules import OrderNotFound, OrderStatus, check_quantities
from boxoffice.services.bookings.scanning import Scanning, ScanTicket
from boxoffice.services.bookings.tickets import (
    Confirmation,
    NoTicketsYet,
    Tickets,
    render_calendar,
    render_pdf,
    render_qr,
)
from boxoffice.services.bookings.views import BuyerView, OrderView, ScanView
from boxoffice.services.bookings.vouchers import Vouchers
from boxoffice.services.events.api import Events, ExpectedPrice, WantedLine, check_lines
from boxoffice.services.payments.api import Payments
from boxoffice.services.users.api import Users

__all__ = [
    "Bookings",
    "BuyerView",
    "Confirmation",
    "NoTicketsYet",
    "OrderDocument",
    "OrderNotFound",
    "OrderView",
    "RequestedLink",
    "RequestedLinks",
    "describe_when",
    "render_calendar",
    "render_pdf",
    "render_qr",
    "ticket_reference",
]


class Bookings:
    """Orders from the first hold to the door.

    Other services call the verbs; the rooms (`holds`, `checkout`, …) are for this service's routes.
    """

    def __init__(  # noqa: PLR0913  # what it stands on, all by name
        self,
        *,
        db: Database,
        users: Users,
        events: Events,
        payments: Payments,
        keyring: Keyring,
        blobs: Blobs,
        public_url: str,
    ) -> None:
        links, signer = OrderLinks(keyring), TicketSigner(keyring)
        composer = Composer(events=events, users=users, links=links, signer=signer)
        door, stock = OrderDoor(links), events.stock
        self._db, self._door, self._composer, self._events = db, door, composer, events
        self.answering = Answering(db, events, door)
        self.answer_files = Uploads(db, blobs, door)
        self.answers_export = Exporting(db, events)
        self.door_answers = DoorAnswers(db, events)
        self.openings = Coalescer(Opening(db, stock, composer).settle)
        self.confirmations = Coalescer(Confirming(db, stock, composer).settle)
        self.scanning = Scanning(db, signer)
        self.scans = Coalescer(self.scanning.settle)
        self.holds = Holds(db, stock, door, composer)
        self.checkout = Checkout(
            db=db,
            stock=stock,
            door=door,
            holds=self.holds,
            composer=composer,
            payments=payments,
            confirmations=self.confirmations,
            answering=self.answering,
        )
        self.vouchers = Vouchers(db, stock, door, composer)
        self.quoting = Quoting(db, stock)
        self.finding = Finding(db, users, composer)
        self.tickets = Tickets(db=db, door=door, composer=composer, public_url=public_url)
        self.expiry = Expiry(db, stock)

    async def order_for(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderView:
        """The order, if `actor` may see it; `OrderNotFound` otherwise."""
        return await self.holds.view(actor, organizer_id, order_id)

    async def order(self, organizer_id: UUID, order_id: UUID) -> OrderView:
        """The order, for services that act on a fact; asks nobody."""
        return await self.finding.one(organizer_id, order_id)

    async def order_by_token(self, token: str) -> OrderView:
        """The order that a capability link opens; `OrderNotFound` for any other text."""
        return await self.finding.by_token(token)

    async def confirmation(self, organizer_id: UUID, order_id: UUID) -> Confirmation | None:
        """The order and what its PDF and calendar are made of; None unless it is confirmed."""
        return await self.tickets.confirmation(organizer_id, order_id)

    async def requested_links(self, request_id: UUID) -> RequestedLinks | None:
        """Whom to mail which order links; None once the request is forgotten."""
        return await self.finding.requested_links(request_id)

    async def open(  # noqa: PLR0913  # an order's parts, all by name
        self,
        actor: Actor,
        organizer_id: UUID,
        *,
        event_id: UUID,
        occurrence_id: UUID | None,
        lines: Sequence[WantedLine],
        buyer: BuyerView | None,
        locale: str,
        once: IdempotencyKey | None,
        access_code: str | None = None,
        voucher_codes: Sequence[str] = (),
        expected: ExpectedPrice | None = None,
        answers: Sequence[Given] = (),
    ) -> OrderView:
        """Hold tickets, all or nothing; a free order with a known buyer is confirmed at once.

        `access_code` reveals hidden ticket types. `answers` that will not do are refused; while
        some are missing the order is held.
        """
        check_quantities([line.quantity for line in lines])
        check_lines(lines)
        nested = any(line.parent is not None for line in lines)
        command = OpenOrder(
            event_id=event_id,
            occurrence_id=occurrence_id,
            lines=tuple(lines),
            buyer=checked_buyer(buyer, pointer="/buyer") if buyer else None,
            buyer_id=actor.user_id or actor.visitor_id,
            locale=locale,
            once=once,
            access_code=access_code,
            voucher_codes=tuple(voucher_codes),
            expected=expected,
            answers=check_opened(await self._events.summary(organizer_id, event_id), lines, answers)
            if answers
            else None,
            nested=nested,
        )
        return await self.openings.submit(organizer_id, command)

    async def confirm(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderView:
        """Confirm a free order; `PaymentNeeded` for any other, `WrongAnswers` while it has not
        answered what it must.
        """
        view = await self.holds.view(actor, organizer_id, order_id, staff=Permission.ORDERS_WRITE)
        if view.asks and view.status is OrderStatus.HELD:
            await self.answering.check_complete(organizer_id, order_id)
        return await self.confirmations.submit(organizer_id, ConfirmOrder(order_id=order_id))

    async def scan(  # noqa: PLR0913  # what a scanner sends, all by name
        self,
        actor: Actor,
        organizer_id: UUID,
        *,
        nonce: UUID,
        code: str,
        event_id: UUID,
        gate: str,
        scanned_at: datetime | None,
    ) -> ScanView:
        """One attempt to enter; the same `nonce` again gives the same verdict."""
        command = ScanTicket(
            nonce=nonce,
            code=code,
            event_id=event_id,
            gate=gate,
            scanned_at=scanned_at,
            scanned_by=actor.label,
        )
        scan = await self.scans.submit(organizer_id, command)
        return await self.door_answers.with_questions(organizer_id, event_id, scan)

    async def close(self) -> None:
        """Settle everything submitted."""
        for coalescer in (self.openings, self.confirmations, self.scans):
            await coalescer.close()
