"""Sentences of the first screens; the web app says the same in the same places."""

from boxoffice.gateway.site import wording
from boxoffice.services.events.api import EventCard, EventPage, OfferView

CANCELLED = "This event has been cancelled. Everybody with a ticket has been told by mail."
ENDED = "This event is over."
ONLINE = "Online: the link comes with your ticket"
NO_PLACE = "Place to be announced"
_STATES = {"sold_out": "Sold out", "ended": "Sales ended", "not_yet": "Not yet on sale"}


def can_be_bought(offer: OfferView) -> bool:
    return offer.state in {"on_sale", "few"}


def from_price(offers: list[OfferView]) -> str | None:
    """`from €40.00`, `€40.00`, `Free`, `Free and paid`, or None when nothing is on sale."""
    prices = sorted(
        (offer.price for offer in offers if can_be_bought(offer)), key=lambda price: price.amount
    )
    if not prices:
        return None
    lowest = wording.price_text(prices[0])
    if prices[0].amount == prices[-1].amount:
        return lowest
    return "Free and paid" if prices[0].is_zero else f"from {lowest}"


def offer_state(offer: OfferView) -> str:
    """Why it cannot be bought."""
    return _STATES.get(offer.state, "")


def offer_note(offer: OfferView, zone: str) -> str:
    """The line below the price: scarcity and dates."""
    if offer.state == "not_yet" and offer.sales_start is not None:
        return f"On sale from {wording.date_time_text(offer.sales_start, zone)}"
    few = offer.state == "few" and offer.available is not None
    left = f"Only {offer.available} left. " if few else ""
    return f"{left}{offer.description}".strip()


def nothing_to_buy(offers: list[OfferView]) -> tuple[str, str]:
    """What it is, and why."""
    if not offers:
        return "Not on sale", "The organizer has not put tickets on sale yet."
    if all(offer.state == "sold_out" for offer in offers):
        return "Sold out", "Every ticket is gone."
    return "Not on sale", "Nothing to buy at the moment."


def card_place(card: EventCard) -> str:
    if card.format == "online":
        return "Online"
    parts = dict.fromkeys(part for part in (card.venue_name, card.city) if part)
    return ", ".join(parts) or NO_PLACE


def card_price(card: EventCard) -> str | None:
    if card.availability in {"sold_out", "not_on_sale"}:
        return None
    if card.is_free:
        return "Free"
    return None if card.price_from is None else f"from {wording.money_text(card.price_from)}"


def place(page: EventPage) -> str:
    """`Venue, City`, or how to take part without one."""
    if page.venue is None:
        return ONLINE if page.format == "online" else NO_PLACE
    return ", ".join(filter(None, [page.venue.name, page.venue.city]))


def category(name: str) -> str:
    """`data_science` → `Data science`."""
    text = " ".join(name.replace("_", " ").replace("-", " ").split())
    return text[:1].upper() + text[1:]
