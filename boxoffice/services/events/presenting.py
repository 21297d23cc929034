"""Rows become views."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from boxoffice.data.blobs import Blobs
from boxoffice.kernel.money import Money
from boxoffice.services.events.reading import SCHEDULED, QuotaCount, WholeEvent
from boxoffice.services.events.renditions import cover_view
from boxoffice.services.events.rules import quotas, sales
from boxoffice.services.events.rules.checklist import EventFacts, Item, SaleFacts, blockers
from boxoffice.services.events.rules.lifecycle import shown_status
from boxoffice.services.events.rules.sales import Terms
from boxoffice.services.events.tables import OccurrenceRow, TicketTypeRow, VenueRow
from boxoffice.services.events.views import (
    ChecklistItem,
    ChecklistView,
    DateStatus,
    EventPage,
    EventSummary,
    Format,
    ImageView,
    ManagedEvent,
    ManagedEventRow,
    OccurrenceView,
    OfferView,
    QuotaView,
    TicketTypeView,
    VenueView,
)
from boxoffice.services.users.api import OrganizerRef

# Of an event with very many dates the page lists those to come first; the calendar has all.
MOST_SHOWN = 100


class Presenter:
    """Makes views; knows where pictures are shown."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def managed(self, whole: WholeEvent, organizer: OrganizerRef, now: datetime) -> ManagedEvent:
        """The event for its organizer's team."""
        event = whole.event
        return ManagedEvent(
            **_common(whole, whole.occurrences),
            status=shown_status(event.status, over_at=whole.over_at, now=now),
            online_url=event.online_url,
            currency=event.currency,
            cover=self.cover(whole),
            ticket_types=[_type_view(whole, kind) for kind in whole.ticket_types],
            quotas=[_quota_view(quota) for quota in whole.quotas],
            public_path=f"/e/{organizer.slug}/{event.slug}",
            created_at=event.created_at,
        )

    def page(self, whole: WholeEvent, organizer: OrganizerRef, now: datetime) -> EventPage:
        """The event for everybody."""
        event, coming = whole.event, whole.coming_at(now)[:MOST_SHOWN]
        status: Any = shown_status(event.status, over_at=whole.over_at, now=now)
        return EventPage(
            **_common(whole, coming),
            organizer=organizer,
            status=status,
            online_url_hint=event.online_url is not None,
            cover=self.cover(whole),
            offers=offers(whole, whole.next_at(now), now),
        )

    def cover(self, whole: WholeEvent) -> ImageView | None:
        """The event's picture."""
        event = whole.event
        return cover_view(
            self._blobs,
            key=event.cover_key,
            width=event.cover_width,
            height=event.cover_height,
            title=event.title,
        )


def row(whole: WholeEvent, now: datetime) -> ManagedEventRow:
    """The event as a line of its organizer's list."""
    event = whole.event
    counted = [quota for date in whole.by_date().values() for quota in quotas.whole(date.quotas)]
    return ManagedEventRow(
        id=event.id,
        slug=event.slug,
        title=event.title,
        status=shown_status(event.status, over_at=whole.over_at, now=now),
        starts_at=whole.first.starts_at,
        timezone=event.timezone,
        sold=sum(quota.sold for quota in counted),
        capacity=sum(quota.capacity for quota in counted),
        city=whole.venue.city if whole.venue else None,
    )


def summary(whole: WholeEvent, now: datetime) -> EventSummary:
    """The event for other services."""
    event = whole.event
    return EventSummary(
        id=event.id,
        slug=event.slug,
        title=event.title,
        status=shown_status(event.status, over_at=whole.over_at, now=now),
        timezone=event.timezone,
        currency=event.currency,
        venue=venue_view(whole.venue),
        online_url=event.online_url,
        occurrences=[_occurrence_view(one) for one in whole.occurrences],
    )


def offers(whole: WholeEvent, occurrence: OccurrenceRow, now: datetime) -> list[OfferView]:
    """What buyers can choose from for that date; types taken off sale are not shown."""
    if occurrence.status != SCHEDULED:
        return []
    shown = [
        (kind, [one for one in whole.quotas_of(kind.id) if one.occurrence_id == occurrence.id])
        for kind in whole.ticket_types
        if kind.on_sale
    ]
    return [
        _offer(whole, kind, counted, over_at=occurrence.ends_at, now=now)
        for kind, counted in shown
        if counted
    ]


