"""The PostgreSQL schema `events`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CHAR,
    BigInteger,
    CheckConstraint,
    Date,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, OrganizerOwnedPart, reference

SCHEMA: dict[str, Any] = {"schema": "events"}
CLAIM_KINDS = ("order", "block", "voucher", "offer")


def _time(**options: Any) -> Mapped[Any]:
    return mapped_column(TIMESTAMP(timezone=True), **options)


class VenueRow(OrganizerOwned, Base):
    """A place; an event points at most at one."""

    __tablename__ = "venues"
    __table_args__ = (SCHEMA,)

    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text)


class EventRow(OrganizerOwned, Base):
    """`published_at` is the first publication and stays after unpublishing: the page is then gone.

    `import_digest` is of what was last imported: a re-import sees only the source's changes.
    """

    __tablename__ = "events"
    __table_args__ = (
        reference("events.venues", "venue_id"),
        UniqueConstraint("organizer_id", "slug", name="events_slug"),
        UniqueConstraint("organizer_id", "import_key", name="events_import_key"),
        CheckConstraint("status IN ('draft', 'published', 'cancelled')", name="events_status"),
        CheckConstraint("format IN ('in_person', 'online', 'hybrid')", name="events_format"),
        CheckConstraint("max_per_person >= 1", name="events_max_per_person"),
        CheckConstraint(
            "waitlist_mode IN ('fifo', 'lottery') AND waitlist_minutes BETWEEN 5 AND 20160",
            name="events_waitlist",
        ),
        SCHEMA,
    )

    slug: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text, server_default="")
    description: Mapped[str] = mapped_column(Text, server_default="")
    category: Mapped[str] = mapped_column(Text, server_default="other")
    status: Mapped[str] = mapped_column(Text, server_default="draft")
    timezone: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(Text, server_default="in_person")
    currency: Mapped[str] = mapped_column(CHAR(3))
    venue_id: Mapped[UUID | None]
    online_url: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    cover_key: Mapped[str | None] = mapped_column(Text)
    cover_width: Mapped[int | None]
    cover_height: Mapped[int | None]
    import_key: Mapped[str | None] = mapped_column(Text)
    import_digest: Mapped[str | None] = mapped_column(Text)
    max_per_person: Mapped[int | None]
    # Buyers may correct their answers until so long before the start.
    answers_close_minutes: Mapped[int] = mapped_column(server_default="0")
    waitlist_mode: Mapped[str] = mapped_column(Text, server_default="fifo")
    waitlist_open: Mapped[bool] = mapped_column(server_default=text("false"))
    # How long somebody may think about an offer.
    waitlist_minutes: Mapped[int] = mapped_column(server_default="1440")
    published_at: Mapped[datetime | None] = _time()
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
    changed_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class SeriesRow(OrganizerOwned, Base):
    """A rule that makes dates; see `rules.series.Pattern`. `starts` is wall-clock time."""

    __tablename__ = "series"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        CheckConstraint("minutes > 0", name="series_minutes"),
        CheckConstraint("doors_minutes >= 0", name="series_doors"),
        Index("series_of_event", "organizer_id", "event_id"),
        SCHEMA,
    )

    event_id: Mapped[UUID]
    rule: Mapped[str] = mapped_column(Text)
    starts: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=False))
    minutes: Mapped[int]
    doors_minutes: Mapped[int | None]
    excepted: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    added: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class OccurrenceRow(OrganizerOwned, Base):
    """One date of an event; stock and check-in hang on it.

    `slot` is the wall-clock time that its series' rule gives it. `sequence` rises whenever it moves
    or is cancelled, so that calendars know; `postponed_from` is when it was first to begin.
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        reference("events.series", "series_id", name="occurrences_series"),
        # Checked at the end: a series moves all its dates at once.
        UniqueConstraint(
            "organizer_id", "series_id", "slot",
            name="occurrences_slot", deferrable=True, initially="DEFERRED",
        ),
        CheckConstraint("ends_at > starts_at", name="occurrences_end_after_start"),
        CheckConstraint("status IN ('scheduled', 'cancelled')", name="occurrences_status"),
        CheckConstraint("(series_id IS NULL) = (slot IS NULL)", name="occurrences_in_series"),
        Index("occurrences_of_event", "organizer_id", "event_id", "starts_at"),
        SCHEMA,
    )  # fmt: skip

    event_id: Mapped[UUID]
    starts_at: Mapped[datetime] = _time()
    ends_at: Mapped[datetime] = _time()
    doors_at: Mapped[datetime | None] = _time()
    status: Mapped[str] = mapped_column(Text, server_default="scheduled")
    sequence: Mapped[int] = mapped_column(server_default="0")
    postponed_from: Mapped[datetime | None] = _time()
    series_id: Mapped[UUID | None]
    slot: Mapped[datetime | None] = mapped_column(TIMESTAMP(timezone=False))


