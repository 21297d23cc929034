"""PUBLIC: what other services, the gateway and the composition root may ask of events."""

from collections.abc import Collection, Mapping
from uuid import UUID

from boxoffice.data.blobs import Blobs
from boxoffice.data.postgres import Database
from boxoffice.services.events.beside import give_up, held_units, put_back, take_over
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
from boxoffice.services.events.handing import hand_on
from boxoffice.services.events.importing.gathering import Gathered, gather
from boxoffice.services.events.importing.importer import Importer, ImportOptions, ImportReport
from boxoffice.services.events.importing.records import Problem
from boxoffice.services.events.importing.settling import Defaults
from boxoffice.services.events.keeping_back import KeepBack, check_keep_back, keep_back
from boxoffice.services.events.locking import lock_exchange
from boxoffice.services.events.ordering import Ordering
from boxoffice.services.events.presales.giving import Giving
from boxoffice.services.events.presales.settings import PresaleSettings
from boxoffice.services.events.presales.views import Pass, Presale
from boxoffice.services.events.presenting import Presenter
from boxoffice.services.events.prices import Prices
from boxoffice.services.events.publishing import Publishing
from boxoffice.services.events.questions.editing import Questions
from boxoffice.services.events.quotas import Quotas
from boxoffice.services.events.returning import keep_for_line, return_units, return_uses
from boxoffice.services.events.rules.beside import HeldUnits
from boxoffice.services.events.rules.claiming import NotOnSale, SoldOut
from boxoffice.services.events.rules.currencies import is_currency
from boxoffice.services.events.rules.dating import by_first_date
from boxoffice.services.events.rules.exchanging import keep_own
from boxoffice.services.events.rules.expanding import add_on_prices, with_contents
from boxoffice.services.events.rules.extras.extras import Demanded
from boxoffice.services.events.rules.localtime import is_zone
from boxoffice.services.events.rules.persons import (
    PersonLimitReached,
    PersonLimits,
    check_person,
)
from boxoffice.services.events.rules.presales import (
    NoPresale,
    PresaleDrawn,
    PresaleMode,
    PresaleState,
)
from boxoffice.services.events.rules.pricing.basket import (
    Priced,
    PricedFee,
    PricedUnit,
    Reduction,
    TaxLabel,
    Unit,
    recount,
)
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.pricing.rounding import divided, pro_rata, share_of
from boxoffice.services.events.rules.pricing.vouchers import Use as VoucherUse
from boxoffice.services.events.rules.questions.question import Condition, Question
from boxoffice.services.events.rules.returned import ReturnedPlace
from boxoffice.services.events.rules.returning import ReturnedUnit
from boxoffice.services.events.rules.sales import OfferStateName
from boxoffice.services.events.rules.seats.assigning import check_lines
from boxoffice.services.events.rules.seats.checking import Report, check_plan
from boxoffice.services.events.rules.seats.choosing import BestAvailable, ChosenSeat
from boxoffice.services.events.rules.seats.halls import concert_hall
from boxoffice.services.events.rules.seats.plans import encoded
from boxoffice.services.events.rules.seats.refusals import SeatTaken
from boxoffice.services.events.rules.selling import Expected as ExpectedPrice
from boxoffice.services.events.rules.selling import HeldOrder, PriceChanged
from boxoffice.services.events.rules.shelf import (
    Granted,
    PricedLine,
    Quoted,
    Shelf,
    TicketTypeFacts,
    Want,
    WantedLine,
)
from boxoffice.services.events.rules.stock import (
    ChooseOccurrence,
    UnknownTicketType,
    WrongQuantity,
    quote,
)
from boxoffice.services.events.rules.texts import is_web_address
from boxoffice.services.events.rules.units import unit_numbers
from boxoffice.services.events.rules.variations import VariationFacts, VariationOff
from boxoffice.services.events.rules.waiting import cost_of as place_cost
from boxoffice.services.events.rules.waiting_refusals import NotInLine, NotWaiting, OfferOver
from boxoffice.services.events.searching import Filters, Searching
from boxoffice.services.events.seating.attaching import Attaching
from boxoffice.services.events.seating.blocks import Blocks
from boxoffice.services.events.seating.maps import SeatMaps
from boxoffice.services.events.seating.shown import SeatsShown
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.shown import Shown
from boxoffice.services.events.stamps import Stamped
from boxoffice.services.events.stock import Standing, Stock
from boxoffice.services.events.taxes import TaxRules
from boxoffice.services.events.ticket_categories import TicketCategories
from boxoffice.services.events.ticket_types import TicketTypes
from boxoffice.services.events.timetable import CalendarDays, CalendarView
from boxoffice.services.events.variations import Variations
from boxoffice.services.events.views import (
    AvailabilityView,
    DiscoverView,
    EventCard,
    EventPage,
    EventSummary,
    FacetValue,
    HiddenOffersView,
    ImageView,
    ManagedEvent,
    OccurrenceView,
    OfferState,
    OfferView,
    TicketCategoryView,
    VariationOfferView,
    VenueView,
)
from boxoffice.services.events.vouchers import Vouchers
from boxoffice.services.events.waitlist.line import Line, PlaceWish, Wanted
from boxoffice.services.events.waitlist.offers import Offers
from boxoffice.services.events.waitlist.returned import ReturnedPlaces
from boxoffice.services.events.waitlist.settings import WaitlistSettings
from boxoffice.services.events.waitlist.views import LineCounts, Place, PlaceOffer, PlaceState
from boxoffice.services.events.workbench import Bench
from boxoffice.services.users.api import Users

