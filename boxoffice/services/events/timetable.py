"""The dates of an event as a calendar: which there are on which days, and what is left of each."""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from boxoffice.kernel.refusals import Invalid, NotFound
from boxoffice.services.events import offering, presenting
from boxoffice.services.events.offering import Listed
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import sales
from boxoffice.services.events.rules.localtime import wall_clock_of
from boxoffice.services.events.rules.sales import OfferStateName, SlotState
from boxoffice.services.events.stamps import etag_of
from boxoffice.services.events.tables import OccurrenceRow
from boxoffice.services.events.views import EventPage, View

MOST_DAYS = 100
MOST_SLOTS = 1_000
DEFAULT_DAYS = 31


class BadDays(Invalid):
    code = "bad_days"
    message = f"Ask for days `from` … `to` in their order, at most {MOST_DAYS} at once."


class CalendarDays(msgspec.Struct, frozen=True, kw_only=True):
    """The days asked for, local to the event; both ends count. None: from today on, for a month."""

    first: date | None = None
    last: date | None = None


class SlotView(View, frozen=True, kw_only=True):
    """One date; `day` is the local day on which it begins."""

    occurrence_id: UUID
    day: date
    starts_at: datetime
    ends_at: datetime
    state: SlotState


class CalendarView(View, frozen=True, kw_only=True):
    """Dates that begin on the days `first` … `last`, in order; `next_day` is the first day after
    them on which there is one, `truncated` says that there are more than are shown.
    """

    timezone: str
    as_of: datetime
    first: date
    last: date
    slots: list[SlotView]
    truncated: bool
    previous_day: date | None
    next_day: date | None


class DateOffers:
    """What can be bought for each date of an event, worked out for those that are asked for; and
    the headings over it.
    """

    def __init__(self, whole: WholeEvent, now: datetime) -> None:
        self.categories = presenting.categories(whole)
        self._dates = {one.id: one for one in whole.occurrences}
        self._by_date = whole.by_date()
        self._now = now
        self._known: dict[UUID, list[Listed]] = {}

    def all(self) -> list[OccurrenceRow]:
        """The dates in their order."""
        return list(self._dates.values())

    def of(self, occurrence_id: UUID) -> list[Listed]:
        """The offers for that date, hidden ones too; `NotFound` for one of another event."""
        if occurrence_id not in self._dates:
            raise NotFound
        if occurrence_id not in self._known:
            whole, date = self._by_date[occurrence_id], self._dates[occurrence_id]
            self._known[occurrence_id] = offering.listed(whole, date, self._now)
        return self._known[occurrence_id]


def calendar_of(
    page: EventPage, dates: DateOffers, days: CalendarDays, now: datetime
) -> CalendarView:
    """The calendar of those days; `BadDays` for too many of them."""
    first, last = _span(days, wall_clock_of(now, page.timezone).date())
    by_day = [(wall_clock_of(one.starts_at, page.timezone).date(), one) for one in dates.all()]
    wanted = [(day, one) for day, one in by_day if first <= day <= last]
    slots = [_slot(day, one, dates, now) for day, one in wanted[:MOST_SLOTS]]
    return CalendarView(
        timezone=page.timezone,
        as_of=now,
        first=first,
        last=last,
        slots=slots,
        truncated=len(wanted) > MOST_SLOTS,
        previous_day=max((day for day, _ in by_day if day < first), default=None),
        next_day=min((day for day, _ in by_day if day > last), default=None),
    )


def _span(days: CalendarDays, today: date) -> tuple[date, date]:
    first = days.first or min(today, days.last or today)
    try:
        last = days.last or first + timedelta(days=DEFAULT_DAYS - 1)
    except OverflowError as error:
        raise BadDays from error
    if not 0 <= (last - first).days < MOST_DAYS:
        raise BadDays
    return first, last


def _slot(day: date, one: OccurrenceRow, dates: DateOffers, now: datetime) -> SlotView:
    over = one.ends_at <= now
    states: list[OfferStateName] = []
    if not over:
        states = [offer.state for offer in offering.public(dates.of(one.id))]
    return SlotView(
        occurrence_id=one.id,
        day=day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        state=sales.slot_state(states, status=one.status, over=over),
    )


def calendar_etag(view: CalendarView) -> str:
    """Changes only when the calendar does, whenever it was made."""
    content = msgspec.json.encode((view.first, view.last, view.slots, view.timezone))
    return etag_of(content)