class TicketCategoryRow(OrganizerOwned, Base):
    """A heading that ticket types of one event stand under."""

    __tablename__ = "ticket_categories"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        Index("ticket_categories_of_event", "organizer_id", "event_id", "position"),
        SCHEMA,
    )

    event_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(server_default="0")


class TicketTypeRow(OrganizerOwned, Base):
    """What a buyer chooses; prices are in the event's currency, in minor units.

    With `pricing` open the buyer names the price, and `price_amount` is the least they may give.
    A type that opens after another waits until that one is sold out or its sale has ended. One of
    `visibility` add_on is sold with others only.
    """

    __tablename__ = "ticket_types"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        reference("events.ticket_categories", "category_id"),
        reference("events.ticket_types", "opens_after_id"),
        CheckConstraint("price_amount >= 0", name="ticket_types_price"),
        CheckConstraint("pricing IN ('fixed', 'open')", name="ticket_types_pricing"),
        CheckConstraint("suggested_amount >= price_amount", name="ticket_types_suggestion"),
        CheckConstraint(
            "visibility IN ('public', 'hidden', 'add_on')", name="ticket_types_visibility"
        ),
        CheckConstraint(
            "visibility <> 'hidden' OR access_code IS NOT NULL", name="ticket_types_code"
        ),
        CheckConstraint("max_per_person >= 1", name="ticket_types_max_per_person"),
        CheckConstraint("opens_after_id <> id", name="ticket_types_not_after_itself"),
        CheckConstraint(
            "min_per_order >= 1 AND max_per_order >= min_per_order", name="ticket_types_per_order"
        ),
        CheckConstraint("sales_end > sales_start", name="ticket_types_sale_window"),
        Index("ticket_types_of_event", "organizer_id", "event_id", "position"),
        SCHEMA,
    )

    event_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    price_amount: Mapped[int] = mapped_column(BigInteger)
    min_per_order: Mapped[int] = mapped_column(server_default="1")
    max_per_order: Mapped[int] = mapped_column(server_default="10")
    sales_start: Mapped[datetime | None] = _time()
    sales_end: Mapped[datetime | None] = _time()
    on_sale: Mapped[bool] = mapped_column(server_default=text("true"))
    position: Mapped[int] = mapped_column(server_default="0")
    pricing: Mapped[str] = mapped_column(Text, server_default="fixed")
    suggested_amount: Mapped[int | None] = mapped_column(BigInteger)
    category_id: Mapped[UUID | None]
    visibility: Mapped[str] = mapped_column(Text, server_default="public")
    access_code: Mapped[str | None] = mapped_column(Text)
    opens_after_id: Mapped[UUID | None]
    max_per_person: Mapped[int | None]
    # `rules.extras.extras.Extras`; null for a plain type.
    extras: Mapped[Any] = mapped_column(JSONB(none_as_null=True))
    # Who wants it asks for it first; the organizer decides.
    needs_approval: Mapped[bool] = mapped_column(server_default=text("false"))


class VariationRow(OrganizerOwned, Base):
    """One choice within a ticket type, as a size; without a price of its own it costs the type's.

    Of a type with open pricing, its own price is the least that buyers may give.
    """

    __tablename__ = "variations"
    __table_args__ = (
        reference("events.ticket_types", "ticket_type_id", ondelete="CASCADE"),
        CheckConstraint("price_amount >= 0", name="variations_price"),
        Index("variations_of_type", "organizer_id", "ticket_type_id", "position"),
        SCHEMA,
    )

    ticket_type_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    price_amount: Mapped[int | None] = mapped_column(BigInteger)
    on_sale: Mapped[bool] = mapped_column(server_default=text("true"))
    position: Mapped[int] = mapped_column(server_default="0")


class QuotaRow(OrganizerOwned, Base):
    """What one occurrence has to give. `claimed` moves by deltas only, under the row's lock.

    With a `seating_id` its units are seats: each of its claims names one. Quotas of other dates
    that are copies of one another share their `kin`; none: its own id.
    """

    __tablename__ = "quotas"
    __table_args__ = (
        reference("events.events", "event_id", ondelete="CASCADE"),
        reference("events.occurrences", "occurrence_id", ondelete="CASCADE"),
        reference("events.seatings", "seating_id", name="quotas_seating"),
        CheckConstraint("capacity >= 0", name="quotas_capacity"),
        CheckConstraint("claimed >= 0", name="quotas_claimed"),
        CheckConstraint("claimed <= ceiling", name="quotas_never_oversold"),
        Index("quotas_of_event", "organizer_id", "event_id"),
        Index("quotas_of_date", "organizer_id", "occurrence_id"),
        SCHEMA,
    )

    event_id: Mapped[UUID]
    occurrence_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    capacity: Mapped[int]
    ceiling: Mapped[int]
    claimed: Mapped[int] = mapped_column(server_default="0")
    seating_id: Mapped[UUID | None]
    kin: Mapped[UUID | None]


