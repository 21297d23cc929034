"""What is said about an application for tickets, and to whom."""

from uuid import UUID

from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.api import (
    ApplicationView,
    Bookings,
    OrderView,
    describe_when,
)
from boxoffice.services.bookings.facts import ApplicationMoved
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.post import Draft, Post
from boxoffice.services.users.api import OrganizerRef, Users

# Title, text, and what the button says.
Words = tuple[str, str, str]
_SHOW, _PAY = "Show my application", "Pay now"
_LET_GO = "Your card was not charged, and holds the {held} no longer; your bank may need some days."
# By the step; `moved_to_pay`: accepted already; `…_card`: a card was given with the application.
_WORDS: dict[str, Words] = {
    "sent": (
        "Your application has arrived",
        (
            "The tickets are kept for you until the organizer has decided. You get a mail then; "
            "nothing is paid before that."
        ),
        _SHOW,
    ),
    "sent_card": (
        "Your application has arrived",
        (
            "The tickets are kept for you until the organizer has decided. Your card holds {held} "
            "until then: it is charged only if you are accepted, and let go otherwise."
        ),
        _SHOW,
    ),
    "charged": (
        "You are in: your card is being charged",
        (
            "The organizer has accepted you, and the {held} that your card holds are being taken. "
            "Your tickets come in a mail of their own; if the card does not give the money, you "
            "hear from us, and can pay in another way."
        ),
        _SHOW,
    ),
    "uncharged": (
        "You are in, but your card was not charged: pay to get your tickets",
        (
            "The card that you gave with your application did not give the money. Pay in another "
            "way: the tickets are kept for you until {until}."
        ),
        _PAY,
    ),
    "approved": (
        "You are in: pay to get your tickets",
        (
            "The tickets are kept for you until {until}. If they are not paid by then, others can "
            "have them."
        ),
        _PAY,
    ),
    "reminded": (
        "Your tickets are kept for you, but not for long",
        (
            "You are in, and only the payment is missing. The tickets are kept for you until "
            "{until}; after that others can have them."
        ),
        _PAY,
    ),
    "moved": (
        "New date for what you applied for",
        (
            "It takes place at this time now. Your application stays, and the tickets are kept for "
            "you until the organizer has decided, at the longest until {until}."
        ),
        _SHOW,
    ),
    "moved_to_pay": (
        "New date for the tickets that you have not paid yet",
        (
            "It takes place at this time now. You are in as before, and the tickets are kept for "
            "you until {until}."
        ),
        _PAY,
    ),
    "cancelled": (
        "What you applied for will not take place",
        "The organizer has cancelled this date. You have paid nothing.",
        _SHOW,
    ),
    "cancelled_card": (
        "What you applied for will not take place",
        f"The organizer has cancelled this date. {_LET_GO}",
        _SHOW,
    ),
    "cancelled_charging": (
        "What you applied for will not take place",
        (
            "The organizer has cancelled this date. Your card is let go of; if the {held} that it "
            "held have been taken already, you get all of it back."
        ),
        _SHOW,
    ),
    "denied_card": (
        "Your application was not accepted",
        f"The organizer has decided otherwise this time. {_LET_GO}",
        _SHOW,
    ),
    "lapsed_card": (
        "Your application was not decided in time",
        f"The tickets are not kept for you any more. {_LET_GO}",
        _SHOW,
    ),
    "denied": (
        "Your application was not accepted",
        "The organizer has decided otherwise this time. You have paid nothing.",
        _SHOW,
    ),
    "unpaid": (
        "Your tickets were not paid in time",
        "They can be bought by others now. You have paid nothing.",
        _SHOW,
    ),
    "lapsed": (
        "Your application was not decided in time",
        "The tickets are not kept for you any more. You have paid nothing.",
        _SHOW,
    ),
}


_DECIDED = {"approved", "charged", "uncharged", "denied"}


