"""What each template wants to be told; the field names are the templates' placeholders.

Everything is text as the reader shall see it: times, amounts and counts come already in words. A
link must be http(s), so that no template can be made to run a script.
"""

from typing import Annotated

import msgspec

Link = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s<>\"']+\Z", max_length=2000)]
ContentId = Annotated[str, msgspec.Meta(pattern=r"^cid:[A-Za-z0-9.@-]+\Z")]


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all: the name of the class in snake case is the name of the template."""


class Line(Letter, frozen=True, kw_only=True):
    """One line of an order: `quantity` times `name`, together `amount`."""

    quantity: str
    name: str
    amount: str


class NewsLine(Letter, frozen=True, kw_only=True):
    """A thing and its amount."""

    name: str
    amount: str


class Ticket(Letter, frozen=True, kw_only=True):
    """One ticket to show inside the mail; `qr_source` names an `InlineImage`: `cid:…`."""

    reference: str
    ticket_type_name: str
    attendee_name: str = ""
    seat: str = ""
    qr_source: ContentId


class OrderConfirmed(Letter, frozen=True, kw_only=True):
    """To the buyer, with the PDF and the calendar file attached; `note`: a sentence, or nothing."""

    organizer_name: str
    event_title: str
    when: str
    venue: str
    order_code: str
    order_url: Link
    buyer_name: str
    total: str
    seats: str = ""
    note: str = ""
    lines: tuple[Line, ...]
    tenders: tuple[NewsLine, ...] = ()
    tickets: tuple[Ticket, ...] = ()


class PurchasedOrder(Letter, frozen=True, kw_only=True):
    """One of the orders of a purchase."""

    event_title: str
    when: str
    venue: str
    order_code: str
    order_url: Link
    seats: str = ""
    lines: tuple[Line, ...]
    total: str
    tenders: tuple[NewsLine, ...] = ()
    tickets: tuple[Ticket, ...] = ()


class PurchaseConfirmed(Letter, frozen=True, kw_only=True):
    """To the buyer, with the PDF and the calendar file of each order attached; `count` reads like
    `2 events`, `titles` names them.
    """

    organizer_name: str
    count: str
    titles: str
    purchase_url: Link
    buyer_name: str
    orders: tuple[PurchasedOrder, ...]
    total: str


class DateCancelled(Letter, frozen=True, kw_only=True):
    """To the buyer; `refund` is a sentence, `message` the organizer's own words, or nothing."""

    organizer_name: str
    event_title: str
    when: str
    order_code: str
    order_url: Link
    buyer_name: str
    refund: str
    message: str


class DatePostponed(Letter, frozen=True, kw_only=True):
    """To the buyer, with the new PDF and calendar entry; `was` is the time it was to be."""

    organizer_name: str
    event_title: str
    when: str
    was: str
    venue: str
    order_code: str
    order_url: Link
    buyer_name: str
    message: str


class VerifyEmail(Letter, frozen=True, kw_only=True):
    """To whoever registered; `valid_for` reads like `24 hours`."""

    name: str
    verify_url: Link
    valid_for: str


class RegistrationRepeated(Letter, frozen=True, kw_only=True):
    """To the owner of an account whose address was registered again."""

    address: str
    sign_in_url: Link


class FoundOrder(Letter, frozen=True, kw_only=True):
    event_title: str
    when: str
    order_code: str
    order_url: Link


class OrderLinks(Letter, frozen=True, kw_only=True):
    """To an address that somebody asked for the orders of."""

    orders: tuple[FoundOrder, ...]


class OrderNews(Letter, frozen=True, kw_only=True):
    """Something happened to an order: `title` says what, `text` what follows, `quote` is what
    somebody said about it, `button` what to do at `url`.
    """

    organizer_name: str
    title: str
    event_title: str
    when: str
    text: str
    quote: str = ""
    lines: tuple[NewsLine, ...] = ()
    button: str
    url: Link
    foot: str


class ConversationMessageToOrganizer(Letter, frozen=True, kw_only=True):
    """To the organizer's help inbox; `message` may have several lines."""

    organizer_name: str
    buyer_name: str
    order_code: str
    event_title: str
    message: str
    conversation_url: Link


class ConversationMessageToBuyer(Letter, frozen=True, kw_only=True):
    """To the buyer, when the organizer has answered; `message` may have several lines."""

    organizer_name: str
    buyer_name: str
    order_code: str
    event_title: str
    message: str
    order_url: Link


class WaitlistJoined(Letter, frozen=True, kw_only=True):
    """To whoever waits for what is sold out, with the link to their place; `wish` reads like
    `2 tickets: Regular or Balcony`.
    """

    organizer_name: str
    event_title: str
    when: str
    name: str
    wish: str
    place_url: Link


class PlacesOffered(Letter, frozen=True, kw_only=True):
    """To whoever waited: it is kept for them until `until`."""

    organizer_name: str
    event_title: str
    when: str
    name: str
    offer: str
    until: str
    place_url: Link


class PlaceOfferLapsed(Letter, frozen=True, kw_only=True):
    """To whoever did not take an offer in time."""

    organizer_name: str
    event_title: str
    name: str
    place_url: Link


LETTERS: dict[str, type[Letter]] = {
    "order_confirmed": OrderConfirmed,
    "purchase_confirmed": PurchaseConfirmed,
    "date_cancelled": DateCancelled,
    "date_postponed": DatePostponed,
    "verify_email": VerifyEmail,
    "registration_repeated": RegistrationRepeated,
    "order_links": OrderLinks,
    "order_news": OrderNews,
    "waitlist_joined": WaitlistJoined,
    "places_offered": PlacesOffered,
    "place_offer_lapsed": PlaceOfferLapsed,
    "conversation_message_to_organizer": ConversationMessageToOrganizer,
    "conversation_message_to_buyer": ConversationMessageToBuyer,
}