class QuotaTicketTypeRow(Base):
    """The type counts against the quota; a type in several quotas must fit into all of them."""

    __tablename__ = "quota_ticket_types"
    __table_args__ = (
        reference("events.quotas", "quota_id", ondelete="CASCADE"),
        reference("events.ticket_types", "ticket_type_id", ondelete="CASCADE"),
        Index("quota_ticket_types_of_type", "organizer_id", "ticket_type_id"),
        SCHEMA,
    )

    organizer_id: Mapped[UUID] = mapped_column(primary_key=True)
    quota_id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_type_id: Mapped[UUID] = mapped_column(primary_key=True)


class QuotaVariationRow(Base):
    """The variation counts against the quota, besides the quotas of its type; all must fit."""

    __tablename__ = "quota_variations"
    __table_args__ = (
        reference("events.quotas", "quota_id", ondelete="CASCADE"),
        reference("events.variations", "variation_id", ondelete="CASCADE"),
        reference("events.ticket_types", "ticket_type_id", ondelete="CASCADE"),
        Index("quota_variations_of_type", "organizer_id", "ticket_type_id"),
        SCHEMA,
    )

    organizer_id: Mapped[UUID] = mapped_column(primary_key=True)
    quota_id: Mapped[UUID] = mapped_column(primary_key=True)
    variation_id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_type_id: Mapped[UUID]


class ClaimRow(OrganizerOwnedPart, Base):
    """Units of one quota taken by an opaque `holder`; standing while `released_at` is null.

    `paying`: a payment was begun for what is held. `voucher_id`: the voucher that had set these
    units aside; they return to it. An offer whose id and holder are its quota's is a mark: people
    wait for units of that quota (`kept`).
    """

    __tablename__ = "claims"
    __table_args__ = (
        reference("events.quotas", "quota_id"),
        CheckConstraint(f"kind IN {CLAIM_KINDS}", name="claims_kind"),
        CheckConstraint(
            "units >= CASE WHEN kind IN ('voucher', 'offer') THEN 0 ELSE 1 END",
            name="claims_units",
        ),
        Index(
            "claims_lapsing", "quota_id", "expires_at",
            postgresql_where=text("released_at IS NULL AND expires_at IS NOT NULL"),
        ),
        Index(
            "claims_reserved", "quota_id",
            postgresql_where=text("released_at IS NULL AND kind <> 'order'"),
        ),
        Index("claims_of_holder", "holder"),
        Index(
            "claims_one_per_seat", "seat_id", "organizer_id", unique=True,
            postgresql_where=text("released_at IS NULL AND seat_id IS NOT NULL"),
        ),
        SCHEMA,
    )  # fmt: skip

    quota_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    holder: Mapped[UUID]
    ticket_type_id: Mapped[UUID | None]
    variation_id: Mapped[UUID | None]
    units: Mapped[int]
    seat_id: Mapped[UUID | None]
    paying: Mapped[bool] = mapped_column(server_default=text("false"))
    voucher_id: Mapped[UUID | None]
    expires_at: Mapped[datetime | None] = _time()
    released_at: Mapped[datetime | None] = _time()
    created_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())


class DiscoveryRow(Base):
    """Published facts of all organizers for public listings, written by the publishing transaction.

    No foreign keys: the table is global while what it copies is distributed by organizer.
    `starts_at` and `next_ends_at` are of the next date, `ends_at` is of the last. `first_day`,
    `last_day` and the `days` of what is to come are in the event's own zone; `…_key` are folded for
    comparing.
    """

    __tablename__ = "discovery"
    __table_args__ = (
        Index("discovery_by_date", "starts_at", "event_id"),
        Index("discovery_still_on", "ends_at"),
        Index("discovery_next", "next_ends_at", postgresql_where=text("next_ends_at < ends_at")),
        Index("discovery_city", "city_key", "starts_at"),
        Index("discovery_category", "category", "starts_at"),
        Index("discovery_words", "words", postgresql_using="gin"),
        SCHEMA,
    )

    organizer_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    organizer_slug: Mapped[str] = mapped_column(Text)
    organizer_name: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    summary: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime] = _time()
    next_ends_at: Mapped[datetime] = _time()
    ends_at: Mapped[datetime] = _time()
    dates: Mapped[int] = mapped_column(server_default="1")
    days: Mapped[list[date]] = mapped_column(ARRAY(Date), server_default="{}")
    first_day: Mapped[date]
    last_day: Mapped[date]
    timezone: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(Text)
    venue_name: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    city_key: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text)
    country_key: Mapped[str | None] = mapped_column(Text)
    cover_key: Mapped[str | None] = mapped_column(Text)
    cover_width: Mapped[int | None]
    cover_height: Mapped[int | None]
    price_from: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(CHAR(3))
    is_free: Mapped[bool]
    words: Mapped[Any] = mapped_column(TSVECTOR)
    changed_at: Mapped[datetime] = _time(server_default=func.clock_timestamp())
