"""Rows become views."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from boxoffice.data.blobs import Blobs
from boxoffice.kernel.money import Money
from boxoffice.services.events import offering
from boxoffice.services.events.checklist_views import ChecklistItem, ChecklistView
from boxoffice.services.events.extras_views import extras_views
from boxoffice.services.events.presales_views import presale_view, settings_view
from boxoffice.services.events.reading import QuotaCount, WholeEvent
from boxoffice.services.events.renditions import cover_view
from boxoffice.services.events.rules import quotas
from boxoffice.services.events.rules.amounts import Pricing
from boxoffice.services.events.rules.checklist import EventFacts, Item, SaleFacts, blockers
from boxoffice.services.events.rules.lifecycle import shown_status
from boxoffice.services.events.rules.pricing.book import NO_RULES
from boxoffice.services.events.rules.questions.question import Question
from boxoffice.services.events.rules.waiting import Mode
from boxoffice.services.events.settings_shapes import WaitlistSettingsView
from boxoffice.services.events.tables import (
    OccurrenceRow,
    TicketTypeRow,
    VariationRow,
    VenueRow,
)
from boxoffice.services.events.views import (
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
    TicketCategoryView,
    TicketTypeView,
    VariationView,
    VenueView,
    Visibility,
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
            categories=categories(whole),
            ticket_types=[_type_view(whole, kind) for kind in whole.ticket_types],
            quotas=[_quota_view(quota) for quota in whole.quotas],
            max_per_person=event.max_per_person,
            questions=whole.questions,
            answers_close_minutes=event.answers_close_minutes,
            waitlist=WaitlistSettingsView(
                is_open=event.waitlist_open,
                mode=cast("Mode", event.waitlist_mode),
                offer_minutes=event.waitlist_minutes,
            ),
            presale=settings_view(whole, now=now),
            public_path=f"/e/{organizer.slug}/{event.slug}",
            created_at=event.created_at,
        )

    def page(self, whole: WholeEvent, organizer: OrganizerRef, now: datetime) -> EventPage:
        """The event for everybody."""
        event, coming = whole.event, whole.coming_at(now)[:MOST_SHOWN]
        status: Any = shown_status(event.status, over_at=whole.over_at, now=now)
        listed = offering.listed(whole, whole.next_at(now), now)
        offers = offering.public(listed)
        used = {offer.category_id for offer in offers}
        return EventPage(
            **_common(whole, coming),
            organizer=organizer,
            status=status,
            online_url_hint=event.online_url is not None,
            cover=self.cover(whole),
            offers=offers,
            categories=[one for one in categories(whole) if one.id in used],
            max_per_person=event.max_per_person,
            takes_code=any(one.access_code is not None for one in listed),
            needs_quote=whole.book is not NO_RULES or _has_add_ons(offers),
            questions=_asked_in_public(whole),
            waitlist_open=event.waitlist_open and status == "published",
            presale=presale_view(whole.presale, now=now) if status == "published" else None,
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
        questions=whole.questions,
        answers_close_minutes=event.answers_close_minutes,
        approvals=frozenset(kind.id for kind in whole.ticket_types if kind.needs_approval),
    )


def _has_add_ons(offers: Sequence[OfferView]) -> bool:
    """What they add to a price depends on what else is chosen."""
    return any(offer.add_on_groups for offer in offers)


def _asked_in_public(whole: WholeEvent) -> tuple[Question, ...]:
    """What the checkout asks, but for questions about hidden ticket types alone."""
    shown = {kind.id for kind in whole.ticket_types if kind.visibility != "hidden"}
    return tuple(
        one
        for one in whole.questions
        if not one.at_check_in and (not one.ticket_type_ids or shown & set(one.ticket_type_ids))
    )


def categories(whole: WholeEvent) -> list[TicketCategoryView]:
    """All headings of the event, in their order."""
    return [
        TicketCategoryView(id=one.id, name=one.name, position=one.position)
        for one in whole.categories
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
            if kind.visibility != "add_on"
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
        pricing=cast("Pricing", kind.pricing),
        suggested_price=None
        if kind.suggested_amount is None
        else Money(amount=kind.suggested_amount, currency=whole.event.currency),
        category_id=kind.category_id,
        visibility=cast("Visibility", kind.visibility),
        access_code=kind.access_code,
        opens_after_id=kind.opens_after_id,
        max_per_person=kind.max_per_person,
        needs_approval=kind.needs_approval,
        variations=[_variation_view(whole, one) for one in whole.variations_of(kind.id)],
        **extras_views(whole, kind),
    )


def _variation_view(whole: WholeEvent, variation: VariationRow) -> VariationView:
    return VariationView(
        id=variation.id,
        name=variation.name,
        price=None
        if variation.price_amount is None
        else Money(amount=variation.price_amount, currency=whole.event.currency),
        on_sale=variation.on_sale,
        position=variation.position,
        quota_ids=[quota.id for quota in whole.quotas_of_variation(variation.id)],
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
        pending=quota.pending,
        held=quota.held,
        vouchers=quota.vouchers,
        waitlist=quota.waitlist,
        blocked=quota.blocked,
        free=quota.free,
        overbooked_by=quota.overbooked_by,
        ticket_type_ids=sorted(quota.ticket_type_ids),
        variation_ids=sorted(quota.variation_ids),
        seated=quota.seating_id is not None,
    )
