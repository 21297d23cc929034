"""What events answers with, inside the house and over HTTP: frozen snapshots, never rows."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.extras_shapes import (
    AddOnGroupRuleView,
    ContentRuleView,
    ContentView,
)
from boxoffice.services.events.rules.amounts import Pricing
from boxoffice.services.events.rules.lifecycle import ShownStatus
from boxoffice.services.events.rules.questions.question import Question
from boxoffice.services.events.rules.sales import AvailabilityName, OfferStateName
from boxoffice.services.events.settings_shapes import (
    PresaleSettingsView,
    PresaleView,
    WaitlistSettingsView,
)
from boxoffice.services.users.api import OrganizerRef

Format = Literal["in_person", "online", "hybrid"]
Visibility = Literal["public", "hidden", "add_on"]
DateStatus = Literal["scheduled", "cancelled"]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of this room's answers."""


class VenueView(View, frozen=True, kw_only=True):
    name: str
    address: str | None
    city: str | None
    country: str | None


class ImageView(View, frozen=True, kw_only=True):
    """`url` is the widest WebP; smaller ones and JPEGs lie beside it (see `renditions`)."""

    url: str
    width: int
    height: int
    alt: str


class OccurrenceView(View, frozen=True, kw_only=True):
    """One date. `postponed_from`: it was first to begin then; `sequence` counts such changes."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    doors_at: datetime | None
    status: DateStatus = "scheduled"
    sequence: int = 0
    postponed_from: datetime | None = None
    series_id: UUID | None = None


class EventSummary(View, frozen=True, kw_only=True):
    """An event in any state, for other services. `online_url` is for ticket holders only."""

    id: UUID
    slug: str
    title: str
    status: ShownStatus
    timezone: str
    currency: str
    venue: VenueView | None
    online_url: str | None
    occurrences: list[OccurrenceView]
    questions: tuple[Question, ...] = ()
    answers_close_minutes: int = 0
    # Ticket types that are applied for.
    approvals: frozenset[UUID] = frozenset()

    def occurrence(self, occurrence_id: UUID) -> OccurrenceView:
        """The date with this id, or `NotFound`."""
        for occurrence in self.occurrences:
            if occurrence.id == occurrence_id:
                return occurrence
        raise NotFound


class EventCard(View, frozen=True, kw_only=True):
    """An event in a list, with its next date. `price_from` is the cheapest type that can be bought
    now, `dates` how many are still to come.
    """

    organizer_slug: str
    organizer_name: str
    slug: str
    title: str
    summary: str
    category: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    format: Format
    city: str | None
    country: str | None
    venue_name: str | None
    cover: ImageView | None
    price_from: Money | None
    is_free: bool
    availability: AvailabilityName
    dates: int = 1


class FacetValue(View, frozen=True, kw_only=True):
    value: str
    count: int


class DiscoverView(View, frozen=True, kw_only=True):
    """One page of cards; `total` and the facets count all pages."""

    items: list[EventCard]
    has_more: bool
    next_cursor: str | None
    total: int
    cities: list[FacetValue]
    categories: list[FacetValue]


class TicketCategoryView(View, frozen=True, kw_only=True):
    """A heading that ticket types stand under."""

    id: UUID
    name: str
    position: int


class OfferFeeView(View, frozen=True, kw_only=True):
    name: str
    price: Money


class VariationOfferView(View, frozen=True, kw_only=True):
    """One choice within a ticket type, priced as its type is; `available` is told when small."""

    variation_id: UUID
    name: str
    price: Money
    list_price: Money
    fees: list[OfferFeeView]
    tax: Money
    state: OfferStateName
    available: int | None


class AddOnView(View, frozen=True, kw_only=True):
    """A ticket type that can be had with another, at `price` for one of it, all in, unless it is
    one of those included. Null `available` as in offers.
    """

    ticket_type_id: UUID
    name: str
    description: str
    price: Money
    list_price: Money
    state: OfferStateName
    available: int | None
    pricing: Pricing
    admits: bool
    variations: list[VariationOfferView]


class AddOnGroupView(View, frozen=True, kw_only=True):
    """Of its add-ons each ticket takes from `minimum` to `maximum`; the dearest `included` are
    free.
    """

    id: UUID
    name: str
    minimum: int
    maximum: int
    included: int
    add_ons: list[AddOnView]


class OfferView(View, frozen=True, kw_only=True):
    """A ticket type as the buyer sees it; `available` is told when it is small.

    With open `pricing` the buyer chooses what to give, at least `price`. A type with `variations`
    is bought in one of them. `opens_after` is the type that must be over before this one opens.
    `price` is what one ticket alone costs, all in: the list price with the `fees` that the buyer
    pays, and with its `tax`. A `seated` one is sold by numbered seats. A bundle has `contents`, and
    their price in its own. What `admits` nobody is merchandise. One that `needs_approval`
    is applied for, and the organizer decides before anything is paid.
    """

    ticket_type_id: UUID
    name: str
    description: str
    price: Money
    list_price: Money
    fees: list[OfferFeeView]
    tax: Money
    min_per_order: int
    max_per_order: int
    state: OfferStateName
    available: int | None
    sales_start: datetime | None
    sales_end: datetime | None
    pricing: Pricing = "fixed"
    suggested_price: Money | None = None
    category_id: UUID | None = None
    opens_after: UUID | None = None
    max_per_person: int | None = None
    variations: list[VariationOfferView] = []
    seated: bool = False
    admits: bool = True
    add_on_groups: list[AddOnGroupView] = []
    contents: list[ContentView] = []
    needs_approval: bool = False


class EventPage(View, frozen=True, kw_only=True):
    """A published event with its dates to come, the first hundred; after the last, that one.

    The offers are for `next`. `online_url_hint`: ticket holders will get a link to join by.
    `max_per_person` limits what one person may have of it, over all their orders. `takes_code`: a
    code can reveal more. `needs_quote`: several tickets need not cost the sum of their prices; a
    quote tells. `questions` are those that the checkout asks.
    """

    id: UUID
    organizer: OrganizerRef
    slug: str
    title: str
    summary: str
    description: str
    category: str
    status: Literal["published", "cancelled", "ended"]
    timezone: str
    format: Format
    venue: VenueView | None
    online_url_hint: bool
    website: str | None
    cover: ImageView | None
    occurrences: list[OccurrenceView]
    offers: list[OfferView]
    categories: list[TicketCategoryView] = []
    max_per_person: int | None = None
    takes_code: bool = False
    needs_quote: bool = False
    questions: tuple[Question, ...] = ()
    # People may wait for what is sold out.
    waitlist_open: bool = False
    presale: PresaleView | None = None

    @property
    def next(self) -> OccurrenceView:
        """The date that is on or comes next and takes place; without one, the first shown."""
        taking_place = [one for one in self.occurrences if one.status == "scheduled"]
        return (taking_place or self.occurrences)[0]


class HiddenOffersView(View, frozen=True, kw_only=True):
    """What a code reveals for one date."""

    occurrence_id: UUID
    offers: list[OfferView]
    categories: list[TicketCategoryView]


class VariationState(View, frozen=True, kw_only=True):
    variation_id: UUID
    state: OfferStateName
    available: int | None


class OfferState(View, frozen=True, kw_only=True):
    ticket_type_id: UUID
    state: OfferStateName
    available: int | None
    variations: list[VariationState] = []


class AvailabilityView(View, frozen=True, kw_only=True):
    occurrence_id: UUID
    as_of: datetime
    offers: list[OfferState]


class QuotaView(View, frozen=True, kw_only=True):
    """What became of a quota's units; what has lapsed is free, and `free` is never negative.

    `sold` + `pending` + `held` + `vouchers` + `waitlist` + `blocked` + `free` = `capacity` +
    `overbooked_by`. `pending` is being paid for, `held` lies in carts, `vouchers` and `waitlist`
    are reserved for whoever was given one. It is of one date; its copies for the others are of the
    same `kin`.
    """

    id: UUID
    occurrence_id: UUID
    kin: UUID
    name: str
    capacity: int
    claimed: int
    sold: int
    held: int
    blocked: int
    free: int
    overbooked_by: int
    ticket_type_ids: list[UUID]
    pending: int = 0
    vouchers: int = 0
    waitlist: int = 0
    variation_ids: list[UUID] = []
    seated: bool = False


class VariationView(View, frozen=True, kw_only=True):
    """`price` None: it costs what its type costs."""

    id: UUID
    name: str
    price: Money | None
    on_sale: bool
    position: int
    quota_ids: list[UUID]


class TicketTypeView(View, frozen=True, kw_only=True):
    id: UUID
    name: str
    description: str
    price: Money
    min_per_order: int
    max_per_order: int
    sales_start: datetime | None
    sales_end: datetime | None
    on_sale: bool
    position: int
    quota_ids: list[UUID]
    pricing: Pricing = "fixed"
    suggested_price: Money | None = None
    category_id: UUID | None = None
    visibility: Visibility = "public"
    access_code: str | None = None
    opens_after_id: UUID | None = None
    max_per_person: int | None = None
    variations: list[VariationView] = []
    admits: bool = True
    add_on_groups: list[AddOnGroupRuleView] = []
    contents: list[ContentRuleView] = []
    needs_approval: bool = False


class ManagedEvent(View, frozen=True, kw_only=True):
    """An event as its organizer's team sees it."""

    id: UUID
    slug: str
    title: str
    summary: str
    description: str
    category: str
    status: ShownStatus
    timezone: str
    format: Format
    venue: VenueView | None
    online_url: str | None
    website: str | None
    currency: str
    cover: ImageView | None
    occurrences: list[OccurrenceView]
    ticket_types: list[TicketTypeView]
    quotas: list[QuotaView]
    public_path: str
    created_at: datetime
    categories: list[TicketCategoryView] = []
    max_per_person: int | None = None
    questions: tuple[Question, ...] = ()
    answers_close_minutes: int = 0
    waitlist: WaitlistSettingsView | None = None
    presale: PresaleSettingsView | None = None


class ManagedEventRow(View, frozen=True, kw_only=True):
    """An event in its organizer's list; `sold` of `capacity` over all its quotas."""

    id: UUID
    slug: str
    title: str
    status: ShownStatus
    starts_at: datetime
    timezone: str
    sold: int
    capacity: int
    city: str | None
