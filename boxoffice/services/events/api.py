"""PUBLIC: what other services, the gateway and the composition root may ask of events."""

from collections.abc import Collection
from uuid import UUID

from boxoffice.data.blobs import Blobs
from boxoffice.data.postgres import Database
from boxoffice.services.events.bodies import (
    CreateEventBody,
    QuotaBody,
    TicketTypeBody,
    VenueBody,
)
from boxoffice.services.events.covers import Covers
from boxoffice.services.events.dates.bodies import DateTimes
from boxoffice.services.events.dates.duplicating import Duplicating
from boxoffice.services.events.dates.growing import Growing
from boxoffice.services.events.dates.schedule import Dated, Schedule
from boxoffice.services.events.dates.series import SeriesRoom
from boxoffice.services.events.dates.single import Dates
from boxoffice.services.events.editing import Editing
from boxoffice.services.events.importing.gathering import Gathered, gather
from boxoffice.services.events.importing.importer import Importer, ImportOptions, ImportReport
from boxoffice.services.events.importing.records import Problem
from boxoffice.services.events.importing.settling import Defaults
from boxoffice.services.events.presenting import Presenter
from boxoffice.services.events.publishing import Publishing
from boxoffice.services.events.quotas import Quotas
from boxoffice.services.events.rules.currencies import is_currency
from boxoffice.services.events.rules.localtime import is_zone
from boxoffice.services.events.rules.stock import (
    ChooseOccurrence,
    Granted,
    NotOnSale,
    PricedLine,
    Shelf,
    SoldOut,
    UnknownTicketType,
    Want,
    WantedLine,
    WrongQuantity,
)
from boxoffice.services.events.searching import Filters, Searching
from boxoffice.services.events.shown import Shown, Stamped
from boxoffice.services.events.stock import Standing, Stock
from boxoffice.services.events.ticket_types import TicketTypes
from boxoffice.services.events.timetable import CalendarDays, CalendarView, StampedCalendar
from boxoffice.services.events.views import (
    AvailabilityView,
    DiscoverView,
    EventCard,
    EventPage,
    EventSummary,
    FacetValue,
    ImageView,
    ManagedEvent,
    OccurrenceView,
    OfferState,
    OfferView,
    VenueView,
)
from boxoffice.services.events.workbench import Bench
from boxoffice.services.users.api import Users

__all__ = [
    "AvailabilityView",
    "CalendarDays",
    "CalendarView",
    "ChooseOccurrence",
    "CreateEventBody",
    "DateTimes",
    "Dated",
    "Defaults",
    "DiscoverView",
    "EventCard",
    "EventPage",
    "EventSummary",
    "Events",
    "FacetValue",
    "Filters",
    "Gathered",
    "Granted",
    "ImageView",
    "ImportOptions",
    "ImportReport",
    "ManagedEvent",
    "NotOnSale",
    "OccurrenceView",
    "OfferState",
    "OfferView",
    "PricedLine",
    "Problem",
    "QuotaBody",
    "Schedule",
    "Shelf",
    "SoldOut",
    "Standing",
    "Stock",
    "TicketTypeBody",
    "UnknownTicketType",
    "VenueBody",
    "VenueView",
    "Want",
    "WantedLine",
    "WrongQuantity",
    "gather",
    "is_currency",
    "is_zone",
]


class Events:
    """Events, where and when they take place, and what can be bought for them.

    The methods are for other services and the gateway; the rooms (`editing`, `publishing`,
    `ticket_types`, `quotas`, `covers`, `dates`, `series`, `duplicating`) for our routes,
    `importer` for the command line, `growing` for the clockwork, `stock` for whoever sells,
    `schedule` for whoever knows the orders of dates that change.
    """

    def __init__(self, db: Database, blobs: Blobs, users: Users) -> None:
        presenter = Presenter(blobs)
        self._shown = Shown(db, users, presenter, Searching(db, blobs))
        bench = Bench(db, users, presenter, self._shown)
        self.stock = Stock()
        self.editing = Editing(bench)
        self.publishing = Publishing(bench)
        self.ticket_types = TicketTypes(bench)
        self.quotas = Quotas(bench)
        self.covers = Covers(bench, blobs)
        self.importer = Importer(bench)
        self.dates = Dates(bench)
        self.series = SeriesRoom(bench)
        self.duplicating = Duplicating(bench)
        self.growing = Growing(bench)
        self.schedule = Schedule(bench)

    async def page(self, organizer: str, event: str) -> EventPage:
        """The public page of the event with these slugs, at most a second old.

        `NotFound` for one that was never published, `Gone` for one that was taken down.
        """
        return await self._shown.page(organizer, event)

    async def availability(
        self, organizer: str, event: str, occurrence_id: UUID | None = None
    ) -> Stamped:
        """What can be bought for that date (or the next), at most a second old, with its ETag."""
        return await self._shown.availability(organizer, event, occurrence_id)

    async def calendar(self, organizer: str, event: str, days: CalendarDays) -> StampedCalendar:
        """The event's dates on those days with the state of their tickets, at most a second old."""
        return await self._shown.calendar(organizer, event, days)

    async def discover(self, filters: Filters) -> DiscoverView:
        """One page of published events that are not over, at most a second old."""
        return await self._shown.discover(filters)

    async def summary(
        self, organizer_id: UUID, event_id: UUID, *, with_dates: Collection[UUID] = ()
    ) -> EventSummary:
        """The event in any state, at most a second old; `NotFound` without one.

        Without one of `with_dates` it is read anew: the date may be younger than that.
        """
        return await self._shown.summary(organizer_id, event_id, with_dates=with_dates)
