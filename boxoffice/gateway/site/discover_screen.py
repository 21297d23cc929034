"""The first screen of lists of events."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from boxoffice.gateway.site import wording, words
from boxoffice.gateway.site.escaping import Html, joined
from boxoffice.gateway.site.posters import poster
from boxoffice.gateway.site.templates import Templates
from boxoffice.services.events.api import DiscoverView, EventCard
from boxoffice.services.users.api import OrganizerView

NOTHING = Html("")
# Dates are relative to the visitor's own today, so the server leaves them to the browser.
WHEN = "when"
_WHENS = {
    "": "Any date",
    "today": "Today",
    "weekend": "This weekend",
    "week": "Next 7 days",
    "month": "Next 30 days",
}
_BADGES = {
    "few": ("badge-few", "Last tickets"),
    "sold_out": ("", "Sold out"),
    "not_on_sale": ("", "Not on sale"),
}


def discover_screen(templates: Templates, view: DiscoverView, chosen: Mapping[str, str]) -> Html:
    """The search, the filters and the first cards."""
    cards = [] if WHEN in chosen else view.items
    cities = {facet.value: facet.count for facet in view.cities}
    categories = {facet.value: facet.count for facet in view.categories}
    return templates.fill(
        "discover",
        q=chosen.get("q", ""),
        cities=_options(templates, cities, str, chosen.get("city")),
        categories=_options(templates, categories, words.category, chosen.get("category")),
        chips=joined(_chips(templates, chosen)),
        cards=joined([card(templates, item) for item in cards]),
    )


def organizer_screen(templates: Templates, organizer: OrganizerView, view: DiscoverView) -> Html:
    """Who they are, and what they have on."""
    lede, email = organizer.description, organizer.contact_email
    return templates.fill(
        "organizer",
        name=organizer.name,
        lede=templates.fill("organizer-lede", description=lede) if lede else NOTHING,
        contact=templates.fill("organizer-contact", email=email, name=organizer.name)
        if email
        else NOTHING,
        cards=joined([card(templates, item) for item in view.items]),
    )


def card(templates: Templates, item: EventCard) -> Html:
    """One event of a list."""
    price = words.card_price(item)
    badge = _BADGES.get(item.availability)
    return templates.fill(
        "event-card",
        media=_media(templates, item),
        starts_at=item.starts_at.isoformat(),
        when=wording.card_date_text(item.starts_at, item.ends_at, item.timezone),
        organizer_slug=item.organizer_slug,
        slug=item.slug,
        title=item.title,
        where=words.card_place(item),
        price=templates.fill("price", text=price) if price else NOTHING,
        badge=templates.fill("badge", kind=badge[0], label=badge[1]) if badge else NOTHING,
    )


def _media(templates: Templates, item: EventCard) -> Html:
    cover = item.cover
    if cover is None:
        return poster(templates, item.title)
    return templates.fill("card-cover", url=cover.url, width=cover.width, height=cover.height)


def _options(
    templates: Templates,
    counts: Mapping[str, int],
    worded: Callable[[str], str],
    chosen: str | None,
) -> Html:
    return joined(
        [
            templates.fill(
                "facet-option",
                value=value,
                label=f"{worded(value)} ({count})",
                selected="selected" if value == chosen else "",
            )
            for value, count in counts.items()
        ]
    )


def _chips(templates: Templates, chosen: Mapping[str, str]) -> list[Html]:
    current, is_free = chosen.get(WHEN, ""), chosen.get("free") == "true"
    chips = [
        _chip(templates, label, {**chosen, WHEN: when}, current=_word(when == current))
        for when, label in _WHENS.items()
    ]
    other = {**chosen, "free": "" if is_free else "true"}
    return [*chips, _chip(templates, "Free", other, current=_word(is_free))]


def _word(answer: object) -> str:
    return "true" if answer else "false"


def _chip(templates: Templates, label: str, filters: Mapping[str, str], *, current: str) -> Html:
    names = ("q", "city", "category", WHEN, "free")
    query = urlencode([(name, filters[name]) for name in names if filters.get(name)])
    return templates.fill("chip", href=f"/?{query}" if query else "/", current=current, label=label)
