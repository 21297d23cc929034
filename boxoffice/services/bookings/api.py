"""PUBLIC: what other services and the gateway may ask of bookings."""

from datetime import datetime
from uuid import UUID

from boxoffice.data.blobs import Blobs
from boxoffice.data.coalescing import Coalescer
from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.answers.answering import Answering
from boxoffice.services.bookings.answers.door import DoorAnswers
from boxoffice.services.bookings.answers.exporting import Exporting
from boxoffice.services.bookings.answers.uploads import Uploads
from boxoffice.services.bookings.approving.applying import Applying
from boxoffice.services.bookings.approving.cards import Cards
from boxoffice.services.bookings.approving.deciding import Deciding
from boxoffice.services.bookings.approving.listing import Applications
from boxoffice.services.bookings.approving.parts import Parts as ApprovingParts
from boxoffice.services.bookings.approving.reminding import Reminding
from boxoffice.services.bookings.approving.views import ApplicationView
from boxoffice.services.bookings.cancelling.asking import Ask as CancellationAsk
from boxoffice.services.bookings.cancelling.cancellations import Cancellations
from boxoffice.services.bookings.cancelling.views import CancellationView
from boxoffice.services.bookings.changes.notices import Notices
from boxoffice.services.bookings.changes.policy import Policy
from boxoffice.services.bookings.changes.running import Running
from boxoffice.services.bookings.changes.starting import Changes
from boxoffice.services.bookings.changes.steps import Steps
from boxoffice.services.bookings.changes.views import ChangePreview, DateChangeView, DateNotice
from boxoffice.services.bookings.changing.room import Changing
from boxoffice.services.bookings.changing.wishes import ChangeView
from boxoffice.services.bookings.checkout import Checkout
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.confirm_requests import ConfirmRequests
from boxoffice.services.bookings.confirming import Confirming, ConfirmOrder
from boxoffice.services.bookings.customers import Customers
from boxoffice.services.bookings.documents.codes import TicketSigner
from boxoffice.services.bookings.documents.dates import all_dates
from boxoffice.services.bookings.documents.orders import OrderDocument
from boxoffice.services.bookings.documents.pages import reference as ticket_reference
from boxoffice.services.bookings.documents.when import describe as describe_when
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.expiry import Expiry
from boxoffice.services.bookings.finding import Finding, RequestedLink, RequestedLinks
from boxoffice.services.bookings.holds import Holds
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.naming import Naming
from boxoffice.services.bookings.news import News
from boxoffice.services.bookings.opening import Opening
from boxoffice.services.bookings.options import Options
from boxoffice.services.bookings.policies import Policies
from boxoffice.services.bookings.presales.room import Presales
from boxoffice.services.bookings.presales.views import PresaleRegistrationView
from boxoffice.services.bookings.purchases.room import PURCHASE_LINKS, Parts, Purchases
from boxoffice.services.bookings.purchases.views import PurchaseNews
from boxoffice.services.bookings.quoting import Quoting
from boxoffice.services.bookings.requests import OrderRequest, command_of
from boxoffice.services.bookings.returns.offering import Returning
from boxoffice.services.bookings.returns.serving import Serving
from boxoffice.services.bookings.returns.taking import Taking
from boxoffice.services.bookings.returns.views import ReturnNews
from boxoffice.services.bookings.rules import OrderNotFound
from boxoffice.services.bookings.scanning import Scanning, ScanTicket
from boxoffice.services.bookings.splitting.orders import SplittingOrders
from boxoffice.services.bookings.splitting.views import SplitNews
from boxoffice.services.bookings.tender import PayingByCard, Tender
from boxoffice.services.bookings.tickets import (
    Confirmation,
    NoTicketsYet,
    Tickets,
    render_calendar,
    render_pdf,
    render_qr,
)
from boxoffice.services.bookings.transfers.files import ReceivedFiles
from boxoffice.services.bookings.transfers.giving import Giving
from boxoffice.services.bookings.transfers.holders import Holder, Holders
from boxoffice.services.bookings.transfers.receiving import Receiving
from boxoffice.services.bookings.transfers.views import TransferNews
from boxoffice.services.bookings.views import (
    BuyerView,
    OrderPositionView,
    OrderView,
    ScanView,
    TicketView,
)
from boxoffice.services.bookings.vouchers import Vouchers
from boxoffice.services.bookings.waitlist.room import open_waitlist
from boxoffice.services.bookings.waitlist.views import (
    AlongView,
    WaitlistEntryView,
    WaitlistOfferView,
)
from boxoffice.services.events.api import Events
from boxoffice.services.payments.api import Payments
from boxoffice.services.users.api import Users

