"""The first screen of an event's page."""

from urllib.parse import quote

from boxoffice.gateway.site import wording, words
from boxoffice.gateway.site.choices import choices
from boxoffice.gateway.site.escaping import Html, joined
from boxoffice.gateway.site.offer_rows import offer_rows, quantity
from boxoffice.gateway.site.posters import art, poster_of
from boxoffice.gateway.site.templates import Templates
from boxoffice.kernel.money import Money
from boxoffice.services.events.api import EventPage, OccurrenceView

NOTHING = Html("")


def event_screen(templates: Templates, page: EventPage) -> Html:
    """The poster with its facts, the tickets, the text."""
    price = words.from_price(page.offers)
    is_on = page.status == "published"
    can_buy = price is not None and is_on
    return templates.fill(
        "event",
        ground="hero-cover" if page.cover else f"p{poster_of(page.title).palette}",
        art=_art(templates, page),
        organizer_slug=page.organizer.slug,
        organizer_name=page.organizer.name,
        title=page.title,
        facts=joined(_facts(templates, page, price)),
        banner=_banner(templates, page),
        dates=_dates(templates, page),
        offers=joined(list(offer_rows(templates, page))),
        code=templates.fill("event-code") if page.takes_code else NOTHING,
        foot=_foot(templates, page) if can_buy else _closed(templates, page),
        about=_about(templates, page),
        buybar=templates.fill("event-buybar", price=price) if can_buy else NOTHING,
    )


def _about(templates: Templates, page: EventPage) -> Html:
    if not (page.summary or page.description or page.website):
        return NOTHING
    summary = templates.fill("event-summary", summary=page.summary) if page.summary else NOTHING
    return templates.fill("event-about", summary=summary, description=page.description)


def _art(templates: Templates, page: EventPage) -> Html:
    cover = page.cover
    if cover is None:
        return art(templates, page.title, css_class="hero-art")
    return templates.fill(
        "hero-cover", url=cover.url, width=cover.width, height=cover.height, alt=cover.alt
    )


def _facts(templates: Templates, page: EventPage, price: str | None) -> list[Html]:
    facts = [_place(templates, page)]
    if page.occurrences:
        facts.insert(0, _date(templates, page))
    if price is not None:
        facts.append(templates.fill("event-fact-price", text=price))
    return facts


def _date(templates: Templates, page: EventPage) -> Html:
    first = page.next
    span = (first.starts_at, first.ends_at, page.timezone)
    return templates.fill(
        "event-fact-date",
        starts_at=first.starts_at.isoformat(),
        days=wording.day_span_text(*span),
        hours=f"{wording.hours_text(*span)}, {wording.zone_text(page.timezone)}",
    )


def _place(templates: Templates, page: EventPage) -> Html:
    venue = page.venue
    if venue is None:
        return templates.fill("event-fact-online", text=words.place(page))
    address = ", ".join(
        part for part in (venue.name, venue.address, venue.city, venue.country) if part
    )
    return templates.fill(
        "event-fact-place", place=words.place(page), query=quote(address, safe="")
    )


def _banner(templates: Templates, page: EventPage) -> Html:
    if page.status == "cancelled":
        return templates.fill("event-banner", kind="status-bad", text=words.CANCELLED)
    if page.status == "ended":
        return templates.fill("event-banner", kind="", text=words.ENDED)
    return NOTHING


def _dates(templates: Templates, page: EventPage) -> Html:
    """The dates of the month of the next one, to choose from."""
    if len(page.occurrences) == 1:
        return NOTHING
    month = wording.month_text(page.next.starts_at, page.timezone)
    shown = [
        one for one in page.occurrences if wording.month_text(one.starts_at, page.timezone) == month
    ]
    slots = joined([_slot(templates, one, page) for one in shown])
    return templates.fill("event-dates", month=month, slots=slots)


def _slot(templates: Templates, date: OccurrenceView, page: EventPage) -> Html:
    off, zone = date.status == "cancelled", page.timezone
    chosen = Html(" checked") if date is page.next else NOTHING
    return templates.fill(
        "event-date-slot",
        occurrence_id=date.id,
        day=wording.day_text(date.starts_at, zone),
        hours=wording.hours_text(date.starts_at, date.ends_at, zone),
        grey=Html(' data-off=""') if off else NOTHING,
        chosen=Html(" disabled") if off else chosen,
        note=templates.fill("event-date-note", text="Cancelled") if off else NOTHING,
    )


def _foot(templates: Templates, page: EventPage) -> Html:
    rows = choices(page.offers)
    amount = sum(row.proposed.amount * quantity(row, rows) for row in rows)
    total = Money(amount=amount, currency=page.offers[0].price.currency)
    is_free = all(row.price.is_zero and not row.is_open for row in rows)
    return templates.fill(
        "event-foot",
        total=wording.money_text(total),
        button="Get free tickets" if is_free else "Get tickets",
        small=words.small_print(page, is_free=is_free),
    )


def _closed(templates: Templates, page: EventPage) -> Html:
    state, reason = words.nothing_to_buy(page.offers)
    return templates.fill("event-foot-closed", state=state, reason=reason)
