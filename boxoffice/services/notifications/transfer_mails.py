"""What is said about a ticket that changes hands, and to whom."""

import msgspec

from boxoffice.services.bookings.api import TransferNews
from boxoffice.services.notifications.mail.addresses import Mailbox


class TransferMail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail's own words."""

    to: Mailbox
    title: str
    text: str
    button: str
    url: str
    foot: str
    quote: str = ""


def transfer_mails(news: TransferNews, status: str, *, public_url: str) -> list[TransferMail]:
    """Of an offer to who gets the ticket; of its end to both."""
    made, ticket = news.transfer, f"“{news.transfer.ticket_name}”"
    getter = Mailbox(made.to_email, made.to_name or "")
    giver = Mailbox(made.from_email, made.from_name)
    theirs = f"{public_url}/transfers/{news.token}"
    own = f"{public_url}/orders/{news.order.token}"
    if news.giver_token:
        own = f"{public_url}/transfers/{news.giver_token}"
    quiet = "If you do not know who this is about, you need not do anything."
    safe = "Whoever has this link has the ticket, so keep this mail to yourself."
    if status == "offered":
        return [
            TransferMail(
                to=getter,
                title=f"{made.from_name} gives you a ticket",
                text=f"It is a ticket {ticket}. Take it, and it is in your name with a code of "
                "your own; until then it stays with who offers it.",
                quote=made.message,
                button="Look at the ticket",
                url=theirs,
                foot=quiet,
            )
        ]
    if status == "accepted":
        return [
            TransferMail(
                to=getter,
                title="The ticket is yours",
                text=f"The ticket {ticket} is in your name now. Its code is on its page.",
                button="Show my ticket",
                url=theirs,
                foot=safe,
            ),
            TransferMail(
                to=giver,
                title="Your ticket was taken",
                text=f"{made.to_name} has taken the ticket {ticket}. The code that you have for it "
                "lets nobody in any more.",
                button="Show what I have",
                url=own,
                foot=quiet,
            ),
        ]
    if status == "declined":
        return [
            TransferMail(
                to=giver,
                title="Your ticket was declined",
                text=f"{made.to_email} does not want the ticket {ticket}. It is still yours.",
                button="Show what I have",
                url=own,
                foot=quiet,
            )
        ]
    return [
        TransferMail(
            to=getter,
            title="A ticket was taken back",
            text=f"{made.from_name} does not give you the ticket {ticket} after all.",
            button="Look at the offer",
            url=theirs,
            foot=quiet,
        )
    ]
