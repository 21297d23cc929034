"""PUBLIC: what happened to events."""

from typing import ClassVar
from uuid import UUID

from boxoffice.kernel.facts import Fact


class EventPublished(Fact, frozen=True, kw_only=True):
    """The event became visible to everybody."""

    name: ClassVar[str] = "events.event_published.v1"
    organizer_id: UUID
    event_id: UUID


class EventChanged(Fact, frozen=True, kw_only=True):
    """A published event changed what buyers see: its text, time, place, tickets or capacity."""

    name: ClassVar[str] = "events.event_changed.v1"
    organizer_id: UUID
    event_id: UUID


class EventUnpublished(Fact, frozen=True, kw_only=True):
    """The event was taken down; tickets sold for it stay valid."""

    name: ClassVar[str] = "events.event_unpublished.v1"
    organizer_id: UUID
    event_id: UUID


class DatesCancelled(Fact, frozen=True, kw_only=True):
    """Dates of the event, or all of it, will not take place; what that means for orders follows."""

    name: ClassVar[str] = "events.dates_cancelled.v1"
    organizer_id: UUID
    event_id: UUID


class DatesPostponed(Fact, frozen=True, kw_only=True):
    """Dates of the event take place at another time; tickets for them stay valid."""

    name: ClassVar[str] = "events.dates_postponed.v1"
    organizer_id: UUID
    event_id: UUID


class PlacesFreed(Fact, frozen=True, kw_only=True):
    """Units came free in a quota that people wait for."""

    name: ClassVar[str] = "events.places_freed.v1"
    organizer_id: UUID
    quota_id: UUID


class PlacesOffered(Fact, frozen=True, kw_only=True):
    """Somebody who waited is offered what they wait for; the place in line knows until when."""

    name: ClassVar[str] = "events.places_offered.v1"
    organizer_id: UUID
    waiting_id: UUID


class PlaceOfferLapsed(Fact, frozen=True, kw_only=True):
    """An offer was not taken in time; others get what it was for."""

    name: ClassVar[str] = "events.place_offer_lapsed.v1"
    organizer_id: UUID
    waiting_id: UUID
