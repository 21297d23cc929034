"""A file that has changed: its facts replace ours, but nothing replaces what only we know."""

from msgspec import structs

from boxoffice.services.events.importing.settling import NO_VENUE
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.forms import EventFields, VenueForm
from boxoffice.services.events.writing import venue_form


def combined(whole: WholeEvent, told: EventFields) -> EventFields:
    """What the file says, and for what it leaves open, what the organizer has entered."""
    event = whole.event
    return structs.replace(
        told,
        summary=told.summary or event.summary,
        description=told.description or event.description,
        category=event.category if told.category == "other" else told.category,
        online_url=told.online_url or event.online_url,
        website=told.website or event.website,
        venue=_venue(venue_form(whole.venue), told.venue),
        currency=event.currency,
    )


def _venue(ours: VenueForm | None, told: VenueForm | None) -> VenueForm | None:
    """The file's, unless it only repeats the city of one that was filled in here."""
    if told is None:
        return ours
    same_place = ours and (ours.city, ours.country) == (told.city, told.country)
    return ours if told.name == NO_VENUE and same_place else told
