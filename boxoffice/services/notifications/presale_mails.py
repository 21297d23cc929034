"""Mail about early access: to whoever has registered for it."""

from datetime import datetime
from uuid import UUID

from boxoffice.services.bookings.api import Bookings, PresaleRegistrationView, describe_when
from boxoffice.services.bookings.facts import PresaleRegistrationMoved
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.post import Draft, Post

# Title, text, and what the button says.
Words = tuple[str, str, str]
_FOOT = "Whoever has this link has your registration, so keep this mail to yourself."
_OFF = "The event has been cancelled, so nobody gets early access to it. There is nothing to do."
_CALLED_OFF = {
    "registered": "You had registered for early access. The event has been cancelled, so there "
    "will be none. There is nothing to do.",
    "won": "You had early access. The event has been cancelled, so nothing will be sold for it. "
    "There is nothing to do.",
}
_POSTPONED = {
    "registered": "You have registered for early access. The event has been postponed: its page "
    "says when it takes place now. Your registration stays as it is.",
    "won": "You have early access. The event has been postponed: its page says when it takes "
    "place now. Your early access stays as it is, in the time above.",
}
_BUTTONS = {"registered": "See my registration", "won": "See my early access"}
_WAITS = _BUTTONS.keys()


class PresaleMails:
    """The link to confirm, and whether there is early access."""

    def __init__(self, post: Post, bookings: Bookings, *, public_url: str) -> None:
        self._post = post
        self._bookings = bookings
        self._public_url = public_url

    async def send(self, fact: PresaleRegistrationMoved, fact_id: UUID) -> None:
        """Where the registration stands; nothing to who has withdrawn since, and no early access
        to an event that has been cancelled.
        """
        one = await self._bookings.presale_registration(fact.organizer_id, fact.registration_id)
        words = _words_by(one, fact)
        if words is None:
            return
        title, text, button = words
        letter = letters.OrderNews(
            organizer_name=one.organizer_name,
            title=title,
            event_title=one.event_title,
            when=f"Early access: {_window(one)}",
            text=text,
            button=button,
            url=f"{self._public_url}/early-access/{one.token}",
            foot=_FOOT if one.state != "unconfirmed" else _foot_of_stranger(),
        )
        await self._post.send(
            Draft(
                organizer_id=fact.organizer_id,
                fact_id=fact_id,
                recipient=Mailbox(one.email, one.name),
                template="order_news",
                letter=letter,
            )
        )


def _words_by(one: PresaleRegistrationView, fact: PresaleRegistrationMoved) -> Words | None:
    if one.cancelled:
        return _words_of_cancelled(one, fact)
    if not fact.postponed:
        return _words(one)
    if one.state not in _WAITS:
        return None
    return "The event has been postponed", _POSTPONED[one.state], _BUTTONS[one.state]


def _words_of_cancelled(
    one: PresaleRegistrationView, fact: PresaleRegistrationMoved
) -> Words | None:
    """Whoever waited hears it by the fact that says so, and not by one that was on its way."""
    if fact.called_off and one.state in _WAITS:
        return "The event has been cancelled", _CALLED_OFF[one.state], _BUTTONS[one.state]
    if one.state == "lost":
        return "No early access after all", _OFF, "See my registration"
    return None


def _words(one: PresaleRegistrationView) -> Words | None:
    if one.state == "unconfirmed":
        return "Confirm your registration", _to_confirm(one), "Confirm my registration"
    if one.state == "registered":
        return "You are registered for early access", _registered(one), "See my registration"
    if one.state == "won":
        return "You have early access", _won(one), "See my early access"
    if one.state == "lost":
        return "No early access this time", _comfort(one), "See my registration"
    return None


def _to_confirm(one: PresaleRegistrationView) -> str:
    return (
        f"You want early access to {_tickets(one)}. Your registration counts once you have "
        f"confirmed it; do so by {_moment(one, one.closes_at)}."
    )


def _registered(one: PresaleRegistrationView) -> str:
    return (
        f"You asked for {_tickets(one)}. Registration closes {_moment(one, one.closes_at)}; after "
        "that we write to you whether you get early access."
    )


def _won(one: PresaleRegistrationView) -> str:
    return (
        f"You may buy {_tickets(one)} before the sale to everybody begins. Your link opens the "
        "shop in the time above, for you alone. It keeps no tickets for you, so be early."
    )


def _comfort(one: PresaleRegistrationView) -> str:
    sorry = "More people registered than there were places, and you were not among those chosen. "
    if one.sale_starts_at is None:
        return f"{sorry}You can still buy in the sale to everybody."
    return f"{sorry}The sale to everybody begins {_moment(one, one.sale_starts_at)}: good luck!"


def _tickets(one: PresaleRegistrationView) -> str:
    return "1 ticket" if one.quantity == 1 else f"{one.quantity} tickets"


def _foot_of_stranger() -> str:
    return (
        "Somebody, probably you, entered this address. If it was not you, do nothing: without your "
        "confirmation the registration does not count."
    )


def _window(one: PresaleRegistrationView) -> str:
    return describe_when(one.window_starts_at, one.window_ends_at, one.timezone).line


def _moment(one: PresaleRegistrationView, moment: datetime) -> str:
    return describe_when(moment, moment, one.timezone).line
