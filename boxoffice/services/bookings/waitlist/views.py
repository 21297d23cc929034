"""What is shown of a place on a waiting list."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from boxoffice.kernel.money import Money
from boxoffice.kernel.pages import Page
from boxoffice.services.bookings.views import View
from boxoffice.services.events.api import VenueView

EntryState = Literal["waiting", "offered", "expired", "accepted", "declined", "left", "removed"]


class WishView(View, frozen=True, kw_only=True):
    """A ticket type that somebody would take; in one of these variations, if any are named."""

    ticket_type_id: UUID
    ticket_type_name: str
    variation_names: list[str]


class AlongView(View, frozen=True, kw_only=True):
    """What is kept together with the tickets, `quantity` for all of them."""

    ticket_type_id: UUID
    ticket_type_name: str
    variation_id: UUID | None
    variation_name: str | None
    quantity: int


class WaitlistOfferView(View, frozen=True, kw_only=True):
    """What is kept for whoever waited, until `ends_at`. `total` is all in, at the price of now;
    with open `pricing` the buyer chooses what to give for one, at least `price`.
    """

    ticket_type_id: UUID
    ticket_type_name: str
    variation_id: UUID | None
    variation_name: str | None
    quantity: int
    comes_with: list[AlongView]
    price: Money
    total: Money
    pricing: Literal["fixed", "open"]
    ends_at: datetime


class WaitlistEntryView(View, frozen=True, kw_only=True):
    """A place on a waiting list, for whoever has it.

    `position` counts from 1 where the order is that of joining (`fifo`); where it is drawn
    (`lottery`) there is none. `waiting` are all who wait for that date.
    """

    id: UUID
    organizer_slug: str
    organizer_name: str
    event_id: UUID
    event_slug: str
    event_title: str
    occurrence_id: UUID
    starts_at: datetime
    ends_at: datetime
    timezone: str
    venue: VenueView | None
    name: str
    email: str
    quantity: int
    wishes: list[WishView]
    state: EntryState
    mode: Literal["fifo", "lottery"]
    position: int | None
    waiting: int
    offer: WaitlistOfferView | None
    joined_at: datetime
    server_time: datetime
    token: str


class WaitlistRow(View, frozen=True, kw_only=True):
    """Somebody on an event's waiting list, for its team."""

    id: UUID
    occurrence_id: UUID
    name: str
    email: str
    quantity: int
    wishes: list[WishView]
    state: EntryState
    position: int | None
    offer_ends_at: datetime | None
    order_id: UUID | None
    joined_at: datetime


class WaitlistView(View, frozen=True, kw_only=True):
    """One page of an event's waiting list; `waiting` people wait for `units` tickets, `offered`
    have an offer.
    """

    entries: Page[WaitlistRow]
    waiting: int
    units: int
    offered: int
