"""Sentences of the first screens; the web app says the same in the same places."""

from boxoffice.gateway.site import wording
from boxoffice.gateway.site.choices import Choice, choices
from boxoffice.services.events.api import EventCard, EventPage, OfferView

CANCELLED = "This event has been cancelled. Everybody with a ticket has been told by mail."
ENDED = "This event is over."
ONLINE = "Online: the link comes with your ticket"
NO_PLACE = "Place to be announced"
_STATES = {"sold_out": "Sold out", "ended": "Sales ended", "not_yet": "Not yet on sale"}


def from_price(offers: list[OfferView]) -> str | None:
    """`from €40.00`, `€40.00`, `Free`, `Free and paid`, or None when nothing is on sale."""
    prices = sorted(
        (one.price for one in choices(offers) if one.can_be_bought), key=lambda price: price.amount
    )
    if not prices:
        return None
    lowest = wording.price_text(prices[0])
    if prices[0].amount == prices[-1].amount:
        return lowest
    return "Free and paid" if prices[0].is_zero else f"from {lowest}"


def offer_state(choice: Choice) -> str:
    """Why it cannot be bought."""
    return _STATES.get(choice.state, "")


def choice_price(choice: Choice) -> str:
    """What it costs; where the buyer chooses, from how much on."""
    if not choice.is_open:
        return wording.price_text(choice.price)
    if choice.price.is_zero:
        return "Pay what you want"
    return f"Pay what you want, from {wording.money_text(choice.price)}"


def few_left(choice: Choice) -> str:
    """Scarcity, where it is real."""
    few = choice.state == "few" and choice.available is not None
    return f"Only {choice.available} left." if few else ""


def offer_note(offer: OfferView, page: EventPage) -> str:
    """The line below the price: scarcity, dates, and which tier comes first."""
    if offer.state == "not_yet":
        return _opening(offer, page)
    few = offer.state == "few" and offer.available is not None and not offer.variations
    parts = [
        f"Only {offer.available} left." if few else "",
        offer.description,
        most_per_person(offer.max_per_person),
    ]
    return " ".join(filter(None, parts))


def most_per_person(most: int | None) -> str:
    """The limit per person, where there is one."""
    return f"At most {most} per person." if most is not None else ""


def small_print(page: EventPage, *, is_free: bool) -> str:
    """The line below the button."""
    price = "Free of charge, no card needed." if is_free else "All fees and taxes are in the price."
    return " ".join(filter(None, [price, most_per_person(page.max_per_person)]))


def _opening(offer: OfferView, page: EventPage) -> str:
    before = [one.name for one in page.offers if one.ticket_type_id == offer.opens_after]
    parts = [f"Opens when {name} is sold out or over" for name in before]
    if offer.sales_start is not None:
        at = wording.date_time_text(offer.sales_start, page.timezone)
        parts.append(f"on {at} at the latest" if parts else f"On sale from {at}")
    return ", ".join(parts) or offer.description


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
