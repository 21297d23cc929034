"""The form of an event: raw texts in; a complete, consistent set of facts out, or every mistake."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.rules import localtime, texts
from boxoffice.services.events.rules.categories import CATEGORIES
from boxoffice.services.events.rules.currencies import is_currency

T = TypeVar("T")
_NEVER = datetime.max.replace(tzinfo=UTC)


class VenueForm(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    address: str | None = None
    city: str | None = None
    country: str | None = None


class EventForm(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed or a file says. Times are wall-clock texts in `timezone`."""

    title: str
    starts_at: str
    ends_at: str
    timezone: str
    format: str = "in_person"
    venue: VenueForm | None = None
    online_url: str | None = None
    category: str = "other"
    summary: str = ""
    description: str = ""
    currency: str = "EUR"
    website: str | None = None


class EventFields(msgspec.Struct, frozen=True, kw_only=True):
    """The same, checked. Times are instants."""

    title: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    format: str
    venue: VenueForm | None
    online_url: str | None
    category: str
    summary: str
    description: str
    currency: str
    website: str | None


def check_event(form: EventForm) -> EventFields:
    """The form's facts, or `Invalid` with one error for each field that is wrong."""
    check = Checker()
    starts_at, ends_at = _times(check, form)
    fields = EventFields(
        title=check(lambda: texts.line("/title", form.title, most=texts.MAX_TITLE, least=1), ""),
        starts_at=starts_at,
        ends_at=ends_at,
        timezone=form.timezone,
        format=form.format,
        venue=check(lambda: _venue(form.venue), None),
        online_url=check(lambda: texts.web_address("/online_url", form.online_url), None),
        category=check(lambda: _one_of("/category", form.category, CATEGORIES), ""),
        summary=check(lambda: texts.line("/summary", form.summary, most=texts.MAX_SUMMARY), ""),
        description=check(lambda: _description(form.description), ""),
        currency=check(lambda: _currency(form.currency), ""),
        website=check(lambda: texts.web_address("/website", form.website), None),
    )
    check.finish()
    return fields


class Checker:
    """Runs checks one by one and gathers what they refuse."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def __call__(self, check: Callable[[], T], otherwise: T) -> T:
        """The check's answer; `otherwise` if it refused, which `finish` will tell."""
        try:
            return check()
        except FieldError as error:
            self._errors.append(error)
            return otherwise

    def finish(self) -> None:
        """`Invalid` with all that was refused, if anything was."""
        if self._errors:
            raise Invalid(errors=self._errors)


def _times(check: Checker, form: EventForm) -> tuple[datetime, datetime]:
    zone = check(lambda: _zone(form.timezone), "UTC")
    start = check(lambda: _instant("/starts_at", form.starts_at, zone), _NEVER)
    end = check(lambda: _instant("/ends_at", form.ends_at, zone), _NEVER)
    if _NEVER not in {start, end}:
        check(lambda: _in_order(start, end), None)
    return start, end


def _in_order(start: datetime, end: datetime) -> None:
    if end <= start:
        raise FieldError("/ends_at", "end_before_start", "The end comes after the start.")


def _zone(name: str) -> str:
    if not localtime.is_zone(name):
        raise FieldError("/timezone", "unknown_timezone", "Give an IANA zone, like Europe/Berlin.")
    return name


def _instant(pointer: str, text: str, zone: str) -> datetime:
    wall_clock = localtime.parse_wall_clock(text)
    if wall_clock is None:
        raise FieldError(
            pointer, "bad_time", "Give a local time without offset, like 2027-03-14T19:00."
        )
    return localtime.instant_of(wall_clock, zone)


def _description(text: str) -> str:
    return texts.paragraphs("/description", text, most=texts.MAX_DESCRIPTION)


def _one_of(pointer: str, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise FieldError(pointer, "not_an_option", f"Choose one of {', '.join(choices)}.")
    return text


def _currency(code: str) -> str:
    if not is_currency(code):
        raise FieldError("/currency", "unknown_currency", "Give an ISO 4217 code, like EUR.")
    return code


def _venue(venue: VenueForm | None) -> VenueForm | None:
    if venue is None:
        return None
    return VenueForm(
        name=texts.line("/venue/name", venue.name, most=texts.MAX_NAME, least=1),
        address=texts.optional_line("/venue/address", venue.address, most=texts.MAX_NAME),
        city=texts.optional_line("/venue/city", venue.city, most=texts.MAX_NAME),
        country=texts.optional_line("/venue/country", venue.country, most=texts.MAX_NAME),
    )
