"""The list of events: / for all organizers, /o/{organizer} for one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from boxoffice.gateway.site import wording
from boxoffice.gateway.site.event_page import image_values, poster_values
from boxoffice.gateway.site.head import Head, clipped
from boxoffice.gateway.site.page import Page
from boxoffice.services.events.api import DiscoverView, EventCard
from boxoffice.services.users.api import OrganizerView

_ABOUT = "Find concerts, conferences and meetups, and book your ticket in a minute."
# A page with one filter is worth finding; combinations of filters are endless.
_FACETS = {"city", "category"}


def discover_page(view: DiscoverView, chosen: Mapping[str, str], base_url: str) -> Page:
    """The front page, with the filters chosen in its URL."""
    where = f"Events in {chosen['city']}" if "city" in chosen else "Events worth going to"
    facet = {name: chosen[name] for name in sorted(_FACETS & set(chosen))[:1]}
    canonical = f"{base_url}/?{urlencode(facet)}" if facet else f"{base_url}/"
    head = Head(
        title=f"{where} · Boxoffice",
        description=_ABOUT,
        canonical=canonical,
        indexed=set(chosen) <= _FACETS and len(chosen) <= 1,
    )
    values = {**_cards(view), "chosen": dict(chosen)}
    return Page(
        kind="discover", head=head, screen="discover", values=values, boot={"discover": view}
    )


def organizer_page(organizer: OrganizerView, view: DiscoverView, base_url: str) -> Page:
    """One organizer's events."""
    head = Head(
        title=f"{organizer.name} · Boxoffice",
        description=clipped(organizer.description or f"Events by {organizer.name}."),
        canonical=f"{base_url}/o/{organizer.slug}",
        indexed=view.total > 0,
    )
    values = {**_cards(view), "name": organizer.name, "description": organizer.description}
    return Page(
        kind="organizer",
        head=head,
        screen="organizer",
        values=values,
        boot={"organizer": organizer, "discover": view},
    )


def _cards(view: DiscoverView) -> dict[str, Any]:
    return {
        "events": [card_values(card) for card in view.items],
        "total": view.total,
        "has_more": view.has_more,
    }


def card_values(card: EventCard) -> dict[str, Any]:
    """One card of the list, in words."""
    return {
        "title": card.title,
        "summary": card.summary,
        "path": f"/e/{card.organizer_slug}/{card.slug}",
        "organizer": card.organizer_name,
        "category": card.category,
        "starts_at": card.starts_at.isoformat(),
        "date": wording.card_date_text(card.starts_at, card.ends_at, card.timezone),
        "place": _place(card),
        "price": _price(card),
        "sold_out": card.availability == "sold_out",
        "few": card.availability == "few",
        "cover": image_values(card.cover),
        "poster": poster_values(card.title),
    }


def _place(card: EventCard) -> str:
    if card.format == "online":
        return "Online"
    return ", ".join(filter(None, [card.venue_name, card.city]))


def _price(card: EventCard) -> str:
    if card.price_from is None:
        return ""
    if card.is_free:
        return "Free"
    return f"from {wording.price_text(card.price_from)}"
