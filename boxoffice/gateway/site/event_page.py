"""The page of one event: /e/{organizer}/{event}."""

from boxoffice.gateway.site import json_ld, wording
from boxoffice.gateway.site.escaping import Html
from boxoffice.gateway.site.event_screen import event_screen
from boxoffice.gateway.site.head import Head, clipped
from boxoffice.gateway.site.page import Page
from boxoffice.gateway.site.templates import Templates
from boxoffice.services.events.api import EventPage, ImageView


def event_page(view: EventPage, base_url: str) -> Page:
    """The page of a published event, from its public view."""
    url = f"{base_url}/e/{view.organizer.slug}/{view.slug}"
    image = absolute(view.cover, base_url)
    when = _when(view)
    head = Head(
        title=f"{view.title} · {when} · Boxoffice",
        description=clipped(f"{when}, {_where(view)}. {view.summary or view.description}"),
        canonical=url,
        indexed=True,
        image=image,
        image_alt=view.cover.alt if view.cover else "",
        json_ld=json_ld.event(view, url=url, image=image),
    )

    def screen(templates: Templates) -> Html:
        return event_screen(templates, view)

    return Page(kind="event", head=head, screen=screen, boot={"event": view})


def absolute(image: ImageView | None, base_url: str) -> str | None:
    """The picture's URL with its host, which previews elsewhere need."""
    if image is None:
        return None
    return image.url if "://" in image.url else f"{base_url}{image.url}"


def _when(view: EventPage) -> str:
    first = view.next
    return wording.day_span_text(first.starts_at, first.ends_at, view.timezone)


def _where(view: EventPage) -> str:
    return (view.venue.city or view.venue.name) if view.venue else "online"
