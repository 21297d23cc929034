"""The list of events: / for all organizers, /o/{organizer} for one."""

from collections.abc import Mapping
from urllib.parse import urlencode

from boxoffice.gateway.site.discover_screen import WHEN, discover_screen, organizer_screen
from boxoffice.gateway.site.escaping import Html
from boxoffice.gateway.site.head import Head, clipped
from boxoffice.gateway.site.page import Page
from boxoffice.gateway.site.templates import Templates
from boxoffice.services.events.api import DiscoverView
from boxoffice.services.users.api import OrganizerView

_ABOUT = "Find concerts, conferences and meetups, and book your ticket in a minute."
# A page with one filter is worth finding; combinations of filters are endless.
_FACETS = {"city", "category"}


def discover_page(view: DiscoverView, chosen: Mapping[str, str], base_url: str) -> Page:
    """The front page, with the filters chosen in its URL."""
    where = (
        f"Events in {chosen['city']}"
        if "city" in chosen
        else "What\N{RIGHT SINGLE QUOTATION MARK}s on"
    )
    facet = {name: chosen[name] for name in sorted(_FACETS & set(chosen))[:1]}
    head = Head(
        title=f"{where} · Boxoffice",
        description=_ABOUT,
        canonical=f"{base_url}/?{urlencode(facet)}" if facet else f"{base_url}/",
        indexed=set(chosen) <= _FACETS and len(chosen) <= 1,
    )

    def screen(templates: Templates) -> Html:
        return discover_screen(templates, view, chosen)

    boot = None if WHEN in chosen else {"discover": view}
    return Page(kind="discover", head=head, screen=screen, boot=boot)


def organizer_page(organizer: OrganizerView, view: DiscoverView, base_url: str) -> Page:
    """One organizer's events."""
    head = Head(
        title=f"{organizer.name} · Boxoffice",
        description=clipped(organizer.description or f"Events by {organizer.name}."),
        canonical=f"{base_url}/o/{organizer.slug}",
        indexed=view.total > 0,
    )

    def screen(templates: Templates) -> Html:
        return organizer_screen(templates, organizer, view)

    boot = {"organizer": organizer, "discover": view}
    return Page(kind="organizer", head=head, screen=screen, boot=boot)
