"""The page of one event: /e/{organizer}/{event}."""

from typing import Any

from boxoffice.gateway.site import json_ld, wording
from boxoffice.gateway.site.head import Head, clipped
from boxoffice.gateway.site.page import Page
from boxoffice.gateway.site.posters import poster_of
from boxoffice.kernel.money import Money
from boxoffice.services.events.api import EventPage, ImageView, OfferView, VenueView

_STATES = {
    "on_sale": "",
    "sold_out": "Sold out",
    "not_yet": "Not on sale yet",
    "ended": "Sale ended",
}


def event_page(view: EventPage, base_url: str) -> Page:
    """The page of a published event, from its public view."""
    url = f"{base_url}/e/{view.organizer.slug}/{view.slug}"
    image = absolute(view.cover, base_url)
    head = Head(
        title=f"{view.title} · {_date(view)}",
        description=clipped(_description(view)),
        canonical=url,
        indexed=True,
        image=image,
        image_alt=view.cover.alt if view.cover else "",
        json_ld=json_ld.event(view, url=url, image=image),
    )
    values = event_values(view)
    return Page(kind="event", head=head, screen="event", values=values, boot={"event": view})


def absolute(image: ImageView | None, base_url: str) -> str | None:
    """The picture's URL with its host, which previews elsewhere need."""
    if image is None:
        return None
    return image.url if "://" in image.url else f"{base_url}{image.url}"


def event_values(view: EventPage) -> dict[str, Any]:
    """What the first screen shows, in words."""
    first, last = view.occurrences[0], view.occurrences[-1]
    zone = view.timezone
    return {
        "title": view.title,
        "summary": view.summary,
        "paragraphs": paragraphs(view.description),
        "category": view.category,
        "cancelled": view.status == "cancelled",
        "ended": view.status == "ended",
        "organizer": {"name": view.organizer.name, "path": f"/o/{view.organizer.slug}"},
        "path": f"/e/{view.organizer.slug}/{view.slug}",
        "starts_at": first.starts_at.isoformat(),
        "date": wording.day_span_text(first.starts_at, last.ends_at, zone),
        "hours": wording.hours_text(first.starts_at, last.ends_at, zone),
        "zone": wording.zone_text(zone),
        "doors": first.doors_at and wording.time_text(first.doors_at, zone),
        "venue": venue_values(view.venue),
        "online": view.format != "in_person",
        "price": price_line(view.offers),
        "offers": [_offer_values(offer) for offer in view.offers],
        "cover": image_values(view.cover),
        "poster": poster_values(view.title),
    }


def venue_values(venue: VenueView | None) -> dict[str, Any] | None:
    """The venue with its town and address on one line each."""
    if venue is None:
        return None
    place = ", ".join(filter(None, [venue.name, venue.city]))
    address = ", ".join(filter(None, [venue.address, venue.city, venue.country]))
    return {"name": venue.name, "city": venue.city, "place": place, "address": address}


def image_values(image: ImageView | None) -> dict[str, Any] | None:
    if image is None:
        return None
    return {"url": image.url, "width": image.width, "height": image.height, "alt": image.alt}


def poster_values(title: str) -> dict[str, Any]:
    """The typographic poster; `art_3` and the like choose a drawing in a template."""
    poster = poster_of(title)
    return {
        "title": title,
        "palette": poster.palette,
        "fit": poster.fit,
        f"art_{poster.art}": True,
    }


def price_line(offers: list[OfferView]) -> str:
    """`Free`, `€12.00`, `from €12.00`, or that nothing is for sale."""
    prices = sorted(
        (offer.price for offer in offers if offer.state in {"on_sale", "few"}),
        key=lambda price: price.amount,
    )
    if not prices:
        return _STATES[offers[0].state] if offers else ""
    return _span(prices)


def paragraphs(text: str) -> list[str]:
    """The text in paragraphs, as blank lines part it."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _span(prices: list[Money]) -> str:
    cheapest = wording.price_text(prices[0])
    return cheapest if prices[0] == prices[-1] else f"from {cheapest}"


def _offer_values(offer: OfferView) -> dict[str, Any]:
    few = f"{offer.available} left" if offer.available is not None else "Few left"
    return {
        "name": offer.name,
        "description": offer.description,
        "price": wording.price_text(offer.price),
        "state": few if offer.state == "few" else _STATES[offer.state],
        "can_be_bought": offer.state in {"on_sale", "few"},
    }


def _date(view: EventPage) -> str:
    return wording.day_span_text(
        view.occurrences[0].starts_at, view.occurrences[-1].ends_at, view.timezone
    )


def _description(view: EventPage) -> str:
    where = (view.venue.city or view.venue.name) if view.venue else "online"
    return f"{_date(view)}, {where}. {view.summary or view.description}"
