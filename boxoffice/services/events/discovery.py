"""Public discovery: the global table of published facts, written beside the change it shows."""

import datetime as dt
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import cast, delete
from sqlalchemy.dialects.postgresql import TSVECTOR, insert

from boxoffice.data.transaction import Transaction
from boxoffice.services.events import offering
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.folding import fold, search_words, tsvector
from boxoffice.services.events.rules.localtime import wall_clock_of
from boxoffice.services.events.tables import DiscoveryRow, OccurrenceRow
from boxoffice.services.users.api import OrganizerRef

_KEY = ("organizer_id", "event_id")
# Of a date that lasts longer only the first of its days are searched by.
MOST_DAYS = 366


async def publish(tx: Transaction, events: Sequence[WholeEvent], organizer: OrganizerRef) -> None:
    """Show these published events of one organizer as they are now."""
    if not events:
        return
    now = await tx.now()
    rows = [_facts(whole, organizer, now) | {"changed_at": now} for whole in events]
    statement = insert(DiscoveryRow).values(rows)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in _KEY}
    await tx.session.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=changed))


async def withdraw(tx: Transaction, event_id: UUID) -> None:
    """Show the event no longer."""
    await tx.session.execute(
        delete(DiscoveryRow).where(
            DiscoveryRow.organizer_id == tx.organizer_id, DiscoveryRow.event_id == event_id
        )
    )


def _facts(whole: WholeEvent, organizer: OrganizerRef, now: datetime) -> dict[str, Any]:
    event, venue, following = whole.event, whole.venue, whole.next_at(now)
    coming = [one for one in whole.coming_at(now) if one.status == following.status]
    city, country = (venue.city, venue.country) if venue else (None, None)
    price_from = min(offering.prices(whole), default=None)
    return {
        "organizer_id": organizer.id,
        "event_id": event.id,
        "organizer_slug": organizer.slug,
        "organizer_name": organizer.name,
        "slug": event.slug,
        "title": event.title,
        "summary": event.summary,
        "category": event.category,
        "starts_at": following.starts_at,
        "next_ends_at": following.ends_at,
        "ends_at": whole.over_at,
        "dates": len(coming),
        "days": sorted({day for one in coming for day in _days(one, event.timezone)}),
        "first_day": wall_clock_of(following.starts_at, event.timezone).date(),
        # What ends at midnight is over that day.
        "last_day": wall_clock_of(whole.over_at - timedelta(seconds=1), event.timezone).date(),
        "timezone": event.timezone,
        "format": event.format,
        "venue_name": venue.name if venue else None,
        "city": city,
        "city_key": fold(city) if city else None,
        "country": country,
        "country_key": fold(country) if country else None,
        "cover_key": event.cover_key,
        "cover_width": event.cover_width,
        "cover_height": event.cover_height,
        "price_from": price_from,
        "currency": event.currency,
        "is_free": price_from == 0,
        "words": cast(tsvector(_words(whole, organizer)), TSVECTOR),
    }


def _days(date: OccurrenceRow, zone: str) -> list[dt.date]:
    """The days it takes place on; what ends at midnight is over the day before."""
    first = wall_clock_of(date.starts_at, zone).date()
    last = wall_clock_of(date.ends_at - timedelta(seconds=1), zone).date()
    length = min((last - first).days, MOST_DAYS)
    return [first + timedelta(days=number) for number in range(length + 1)]


def _words(whole: WholeEvent, organizer: OrganizerRef) -> list[str]:
    event, venue = whole.event, whole.venue
    place = [venue.name, venue.city, venue.country] if venue else []
    return search_words(
        event.title, *place, organizer.name, event.category, event.summary, event.description
    )