__all__ = [
    "NO_RULES",
    "AvailabilityView",
    "BestAvailable",
    "CalendarDays",
    "CalendarView",
    "ChooseOccurrence",
    "ChosenSeat",
    "Condition",
    "CreateEventBody",
    "DateTimes",
    "Dated",
    "Defaults",
    "Demanded",
    "DiscoverView",
    "EventCard",
    "EventPage",
    "EventSummary",
    "Events",
    "ExpectedPrice",
    "FacetValue",
    "Filters",
    "Gathered",
    "Granted",
    "HeldOrder",
    "HeldUnits",
    "HiddenOffersView",
    "ImageView",
    "ImportOptions",
    "ImportReport",
    "KeepBack",
    "LineCounts",
    "ManagedEvent",
    "NoPresale",
    "NotInLine",
    "NotOnSale",
    "NotWaiting",
    "OccurrenceView",
    "OfferOver",
    "OfferState",
    "OfferStateName",
    "OfferView",
    "Pass",
    "PersonLimitReached",
    "PersonLimits",
    "Place",
    "PlaceOffer",
    "PlaceState",
    "PlaceWish",
    "Presale",
    "PresaleDrawn",
    "PresaleMode",
    "PresaleState",
    "PriceBook",
    "PriceChanged",
    "Priced",
    "PricedFee",
    "PricedLine",
    "PricedUnit",
    "Problem",
    "Question",
    "QuotaBody",
    "Quoted",
    "Reduction",
    "Report",
    "ReturnedPlace",
    "ReturnedPlaces",
    "ReturnedUnit",
    "Schedule",
    "SeatTaken",
    "Shelf",
    "SoldOut",
    "Standing",
    "Stock",
    "TaxLabel",
    "TicketCategoryView",
    "TicketTypeBody",
    "TicketTypeFacts",
    "Unit",
    "UnknownTicketType",
    "VariationFacts",
    "VariationOff",
    "VariationOfferView",
    "VenueBody",
    "VenueView",
    "VoucherUse",
    "Want",
    "Wanted",
    "WantedLine",
    "WrongQuantity",
    "add_on_prices",
    "by_first_date",
    "check_keep_back",
    "check_lines",
    "check_person",
    "check_plan",
    "concert_hall",
    "divided",
    "encoded",
    "gather",
    "give_up",
    "hand_on",
    "held_units",
    "is_currency",
    "is_web_address",
    "is_zone",
    "keep_back",
    "keep_for_line",
    "keep_own",
    "lock_exchange",
    "place_cost",
    "pro_rata",
    "put_back",
    "quote",
    "recount",
    "return_units",
    "return_uses",
    "share_of",
    "take_over",
    "unit_numbers",
    "with_contents",
]


