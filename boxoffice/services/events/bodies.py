"""What organizers send. Texts are cleaned and checked by `forms`, numbers by their bounds here."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from boxoffice.services.events.rules.amounts import Pricing
from boxoffice.services.events.views import Format, Visibility

Title = Annotated[str, Meta(examples=["Ada Quartet: Late Night"])]
WallClock = Annotated[
    str,
    Meta(
        examples=["2027-03-14T19:00"],
        description="Local time at the event, without offset. A time that the change to"
        " summer time skips moves forward; one that happens twice means the first.",
    ),
]
Zone = Annotated[str, Meta(examples=["Europe/Berlin"], description="IANA time zone of the event.")]
Category = Annotated[str, Meta(examples=["music"], description="See `rules.categories`.")]
Currency = Annotated[str, Meta(examples=["EUR"], description="ISO 4217.")]
Address = Annotated[str, Meta(examples=["https://example.org"])]
Prose = Annotated[str, Meta(description="Text or Markdown; HTML is shown as text.")]
MinorUnits = Annotated[int, Meta(ge=0, le=10**9, examples=[2500], description="In minor units.")]
Units = Annotated[int, Meta(ge=0, le=1_000_000, examples=[200])]
PerOrder = Annotated[int, Meta(ge=1, le=1_000)]
PerPerson = Annotated[
    int, Meta(ge=1, le=100_000, description="How many one person may have, over all their orders.")
]
AccessCode = Annotated[
    str, Meta(examples=["FRIENDS"], description="Reveals a hidden type; case does not matter.")
]
OpensAfter = Annotated[
    UUID,
    Meta(
        description="The type that must be sold out or past its sale before this one opens."
        " With `sales_start`: whichever comes first."
    ),
]

Admits = Annotated[bool, Meta(description="False for merchandise: it gives no ticket.")]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of request bodies: a field we do not know is refused."""


class VenueBody(Body, frozen=True, kw_only=True):
    name: Annotated[str, Meta(examples=["Kesselhaus"])]
    address: str | None = None
    city: Annotated[str, Meta(examples=["Berlin"])] | None = None
    country: Annotated[str, Meta(examples=["Germany"])] | None = None


class FirstTicketBody(Body, frozen=True, kw_only=True):
    """The ticket type that a new event starts with, and how many of them there are."""

    name: Annotated[str, Meta(examples=["Regular"])]
    price: MinorUnits
    quantity: Units


class CreateEventBody(Body, frozen=True, kw_only=True):
    title: Title
    starts_at: WallClock
    ends_at: WallClock
    timezone: Zone
    format: Format = "in_person"
    venue: VenueBody | None = None
    online_url: Address | None = None
    category: Category = "other"
    summary: str = ""
    description: Prose = ""
    currency: Currency = "EUR"
    website: Address | None = None
    ticket: FirstTicketBody | None = None


class ChangeEventBody(Body, frozen=True, kw_only=True):
    """What is absent stays. A new zone keeps the clock times: 19:00 stays 19:00."""

    title: Title | UnsetType = UNSET
    summary: str | UnsetType = UNSET
    description: Prose | UnsetType = UNSET
    category: Category | UnsetType = UNSET
    starts_at: WallClock | UnsetType = UNSET
    ends_at: WallClock | UnsetType = UNSET
    timezone: Zone | UnsetType = UNSET
    format: Format | UnsetType = UNSET
    venue: VenueBody | UnsetType | None = UNSET
    online_url: Address | UnsetType | None = UNSET
    website: Address | UnsetType | None = UNSET
    max_per_person: PerPerson | UnsetType | None = UNSET


class TicketTypeBody(Body, frozen=True, kw_only=True):
    """`quantity` makes a quota of the type's own; else the type counts against `quota_ids`.

    With open `pricing` the buyer chooses what to give: at least `price`, and `suggested_price` is
    what the page proposes. A hidden type needs an `access_code`; one of `visibility` add_on is
    sold with other tickets only.
    """

    name: Annotated[str, Meta(examples=["Early bird"])]
    price: MinorUnits
    quantity: Units | None = None
    quota_ids: list[UUID] = []
    description: str = ""
    min_per_order: PerOrder = 1
    max_per_order: PerOrder = 10
    sales_start: datetime | None = None
    sales_end: datetime | None = None
    pricing: Pricing = "fixed"
    suggested_price: MinorUnits | None = None
    category_id: UUID | None = None
    visibility: Visibility = "public"
    access_code: AccessCode | None = None
    opens_after_id: OpensAfter | None = None
    max_per_person: PerPerson | None = None
    admits: Admits = True
    needs_approval: bool = False


class ChangeTicketTypeBody(Body, frozen=True, kw_only=True):
    """What is absent stays."""

    name: str | UnsetType = UNSET
    price: MinorUnits | UnsetType = UNSET
    description: str | UnsetType = UNSET
    min_per_order: PerOrder | UnsetType = UNSET
    max_per_order: PerOrder | UnsetType = UNSET
    sales_start: datetime | UnsetType | None = UNSET
    sales_end: datetime | UnsetType | None = UNSET
    on_sale: bool | UnsetType = UNSET
    pricing: Pricing | UnsetType = UNSET
    suggested_price: MinorUnits | UnsetType | None = UNSET
    category_id: UUID | UnsetType | None = UNSET
    visibility: Visibility | UnsetType = UNSET
    access_code: AccessCode | UnsetType | None = UNSET
    opens_after_id: OpensAfter | UnsetType | None = UNSET
    max_per_person: PerPerson | UnsetType | None = UNSET
    admits: Admits | UnsetType = UNSET
    needs_approval: bool | UnsetType = UNSET


class QuotaBody(Body, frozen=True, kw_only=True):
    """A capacity that all of `ticket_type_ids` and `variation_ids` count against together, on each
    date of the event or on one.
    """

    name: Annotated[str, Meta(examples=["Whole hall"])]
    capacity: Units
    ticket_type_ids: list[UUID] = []
    variation_ids: list[UUID] = []
    occurrence_id: UUID | None = None


class ChangeQuotaBody(Body, frozen=True, kw_only=True):
    """`capacity` may go below what is claimed: the quota is then overbooked and sells nothing.

    `all_dates`: its copies for the event's other dates become the same.
    """

    name: str | UnsetType = UNSET
    capacity: Units | UnsetType = UNSET
    all_dates: bool = False