def event_facts(whole: WholeEvent) -> EventFacts:
    """The event as the checklist sees it."""
    event, venue, dates = whole.event, whole.venue, whole.by_date().values()
    return EventFacts(
        format=event.format,
        venue_name=venue.name if venue else None,
        city=venue.city if venue else None,
        online_url=event.online_url,
        website=event.website,
        summary=event.summary,
        description=event.description,
        has_cover=event.cover_key is not None,
        over_at=whole.over_at,
        sales=tuple(
            SaleFacts(
                on_sale=kind.on_sale,
                sales_end=kind.sales_end,
                capacity=max(
                    quotas.available(quota.capacity for quota in date.quotas_of(kind.id))
                    for date in dates
                ),
            )
            for kind in whole.ticket_types
        ),
    )


def checklist_view(
    whole: WholeEvent, items: Sequence[Item], organizer: OrganizerRef
) -> ChecklistView:
    """The checklist with links into the organizer app."""
    page = f"/organizer/{organizer.slug}/events/{whole.event.id}"
    return ChecklistView(
        ready=not blockers(items),
        items=[
            ChecklistItem(
                code=item.code,
                done=item.done,
                blocks=item.blocks,
                text=item.text,
                link=f"{page}#{item.section}",
            )
            for item in items
        ],
    )


def venue_view(venue: VenueRow | None) -> VenueView | None:
    """The venue, if there is one."""
    if venue is None:
        return None
    return VenueView(name=venue.name, address=venue.address, city=venue.city, country=venue.country)


def _common(whole: WholeEvent, dates: Sequence[OccurrenceRow]) -> dict[str, Any]:
    """What both the team and the public see, under the same names."""
    event = whole.event
    return {
        "id": event.id,
        "slug": event.slug,
        "title": event.title,
        "summary": event.summary,
        "description": event.description,
        "category": event.category,
        "timezone": event.timezone,
        "format": cast("Format", event.format),
        "venue": venue_view(whole.venue),
        "website": event.website,
        "occurrences": [_occurrence_view(one) for one in dates],
    }


def _occurrence_view(occurrence: OccurrenceRow) -> OccurrenceView:
    return OccurrenceView(
        id=occurrence.id,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        doors_at=occurrence.doors_at,
        status=cast("DateStatus", occurrence.status),
        sequence=occurrence.sequence,
        postponed_from=occurrence.postponed_from,
        series_id=occurrence.series_id,
    )


def _offer(
    whole: WholeEvent,
    kind: TicketTypeRow,
    counted: Sequence[QuotaCount],
    *,
    over_at: datetime,
    now: datetime,
) -> OfferView:
    available = quotas.available(quota.free for quota in counted)
    terms = Terms(sales_start=kind.sales_start, sales_end=kind.sales_end, over_at=over_at)
    state = sales.offer_state(terms, available=available, now=now)
    return OfferView(
        ticket_type_id=kind.id,
        name=kind.name,
        description=kind.description,
        price=Money(amount=kind.price_amount, currency=whole.event.currency),
        min_per_order=kind.min_per_order,
        max_per_order=kind.max_per_order,
        state=state,
        available=sales.told_available(state, available),
        sales_start=kind.sales_start,
        sales_end=kind.sales_end,
    )


def _type_view(whole: WholeEvent, kind: TicketTypeRow) -> TicketTypeView:
    return TicketTypeView(
        id=kind.id,
        name=kind.name,
        description=kind.description,
        price=Money(amount=kind.price_amount, currency=whole.event.currency),
        min_per_order=kind.min_per_order,
        max_per_order=kind.max_per_order,
        sales_start=kind.sales_start,
        sales_end=kind.sales_end,
        on_sale=kind.on_sale,
        position=kind.position,
        quota_ids=[quota.id for quota in whole.quotas_of(kind.id)],
    )


def _quota_view(quota: QuotaCount) -> QuotaView:
    return QuotaView(
        id=quota.id,
        occurrence_id=quota.occurrence_id,
        kin=quota.kin,
        name=quota.name,
        capacity=quota.capacity,
        claimed=quota.claimed,
        sold=quota.sold,
        held=quota.held,
        blocked=quota.blocked,
        free=quota.free,
        overbooked_by=quota.overbooked_by,
        ticket_type_ids=sorted(quota.ticket_type_ids),
    )