__all__ = [
    "AlongView",
    "ApplicationView",
    "Bookings",
    "BuyerView",
    "CancellationAsk",
    "CancellationView",
    "ChangePreview",
    "ChangeView",
    "Confirmation",
    "DateChangeView",
    "DateNotice",
    "Holder",
    "NoTicketsYet",
    "OrderDocument",
    "OrderNotFound",
    "OrderPositionView",
    "OrderRequest",
    "OrderView",
    "Policy",
    "PresaleRegistrationView",
    "PurchaseNews",
    "RequestedLink",
    "RequestedLinks",
    "ReturnNews",
    "SplitNews",
    "TicketView",
    "TransferNews",
    "WaitlistEntryView",
    "WaitlistOfferView",
    "all_dates",
    "describe_when",
    "render_calendar",
    "render_pdf",
    "render_qr",
    "ticket_reference",
]


class Bookings(News):
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
        opening = Opening(db, stock, composer)
        self._open_answers(db, events, blobs, door)
        taking = self._open_returns(db, events, payments, door)
        tender = Tender(payments.gift_cards.spending, payments.authorisations)
        confirming = Confirming(
            db=db,
            stock=stock,
            composer=composer,
            taking=taking,
            tender=tender,
            requests=ConfirmRequests(door, self.answering),
        )
        self.openings, self.confirmations = Coalescer(opening.settle), Coalescer(confirming.settle)
        self.scanning, naming = Scanning(db, signer), Naming(db, stock, door, composer)
        self.scans, self.namings = Coalescer(self.scanning.settle), Coalescer(naming.settle)
        self.holds = Holds(
            db=db,
            stock=stock,
            door=door,
            composer=composer,
            tender=tender,
            namings=self.namings,
        )
        self.checkout = Checkout(
            db=db,
            stock=stock,
            door=door,
            holds=self.holds,
            composer=composer,
            payments=payments,
            confirmations=self.confirmations,
            answering=self.answering,
            tender=tender,
        )
        self.purchases = Purchases(
            Parts(
                db=db,
                users=users,
                events=events,
                payments=payments,
                door=door,
                links=OrderLinks(keyring, PURCHASE_LINKS),
                composer=composer,
                tender=tender,
                holds=self.holds,
                checkout=self.checkout,
                opening=opening,
                confirming=confirming,
                answering=self.answering,
            )
        )
        self._open_approving(
            ApprovingParts(
                db=db, stock=stock, door=door, holds=self.holds, composer=composer, tender=tender
            ),
            payments,
        )
        self.vouchers = Vouchers(db, stock, door, composer, tender)
        self.customers = Customers(db, stock, door, composer, tender)
        self.cancellations = Cancellations(
            db=db, stock=stock, door=door, composer=composer, payments=payments, tender=tender
        )
        self.giving, self.expiry = Giving(db, door, composer), Expiry(db, stock, tender)
        self._open_received(db, users, composer, OrderLinks(keyring, "transfer-links"), public_url)
        self.policies, self.options = (
            Policies(db, events, payments.authorisations),
            Options(db, door, composer),
        )
        self.paying_by_card = PayingByCard(db, door, composer, tender)
        self.changing, self.splitting = (
            Changing(db, stock, door, composer, payments),
            SplittingOrders(db, stock, door, composer, payments),
        )
        self.quoting, self.finding = Quoting(db, stock), Finding(db, users, composer)
        self.tickets = Tickets(db=db, door=door, composer=composer, public_url=public_url)
        self._open_changes(db, events, payments, tender)
        self.waitlist, self.accepting, self.waitlists = open_waitlist(
            db=db,
            users=users,
            events=events,
            keyring=keyring,
            composer=composer,
            holds=self.holds,
            taking=taking,
        )
        self.offer_due_places = events.offers.make_due
        self.presales = Presales(
            db=db, users=users, events=events, keyring=keyring, composer=composer
        )

    def _open_changes(
        self, db: Database, events: Events, payments: Payments, tender: Tender
    ) -> None:
        schedule = events.schedule
        self.changes, self.reminding = Changes(db, schedule, payments), Reminding(db)
        steps = Steps(events.stock, schedule, payments, tender)
        self.change_work = Running(db, schedule, payments, steps)
        self._notices = Notices(db, self.tickets, self._holders)

    def _open_received(
        self, db: Database, users: Users, composer: Composer, links: OrderLinks, public_url: str
    ) -> None:
        self.receiving = Receiving(db=db, users=users, composer=composer, links=links)
        self._holders = Holders(db, users, links)
        self.received_files = ReceivedFiles(self.receiving, public_url=public_url)

    def _open_returns(
        self, db: Database, events: Events, payments: Payments, door: OrderDoor
    ) -> Taking:
        self.returning = Returning(db, door, self._composer, events.returned, payments)
        self.returned_tickets = Serving(db, events.stock, events.returned)
        return Taking(events.returned, payments)

    def _open_answers(self, db: Database, events: Events, blobs: Blobs, door: OrderDoor) -> None:
        self.answering = Answering(db, events, door)
        self.answer_files = Uploads(db, blobs, door)
        self.answers_export = Exporting(db, events)
        self.door_answers = DoorAnswers(db, events)

    def _open_approving(self, parts: ApprovingParts, payments: Payments) -> None:
        self.applying = Applying(parts, self.answering)
        self.cards = Cards(parts, payments, self.applying, self.checkout)
        self.deciding = Deciding(parts, self.cards)
        self.applications = Applications(parts.db, parts.composer)

    async def order_for(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderView:
        """The order, if `actor` may see it; `OrderNotFound` otherwise."""
        return await self.holds.view(actor, organizer_id, order_id)

    async def order(self, organizer_id: UUID, order_id: UUID) -> OrderView:
        """The order, for services that act on a fact; asks nobody."""
        return await self.finding.one(organizer_id, order_id)

    async def order_by_token(self, token: str) -> OrderView:
        """The order that a capability link opens; `OrderNotFound` for any other text."""
        return await self.finding.by_token(token)

    async def offer_places(self, organizer_id: UUID, quota_id: UUID) -> None:
        """Units of the quota came free: offer them to those who wait."""
        await self._events.offers.serve_quota(organizer_id, quota_id)

    async def open(
        self, actor: Actor, organizer_id: UUID, asked: OrderRequest, *, once: IdempotencyKey | None
    ) -> OrderView:
        """Hold tickets, all or nothing; a free order with a known buyer is confirmed at once.

        Answers that will not do are refused; while some are missing the order is held.
        """
        command = await command_of(self._events, actor, organizer_id, asked, once)
        return await self.openings.submit(organizer_id, command)

    async def confirm(self, actor: Actor, organizer_id: UUID, order_id: UUID) -> OrderView:
        """Confirm a free order; `PaymentNeeded` for any other, `WrongAnswers` while it has not
        answered what it must.
        """
        command = ConfirmOrder(order_id=order_id, actor=actor)
        return await self.confirmations.submit(organizer_id, command)

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
        for coalescer in (self.openings, self.namings, self.confirmations, self.scans):
            await coalescer.close()
