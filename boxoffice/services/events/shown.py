"""What the public sees, answered from memory and rebuilt at most once a second.

The decision to sell never reads any of this.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from boxoffice.data.postgres import Database
from boxoffice.data.remembered import Remembered
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.freshness import IsCurrent
from boxoffice.kernel.refusals import Gone, NotFound
from boxoffice.services.events import offering, presenting
from boxoffice.services.events.presenting import Presenter
from boxoffice.services.events.reading import WholeEvent, read_event, read_events
from boxoffice.services.events.rules import access_codes
from boxoffice.services.events.rules.folding import is_slug
from boxoffice.services.events.rules.lifecycle import EventStatus, is_public
from boxoffice.services.events.searching import Filters, Searching
from boxoffice.services.events.stamps import Stamped, etag_of
from boxoffice.services.events.tables import EventRow
from boxoffice.services.events.timetable import (
    CalendarDays,
    CalendarView,
    DateOffers,
    calendar_etag,
    calendar_of,
)
from boxoffice.services.events.views import (
    AddOnView,
    AvailabilityView,
    DiscoverView,
    EventPage,
    EventSummary,
    HiddenOffersView,
    OfferState,
    OfferView,
    VariationState,
)
from boxoffice.services.users.api import Users

FRESH_SECONDS = 1.0
MOST_PAGES = 2_000
MOST_SEARCHES = 500


class Poster(msgspec.Struct, frozen=True, kw_only=True):
    """A published event at `as_of`: its page and, by date, what can be bought."""

    as_of: datetime
    page: EventPage
    dates: DateOffers


class UnknownAccessCode(NotFound):
    code = "unknown_access_code"
    message = "This code reveals no tickets; check how it is written."


class EventGone(Gone):
    code = "event_unpublished"
    message = "The organizer has taken this event down; tickets for it stay valid."


class Shown:
    """Pages, availability, summaries and searches."""

    def __init__(
        self, db: Database, users: Users, presenter: Presenter, searching: Searching
    ) -> None:
        self._db = db
        self._users = users
        self._presenter = presenter
        self._posters = Remembered(self._load_poster, seconds=FRESH_SECONDS, most=MOST_PAGES)
        self._summaries = Remembered(self._load_summary, seconds=FRESH_SECONDS, most=MOST_PAGES)
        self._searches = Remembered(searching.discover, seconds=FRESH_SECONDS, most=MOST_SEARCHES)

    async def page(self, organizer: str, event: str) -> EventPage:
        """The page of the event with these slugs; `NotFound`, or `Gone` once it was taken down."""
        return (await self._poster(organizer, event)).page

    async def availability(
        self, organizer: str, event: str, occurrence_id: UUID | None = None
    ) -> Stamped[AvailabilityView]:
        """What can be bought for that date, or for the next one."""
        poster = await self._poster(organizer, event)
        chosen = occurrence_id or poster.page.next.id
        offers = offering.public(poster.dates.of(chosen))
        states = [*map(_state, offers), *_states_of_add_ons(offers)]
        view = AvailabilityView(occurrence_id=chosen, as_of=poster.as_of, offers=states)
        current = self._is_shown(poster, event)
        return Stamped(etag=_etag(chosen, states), view=view, is_current=current)

    async def hidden_offers(
        self, organizer: str, event: str, code: str, occurrence_id: UUID | None = None
    ) -> HiddenOffersView:
        """What the code reveals for that date, or for the next one; else `UnknownAccessCode`."""
        poster = await self._poster(organizer, event)
        chosen = occurrence_id or poster.page.next.id
        found = [
            one.offer
            for one in poster.dates.of(chosen)
            if one.access_code is not None and access_codes.opens(one.access_code, code)
        ]
        if not found:
            raise UnknownAccessCode
        used = {offer.category_id for offer in found}
        headings = [one for one in poster.dates.categories if one.id in used]
        return HiddenOffersView(occurrence_id=chosen, offers=found, categories=headings)

    async def calendar(
        self, organizer: str, event: str, days: CalendarDays
    ) -> Stamped[CalendarView]:
        """The dates that begin on those days, each with the state of its tickets."""
        poster = await self._poster(organizer, event)
        view = calendar_of(poster.page, poster.dates, days, poster.as_of)
        current = self._is_shown(poster, event)
        return Stamped(etag=calendar_etag(view), view=view, is_current=current)

    async def summary(
        self, organizer_id: UUID, event_id: UUID, *, with_dates: Collection[UUID] = ()
    ) -> EventSummary:
        """The event in any state, for other services; read anew if it lacks one of the dates."""
        key = (organizer_id, event_id)
        remembered = await self._summaries.get(key)
        if _has(remembered, with_dates):
            return remembered
        self._summaries.forget(key)
        return await self._summaries.get(key)

    async def summaries(
        self, organizer_id: UUID, wanted: Mapping[UUID, Collection[UUID]]
    ) -> dict[UUID, EventSummary]:
        """`summary` of many events, each with the dates it must have; unknown ones are left out.

        However many there are, they are read together: a sale of a thousand events would otherwise
        wait for each in turn.
        """
        keys = [(organizer_id, event_id) for event_id in wanted]
        found = await self._summaries.get_all(keys, self._load_summaries)
        stale = [key for key, one in found.items() if not _has(one, wanted[key[1]])]
        if stale:
            for key in stale:
                self._summaries.forget(key)
            found |= await self._summaries.get_all(stale, self._load_summaries)
        return {event_id: one for (_, event_id), one in found.items()}

    async def discover(self, filters: Filters) -> DiscoverView:
        """One page of what is coming."""
        return await self._searches.get(filters)

    def forget(self, organizer_id: UUID, event_id: UUID, slug: str) -> None:
        """The event has changed: this process shows it at once, others within a second."""
        self._posters.forget((organizer_id, slug))
        self._summaries.forget((organizer_id, event_id))
        self._searches.clear()

    def clear(self) -> None:
        """Many events have changed."""
        self._posters.clear()
        self._summaries.clear()
        self._searches.clear()

    async def _poster(self, organizer: str, event: str) -> Poster:
        found = await self._users.organizer_by_slug(organizer)
        return await self._posters.get((found.id, event))

    def _is_shown(self, poster: Poster, slug: str) -> IsCurrent:
        key = (poster.page.organizer.id, slug)
        return lambda: self._posters.is_current(key, poster)

    async def _load_poster(self, key: tuple[UUID, str]) -> Poster:
        organizer_id, slug = key
        organizer = await self._users.organizer(organizer_id)
        async with self._db.glance(organizer_id) as tx:
            whole = await _read_public(tx, slug)
            now = await tx.now()
        return Poster(
            as_of=now,
            page=self._presenter.page(whole, organizer, now),
            dates=DateOffers(whole, now),
        )

    async def _load_summary(self, key: tuple[UUID, UUID]) -> EventSummary:
        organizer_id, event_id = key
        async with self._db.glance(organizer_id) as tx:
            return presenting.summary(await read_event(tx, event_id), await tx.now())

    async def _load_summaries(
        self, keys: list[tuple[UUID, UUID]]
    ) -> dict[tuple[UUID, UUID], EventSummary]:
        """All of one organizer."""
        organizer_id = keys[0][0]
        async with self._db.glance(organizer_id) as tx:
            events = await read_events(tx, [event_id for _, event_id in keys])
            now = await tx.now()
        return {(organizer_id, one.event.id): presenting.summary(one, now) for one in events}


def _has(event: EventSummary, dates: Collection[UUID]) -> bool:
    return not dates or {one.id for one in event.occurrences}.issuperset(dates)


async def _read_public(tx: Transaction, slug: str) -> WholeEvent:
    if not is_slug(slug):
        raise NotFound
    event = await tx.session.scalar(
        select(EventRow).where(EventRow.organizer_id == tx.organizer_id, EventRow.slug == slug)
    )
    if event is None or (event.status != EventStatus.PUBLISHED and event.published_at is None):
        raise NotFound
    if not is_public(event.status):
        raise EventGone
    return await read_event(tx, event.id)


def _state(offer: OfferView | AddOnView) -> OfferState:
    return OfferState(
        ticket_type_id=offer.ticket_type_id,
        state=offer.state,
        available=offer.available,
        variations=[
            VariationState(variation_id=one.variation_id, state=one.state, available=one.available)
            for one in offer.variations
        ],
    )


def _states_of_add_ons(offers: list[OfferView]) -> list[OfferState]:
    """Of what is only sold with others, each once."""
    own = {offer.ticket_type_id for offer in offers}
    bound = {
        one.ticket_type_id: one
        for offer in offers
        for group in offer.add_on_groups
        for one in group.add_ons
        if one.ticket_type_id not in own
    }
    return [_state(one) for one in bound.values()]


def _etag(occurrence_id: UUID, states: list[OfferState]) -> str:
    content = occurrence_id.bytes + msgspec.json.encode(states)
    return etag_of(content)