class Events:
    """Events, where and when they take place, and what can be bought for them.

    The methods are for other services and the gateway; the rooms (`editing`, `publishing`,
    `ticket_types`, `ticket_categories`, `variations`, `ordering`, `quotas`, `covers`, `tax_rules`,
    `prices`, `vouchers`, `questions`, `seat_maps`, `seating`, `blocks`, `seats`, `dates`, `series`,
    `duplicating`, `waitlist`, `presale_settings`) for our routes, `importer` for the command
    line, `growing` for the clockwork, `stock` for whoever sells, `schedule` for whoever knows the
    orders of dates that change, `line`, `offers` and `returned` for whoever lets people wait,
    `presales` for whoever lets them register for early access.
    """

    def __init__(self, db: Database, blobs: Blobs, users: Users) -> None:
        presenter = Presenter(blobs)
        self._shown = Shown(db, users, presenter, Searching(db, blobs))
        bench = Bench(db, users, presenter, self._shown)
        floors = Floors()
        self.stock = Stock(floors)
        self.editing = Editing(bench)
        self.publishing = Publishing(bench)
        self.ticket_types = TicketTypes(bench)
        self.ticket_categories = TicketCategories(bench)
        self.variations = Variations(bench)
        self.ordering = Ordering(bench)
        self.quotas = Quotas(bench)
        self.covers = Covers(bench, blobs)
        self.tax_rules = TaxRules(bench)
        self.prices = Prices(bench)
        self.vouchers = Vouchers(bench, self.stock, floors)
        self.questions = Questions(bench)
        self.importer = Importer(bench)
        self.seat_maps = SeatMaps(db)
        self.seats = SeatsShown(db, self._shown, floors)
        self.seating = Attaching(bench, self.stock, floors)
        self.blocks = Blocks(db, self.stock, floors)
        self.dates = Dates(bench)
        self.series = SeriesRoom(bench)
        self.duplicating = Duplicating(bench)
        self.growing, self.schedule = Growing(bench), Schedule(bench)
        self.waitlist = WaitlistSettings(bench, self.stock)
        self.presale_settings, self.presales = PresaleSettings(bench), Giving(db)
        self.line, self.offers = Line(self.stock, floors), Offers(db, self.stock, floors)
        self.returned = ReturnedPlaces(self.stock)

    async def page(self, organizer: str, event: str) -> EventPage:
        """The public page of the event with these slugs, at most a second old.

        `NotFound` for one that was never published, `Gone` for one that was taken down.
        """
        return await self._shown.page(organizer, event)

    async def availability(
        self, organizer: str, event: str, occurrence_id: UUID | None = None
    ) -> Stamped[AvailabilityView]:
        """What can be bought for that date (or the next), at most a second old, with its ETag."""
        return await self._shown.availability(organizer, event, occurrence_id)

    async def hidden_offers(
        self, organizer: str, event: str, code: str, occurrence_id: UUID | None = None
    ) -> HiddenOffersView:
        """What the code reveals for that date (or the next); `UnknownAccessCode` for nothing."""
        return await self._shown.hidden_offers(organizer, event, code, occurrence_id)

    async def calendar(
        self, organizer: str, event: str, days: CalendarDays
    ) -> Stamped[CalendarView]:
        """The event's dates on those days with the state of their tickets, at most a second old."""
        return await self._shown.calendar(organizer, event, days)

    def forget(self, organizer_id: UUID, event_id: UUID, slug: str) -> None:
        """Something about the event has changed: this process shows it at once."""
        self._shown.forget(organizer_id, event_id, slug)

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

    async def summaries(
        self, organizer_id: UUID, wanted: Mapping[UUID, Collection[UUID]]
    ) -> dict[UUID, EventSummary]:
        """`summary` of many events, each with the dates it must have; unknown ones are left out."""
        return await self._shown.summaries(organizer_id, wanted)
