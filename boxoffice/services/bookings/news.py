"""What other services read of bookings when they act on a fact; they ask nobody."""

from collections.abc import Collection
from uuid import UUID

from boxoffice.services.bookings.approving.applying import Applying
from boxoffice.services.bookings.approving.views import ApplicationView
from boxoffice.services.bookings.cancelling.cancellations import Cancellations
from boxoffice.services.bookings.cancelling.views import CancellationView
from boxoffice.services.bookings.changes.notices import Notices
from boxoffice.services.bookings.changes.views import DateNotice
from boxoffice.services.bookings.changing.room import Changing
from boxoffice.services.bookings.changing.wishes import ChangeView
from boxoffice.services.bookings.finding import Finding, RequestedLinks
from boxoffice.services.bookings.presales.room import Presales
from boxoffice.services.bookings.presales.views import PresaleRegistrationView
from boxoffice.services.bookings.purchases.room import Purchases
from boxoffice.services.bookings.purchases.views import PurchaseNews
from boxoffice.services.bookings.returns.offering import Returning
from boxoffice.services.bookings.returns.views import ReturnNews
from boxoffice.services.bookings.splitting.orders import SplittingOrders
from boxoffice.services.bookings.splitting.views import SplitNews
from boxoffice.services.bookings.tickets import Confirmation, Tickets
from boxoffice.services.bookings.transfers.holders import Holder, Holders
from boxoffice.services.bookings.transfers.receiving import Receiving
from boxoffice.services.bookings.transfers.views import TransferNews
from boxoffice.services.bookings.waitlist.entries import Entries
from boxoffice.services.bookings.waitlist.views import WaitlistEntryView


class News:
    """Of one order, or of something that happened to it."""

    tickets: Tickets
    purchases: Purchases
    splitting: SplittingOrders
    _notices: Notices
    cancellations: Cancellations
    _holders: Holders
    receiving: Receiving
    applying: Applying
    returning: Returning
    changing: Changing
    finding: Finding
    waitlist: Entries
    presales: Presales

    async def confirmation(self, organizer_id: UUID, order_id: UUID) -> Confirmation | None:
        """The order and what its files are made of; None unless it is confirmed."""
        return await self.tickets.confirmation(organizer_id, order_id)

    async def purchase(self, organizer_id: UUID, purchase_id: UUID) -> PurchaseNews:
        """A confirmed purchase, for services that act on `PurchaseConfirmed`."""
        return await self.purchases.holds.news(organizer_id, purchase_id)

    async def split(self, organizer_id: UUID, split_id: UUID) -> SplitNews:
        """Which order was split, for services that act on `OrderSplit`."""
        return await self.splitting.news(organizer_id, split_id)

    async def date_notice(
        self, organizer_id: UUID, order_id: UUID, date_change_id: UUID
    ) -> DateNotice | None:
        """What to tell the buyer about the order's date; None without an address."""
        return await self._notices.of(organizer_id, order_id, date_change_id)

    async def change_message(self, organizer_id: UUID, date_change_id: UUID) -> str:
        """What the organizer says about a change of dates."""
        return await self._notices.message(organizer_id, date_change_id)

    async def cancellation(
        self, organizer_id: UUID, cancellation_id: UUID
    ) -> CancellationView | None:
        """What was cancelled, for services that act on `TicketsCancelled`."""
        return await self.cancellations.one(organizer_id, cancellation_id)

    async def holders(
        self, organizer_id: UUID, order_id: UUID, position_ids: Collection[UUID]
    ) -> list[Holder]:
        """Whom these tickets of the order were given on to; for services that tell people."""
        return await self._holders.of(organizer_id, order_id, positions=position_ids)

    async def transfer(self, organizer_id: UUID, transfer_id: UUID) -> TransferNews | None:
        """Where a transfer stands, for services that act on `TransferMoved`."""
        return await self.receiving.news(organizer_id, transfer_id)

    async def application(self, organizer_id: UUID, order_id: UUID) -> ApplicationView:
        """Where an application stands, for services that act on `ApplicationMoved`."""
        return await self.applying.one(organizer_id, order_id)

    async def returned_ticket(self, organizer_id: UUID, return_id: UUID) -> ReturnNews:
        """A ticket that was offered back, for services that act on `ReturnMoved`."""
        return await self.returning.news(organizer_id, return_id)

    async def order_change(self, organizer_id: UUID, order_id: UUID, change_id: UUID) -> ChangeView:
        """Where a change that costs more stands, for services that act on `ChangeMoved`."""
        return await self.changing.payments.one(organizer_id, order_id, change_id)

    async def requested_links(self, request_id: UUID) -> RequestedLinks | None:
        """Whom to mail which order links; None once the request is forgotten."""
        return await self.finding.requested_links(request_id)

    async def waitlist_entry(self, organizer_id: UUID, entry_id: UUID) -> WaitlistEntryView:
        """The entry of a waiting list, for services that act on a fact; asks nobody."""
        return await self.waitlist.one(organizer_id, entry_id)

    async def presale_registration(
        self, organizer_id: UUID, registration_id: UUID
    ) -> PresaleRegistrationView:
        """A registration for early access, for services that act on a fact; asks nobody."""
        return await self.presales.registrations.one(organizer_id, registration_id)
