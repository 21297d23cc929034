"""Entries become views: joined with what events and users know, priced and linked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.tables_waitlist import WaitlistEntry
from boxoffice.services.bookings.waitlist.views import (
    AlongView,
    EntryState,
    WaitlistEntryView,
    WaitlistOfferView,
    WaitlistRow,
    WishView,
)
from boxoffice.services.events.api import Events, Place, TicketTypeFacts, place_cost
from boxoffice.services.users.api import OrganizerRef

Types = Mapping[UUID, TicketTypeFacts]


class LookedUp(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its place in line and the types it is for, as of `now`."""

    entry: WaitlistEntry
    place: Place
    types: Types
    now: datetime


class EntryComposer:
    """Makes the views; `links` are those of waiting lists."""

    def __init__(self, events: Events, composer: Composer, links: OrderLinks) -> None:
        self._events = events
        self._composer = composer
        self._links = links

    def token(self, organizer: OrganizerRef, entry: WaitlistEntry) -> str:
        """The capability link of the entry."""
        return self._links.token(
            organizer_slug=organizer.slug,
            organizer_id=organizer.id,
            order_id=entry.id,
            version=entry.link_version,
        )

    async def types_of(self, tx: Transaction, places: Iterable[Place]) -> Types:
        """The ticket types that these places are for."""
        wanted = {
            kind
            for place in places
            for kind in (
                *place.ticket_type_ids,
                *(one.ticket_type_id for one in (place.offer.along if place.offer else ())),
            )
        }
        return await self._events.line.types(tx, wanted) if wanted else {}

    async def looked_up(self, tx: Transaction, entry: WaitlistEntry) -> LookedUp:
        """What the entry's view is made of, as it is in this transaction."""
        place = await self._events.line.place(tx, entry.id)
        types = await self.types_of(tx, [place])
        return LookedUp(entry=entry, place=place, types=types, now=await tx.now())

    async def view(self, organizer_id: UUID, found: LookedUp) -> WaitlistEntryView:
        """The entry for whoever waits; outside any transaction."""
        entry, place = found.entry, found.place
        known = await self._composer.known(organizer_id, [entry.event_id])
        event = known.events[entry.event_id]
        date = event.occurrence(entry.occurrence_id)
        return WaitlistEntryView(
            id=entry.id,
            organizer_slug=known.organizer.slug,
            organizer_name=known.organizer.name,
            event_id=event.id,
            event_slug=event.slug,
            event_title=event.title,
            occurrence_id=date.id,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            timezone=event.timezone,
            venue=event.venue,
            name=entry.name,
            email=entry.email,
            quantity=place.units,
            wishes=wishes_of(place, found.types),
            state=state_of(entry, place),
            mode=place.mode,
            position=place.position,
            waiting=place.waiting,
            offer=_offer(found),
            joined_at=place.joined_at,
            server_time=found.now,
            token=self.token(known.organizer, entry),
        )


def _offer(found: LookedUp) -> WaitlistOfferView | None:
    offer, kind = found.place.offer, None
    if offer is not None and found.entry.outcome is None:
        kind = found.types.get(offer.ticket_type_id)
    if offer is None or kind is None:
        return None
    cost = place_cost(found.types, offer.lines(found.types), now=found.now)
    currency = kind.price.currency
    return WaitlistOfferView(
        ticket_type_id=kind.id,
        ticket_type_name=kind.name,
        variation_id=offer.variation_id,
        variation_name=_variation_name(kind, offer.variation_id),
        quantity=offer.units,
        comes_with=[
            AlongView(
                ticket_type_id=one.ticket_type_id,
                ticket_type_name=found.types[one.ticket_type_id].name,
                variation_id=one.variation_id,
                variation_name=_variation_name(found.types[one.ticket_type_id], one.variation_id),
                quantity=one.units,
            )
            for one in offer.along
            if one.ticket_type_id in found.types
        ],
        price=Money(amount=cost.each, currency=currency),
        total=Money(amount=cost.total, currency=currency),
        pricing=kind.pricing,
        ends_at=offer.ends_at,
    )


def _variation_name(kind: TicketTypeFacts, variation_id: UUID | None) -> str | None:
    return next((one.name for one in kind.variations if one.id == variation_id), None)


def rows_of(
    entries: Sequence[WaitlistEntry], places: Mapping[UUID, Place], types: Types
) -> list[WaitlistRow]:
    """The entries for the organizer's team."""
    return [_row(entry, places[entry.id], types) for entry in entries if entry.id in places]


def _row(entry: WaitlistEntry, place: Place, types: Types) -> WaitlistRow:
    return WaitlistRow(
        id=entry.id,
        occurrence_id=entry.occurrence_id,
        name=entry.name,
        email=entry.email,
        quantity=place.units,
        wishes=wishes_of(place, types),
        state=state_of(entry, place),
        position=place.position,
        offer_ends_at=place.offer.ends_at if place.offer else None,
        order_id=entry.order_id,
        joined_at=place.joined_at,
    )


def state_of(entry: WaitlistEntry, place: Place) -> EntryState:
    """Where the entry stands: its outcome, else what its place in line says."""
    return cast("EntryState", entry.outcome or ("left" if place.state == "over" else place.state))


def wishes_of(place: Place, types: Types) -> list[WishView]:
    """The types that the place is for, by name."""
    found: list[Any] = [types[one] for one in place.ticket_type_ids if one in types]
    return [
        WishView(
            ticket_type_id=kind.id,
            ticket_type_name=kind.name,
            variation_names=[one.name for one in kind.variations if one.id in place.variation_ids],
        )
        for kind in found
    ]