class ApplicationMails:
    """To who applied, and to those of the team who decide."""

    def __init__(self, post: Post, *, users: Users, bookings: Bookings, public_url: str) -> None:
        self._post = post
        self._users = users
        self._bookings = bookings
        self._public_url = public_url

    async def send(self, fact: ApplicationMoved, fact_id: UUID) -> None:
        """What happened; a free order that is approved gets its tickets instead, and who has paid
        needs no reminder.
        """
        order = await self._bookings.order(fact.organizer_id, fact.order_id)
        if fact.step == "reminded" and order.status != "awaiting_payment":
            return
        application = await self._bookings.application(fact.organizer_id, fact.order_id)
        organizer = await self._users.organizer(fact.organizer_id)
        quote = await self._quote(application, fact)
        drafts = self._to_buyer(organizer, order, application, fact, quote)
        if fact.step in {"sent", "lapsed"}:
            drafts += await self._to_team(organizer, order, application, fact)
        await self._post.send(
            *(
                Draft(
                    organizer_id=fact.organizer_id,
                    fact_id=fact_id,
                    recipient=recipient,
                    template="order_news",
                    letter=letter,
                )
                for recipient, letter in drafts
            )
        )

    async def _quote(self, application: ApplicationView, fact: ApplicationMoved) -> str:
        """What the organizer says with the step."""
        if fact.date_change_id is not None:
            return await self._bookings.change_message(fact.organizer_id, fact.date_change_id)
        return application.answer if fact.step in _DECIDED else ""

    def _to_buyer(
        self,
        organizer: OrganizerRef,
        order: OrderView,
        application: ApplicationView,
        fact: ApplicationMoved,
        quote: str,
    ) -> list[tuple[Mailbox, letters.OrderNews]]:
        free = fact.step == "approved" and order.total.is_zero
        if order.buyer is None or free:
            return []
        title, text, button = buyers_words(order, application, fact)
        letter = letters.OrderNews(
            organizer_name=organizer.name,
            title=title,
            event_title=order.event_title,
            when=_when(order),
            text=text,
            quote=quote,
            lines=_lines(order),
            button=button,
            url=f"{self._public_url}/orders/{order.token}",
            foot=f"Order {order.code}. Whoever has this link has the order, so keep this mail "
            "to yourself.",
        )
        return [(Mailbox(order.buyer.email, order.buyer.name), letter)]

    async def _to_team(
        self,
        organizer: OrganizerRef,
        order: OrderView,
        application: ApplicationView,
        fact: ApplicationMoved,
    ) -> list[tuple[Mailbox, letters.OrderNews]]:
        who = order.buyer.name if order.buyer else "Somebody"
        title, text = f"{who} applies for tickets", (
            f"The tickets are kept until you decide, at the longest until "
            f"{_until(order, application)}."
        )  # fmt: skip
        if fact.step == "lapsed":
            title, text = (
                f"The application of {who} has lapsed",
                ("Nobody decided in time, so the tickets can be bought by others again."),
            )
        letter = letters.OrderNews(
            organizer_name=organizer.name,
            title=title,
            event_title=order.event_title,
            when=_when(order),
            text=text,
            quote=application.message,
            lines=_lines(order),
            button="Show the applications",
            url=f"{self._public_url}/organizer/{organizer.slug}/applications",
            foot=f"Order {order.code}. You get this because you may change orders of "
            f"{organizer.name}.",
        )
        members = await self._users.members_with(organizer.id, Permission.ORDERS_WRITE)
        return [(Mailbox(member.email, member.name), letter) for member in members]


def buyers_words(order: OrderView, application: ApplicationView, fact: ApplicationMoved) -> Words:
    """What the buyer is told of the step."""
    pays = fact.step == "moved" and application.state == "approved"
    key = "moved_to_pay" if pays else fact.step.value
    held = application.card or None
    if held and f"{key}_card" in _WORDS:
        key += _of_card(order, application, fact)
    title, text, button = _WORDS[key]
    amount = str(held.amount) if held else ""
    return title, text.format(until=_until(order, application), held=amount), button


def _of_card(order: OrderView, application: ApplicationView, fact: ApplicationMoved) -> str:
    """Once accepted the card is being charged, or it was not and holds nothing any more."""
    if fact.step != "cancelled" or application.decided_at is None:
        return "_card"
    return "_charging" if order.payment_status in {"pending", "paid"} else ""


def _when(order: OrderView) -> str:
    return describe_when(order.starts_at, order.ends_at, order.timezone).line


def _until(order: OrderView, application: ApplicationView) -> str:
    return describe_when(application.due_at, application.due_at, order.timezone).line


def _lines(order: OrderView) -> tuple[letters.NewsLine, ...]:
    return tuple(
        letters.NewsLine(
            name=one.full_name, amount="Free" if one.price.is_zero else str(one.price)
        )
        for one in order.positions
    )  # fmt: skip
