"""A finding becomes a complete, valid event, or the reason why it cannot."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import msgspec
from msgspec import structs

from boxoffice.kernel.refusals import Invalid
from boxoffice.services.events.importing.places import zone_of
from boxoffice.services.events.importing.records import Finding, ImportedEvent, Problem, Trouble
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.categories import CATEGORIES
from boxoffice.services.events.rules.folding import fold
from boxoffice.services.events.rules.forms import EventForm, VenueForm, check_event
from boxoffice.services.events.rules.localtime import is_zone, wall_clock_of

REPLACED = "\N{REPLACEMENT CHARACTER}"
# What a bare date means: a day at a conference.
_DAY_BEGINS, _DAY_ENDS = time(9), time(18)
_USUAL_LENGTH = timedelta(hours=2)
NO_VENUE = "Venue to be announced"
_SENTENCES = {
    "end_before_start": "The event ends before it starts.",
    "missing": "A field is empty that may not be.",
}


class Defaults(msgspec.Struct, frozen=True, kw_only=True):
    """What a file leaves open: the zone of places we do not know, and the currency."""

    zone: str = "UTC"
    currency: str = "EUR"


def settle(
    file: str, finding: Finding, defaults: Defaults
) -> tuple[ImportedEvent | None, list[Problem]]:
    """The event, if it can be imported, and what is to be said about it."""
    garbled = _garbled(finding)
    if garbled:
        return None, [Problem.of(file, garbled)]
    notes = list(finding.troubles)
    finding, website_notes = _without_bad_addresses(finding)
    zone, zone_notes = _zone(finding, defaults)
    form = _form(finding, zone, defaults)
    notes += [*website_notes, *zone_notes, *_place_notes(finding), *_category_notes(finding)]
    try:
        fields = check_event(form)
    except Invalid as refusal:
        return None, [Problem.of(file, trouble) for trouble in _refused(finding, refusal)]
    alias = f"{fold(fields.title)}|{form.starts_at[:10]}"
    event = ImportedEvent(
        file=file,
        line=finding.line,
        key=f"uid|{finding.uid}"[:500] if finding.uid else alias,
        alias=alias,
        fields=fields,
        topics=finding.topics,
    )
    return event, [Problem.of(file, note) for note in notes]


def _form(finding: Finding, zone: str, defaults: Defaults) -> EventForm:
    start = _wall_clock(finding.start, zone, _DAY_BEGINS)
    return EventForm(
        title=finding.title,
        starts_at=start.isoformat(timespec="minutes"),
        ends_at=_end(finding, zone, start).isoformat(timespec="minutes"),
        timezone=zone,
        format=_format(finding),
        venue=_venue(finding),
        online_url=finding.online_url,
        category=finding.category if finding.category in CATEGORIES else "other",
        summary=finding.summary[: texts.MAX_SUMMARY],
        description=finding.description[: texts.MAX_DESCRIPTION],
        currency=defaults.currency,
        website=finding.website,
    )


def _end(finding: Finding, zone: str, start: datetime) -> datetime:
    if finding.end is not None:
        return _wall_clock(finding.end, zone, _DAY_ENDS)
    if isinstance(finding.start, datetime):
        return start + _USUAL_LENGTH
    return datetime.combine(finding.start, _DAY_ENDS)


def _wall_clock(moment: date | datetime, zone: str, hour: time) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, hour)
    if moment.tzinfo is None:
        return moment
    return wall_clock_of(moment, zone)


def _zone(finding: Finding, defaults: Defaults) -> tuple[str, list[Trouble]]:
    if finding.zone and is_zone(finding.zone):
        return finding.zone, []
    derived = zone_of(finding.city, finding.country)
    if derived or (finding.online and not finding.city):
        return derived or defaults.zone, []
    where = ", ".join(filter(None, [finding.city, finding.country])) or "no place"
    sentence = f"No time zone is known for {where:.80}; {defaults.zone} is assumed."
    return defaults.zone, [_note(finding, "assumed_zone", sentence)]


def _format(finding: Finding) -> str:
    if not finding.online:
        return "in_person"
    return "hybrid" if finding.city or finding.venue else "online"


def _venue(finding: Finding) -> VenueForm | None:
    if not (finding.city or finding.venue):
        return None
    return VenueForm(
        name=finding.venue or NO_VENUE,
        address=finding.address,
        city=finding.city,
        country=finding.country,
    )


def _place_notes(finding: Finding) -> list[Trouble]:
    if finding.online or finding.city:
        return []
    sentence = "Neither a city nor `online` is given; add the place before publishing."
    return [_note(finding, "missing_city", sentence)]


def _category_notes(finding: Finding) -> list[Trouble]:
    if finding.category in CATEGORIES:
        return []
    sentence = f"{finding.category!r:.40} is no category of ours; `other` is used."
    return [_note(finding, "unknown_category", sentence)]


def _without_bad_addresses(finding: Finding) -> tuple[Finding, list[Trouble]]:
    notes: list[Trouble] = []
    for name in ("website", "online_url"):
        address = getattr(finding, name)
        if address and not texts.is_web_address(address):
            sentence = f"{address!r:.80} is no web address; it is left out."
            notes.append(_note(finding, "bad_url", sentence))
            finding = structs.replace(finding, **{name: None})
    return finding, notes


def _garbled(finding: Finding) -> Trouble | None:
    said = (finding.title, finding.city, finding.country, finding.venue, finding.description)
    if not any(REPLACED in text for text in said if text):
        return None
    return Trouble(
        line=finding.line, code="bad_encoding", text="The row is not UTF-8; save the file as UTF-8."
    )


def _refused(finding: Finding, refusal: Invalid) -> Iterator[Trouble]:
    for error in refusal.errors:
        field = error.pointer.lstrip("/").replace("/", " ")
        sentence = _SENTENCES.get(error.code) or f"{field}: {error.message}"
        yield Trouble(line=finding.line, code=error.code, text=sentence)


def _note(finding: Finding, code: str, sentence: str) -> Trouble:
    return Trouble(line=finding.line, code=code, text=sentence, severity="note")
