"""Mail about waiting lists: to whoever waits."""

from uuid import UUID

from boxoffice.services.bookings.api import (
    AlongView,
    Bookings,
    WaitlistEntryView,
    WaitlistOfferView,
    describe_when,
)
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.post import Draft, Post


class WaitlistMails:
    """One's place in line, an offer, and an offer's end."""

    def __init__(self, post: Post, bookings: Bookings, *, public_url: str) -> None:
        self._post = post
        self._bookings = bookings
        self._public_url = public_url

    async def send_joined(self, organizer_id: UUID, entry_id: UUID, fact_id: UUID) -> None:
        """The link to the place; nothing to who has left since."""
        entry = await self._bookings.waitlist_entry(organizer_id, entry_id)
        if entry.state not in {"waiting", "offered"}:
            return
        letter = letters.WaitlistJoined(
            organizer_name=entry.organizer_name,
            event_title=entry.event_title,
            when=_when(entry),
            name=entry.name,
            wish=_wish(entry),
            place_url=self._url(entry),
        )
        await self._send(organizer_id, entry, fact_id, "waitlist_joined", letter)

    async def send_offer(self, organizer_id: UUID, entry_id: UUID, fact_id: UUID) -> None:
        """What is kept, until when; nothing if that is over already."""
        entry = await self._bookings.waitlist_entry(organizer_id, entry_id)
        offer = entry.offer
        if offer is None:
            return
        letter = letters.PlacesOffered(
            organizer_name=entry.organizer_name,
            event_title=entry.event_title,
            when=_when(entry),
            name=entry.name,
            offer=_offer(offer),
            until=describe_when(offer.ends_at, offer.ends_at, entry.timezone).line,
            place_url=self._url(entry),
        )
        await self._send(organizer_id, entry, fact_id, "places_offered", letter)

    async def send_lapsed(self, organizer_id: UUID, entry_id: UUID, fact_id: UUID) -> None:
        """That somebody else is asked now; nothing to who waits again or has said no."""
        entry = await self._bookings.waitlist_entry(organizer_id, entry_id)
        if entry.state != "expired":
            return
        letter = letters.PlaceOfferLapsed(
            organizer_name=entry.organizer_name,
            event_title=entry.event_title,
            name=entry.name,
            place_url=self._url(entry),
        )
        await self._send(organizer_id, entry, fact_id, "place_offer_lapsed", letter)

    async def _send(
        self,
        organizer_id: UUID,
        entry: WaitlistEntryView,
        fact_id: UUID,
        template: str,
        letter: letters.Letter,
    ) -> None:
        await self._post.send(
            Draft(
                organizer_id=organizer_id,
                fact_id=fact_id,
                recipient=Mailbox(entry.email, entry.name),
                template=template,
                letter=letter,
            )
        )

    def _url(self, entry: WaitlistEntryView) -> str:
        return f"{self._public_url}/waitlist/{entry.token}"


def _offer(offer: WaitlistOfferView) -> str:
    """What is kept, with what comes along with it."""
    along = [f"{one.quantity} {_name(one)}" for one in offer.comes_with]
    with_them = f", with {' and '.join(along)}" if along else ""
    return f"{_tickets(offer.quantity)}: {_name(offer)}{with_them}"


def _name(one: WaitlistOfferView | AlongView) -> str:
    return " · ".join(filter(None, (one.ticket_type_name, one.variation_name)))


def _when(entry: WaitlistEntryView) -> str:
    return describe_when(entry.starts_at, entry.ends_at, entry.timezone).line


def _wish(entry: WaitlistEntryView) -> str:
    names = " or ".join(wish.ticket_type_name for wish in entry.wishes)
    return f"{_tickets(entry.quantity)}: {names}"


def _tickets(quantity: int) -> str:
    return "1 ticket" if quantity == 1 else f"{quantity} tickets"
