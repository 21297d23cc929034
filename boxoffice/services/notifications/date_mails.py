"""Mail about dates that were cancelled or postponed."""

import asyncio
from uuid import UUID

from boxoffice.services.bookings.api import (
    Bookings,
    DateNotice,
    OrderDocument,
    all_dates,
    describe_when,
    render_calendar,
    render_pdf,
)
from boxoffice.services.bookings.facts import OrderDateCancelled, OrderDateMoved
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.mail.letters import Letter
from boxoffice.services.notifications.mail.message import (
    Attachment,
    calendar_attachment,
    tickets_attachment,
)
from boxoffice.services.notifications.post import Draft, Post


class DateMails:
    """To buyers whose date changes, and to those they gave tickets on to. The buyer's calendar file
    moves or cancels the entry they have.
    """

    def __init__(self, post: Post, bookings: Bookings, *, public_url: str) -> None:
        self._post = post
        self._bookings = bookings
        self._public_url = public_url
        self._presses = asyncio.Semaphore(2)

    async def send_cancelled(self, fact: OrderDateCancelled, fact_id: UUID) -> None:
        """That it will not take place and what becomes of the money. No ticket is attached."""
        notice = await self._bookings.date_notice(
            fact.organizer_id, fact.order_id, fact.date_change_id
        )
        if notice is None:
            return
        buyer = await _draft(fact.organizer_id, fact_id, notice, _cancelled(notice), ())
        await self._post.send(
            buyer, *self._to_holders(fact.organizer_id, fact_id, notice, "Cancelled", _NO_DATE)
        )

    async def send_moved(self, fact: OrderDateMoved, fact_id: UUID) -> None:
        """When it takes place instead, with tickets that say so; nothing without tickets."""
        notice = await self._bookings.date_notice(
            fact.organizer_id, fact.order_id, fact.date_change_id
        )
        if notice is None:
            return
        drafts = self._to_holders(fact.organizer_id, fact_id, notice, "New date", _NEW_DATE)
        if notice.document.tickets:
            async with self._presses:
                pdf = await render_pdf(notice.document)
            tickets = tickets_attachment(pdf, notice.order.code)
            letter = _postponed(notice)
            drafts = [
                await _draft(fact.organizer_id, fact_id, notice, letter, (tickets,)),
                *drafts,
            ]
        if drafts:
            await self._post.send(*drafts)

    def _to_holders(
        self, organizer_id: UUID, fact_id: UUID, notice: DateNotice, title: str, text: str
    ) -> list[Draft]:
        return [
            Draft(
                organizer_id=organizer_id,
                fact_id=fact_id,
                recipient=Mailbox(holder.email, holder.name),
                template="order_news",
                letter=letters.OrderNews(
                    organizer_name=notice.document.organizer_name,
                    title=title,
                    event_title=notice.order.event_title,
                    when=all_dates(notice.document),
                    text=text,
                    quote=notice.message,
                    lines=tuple(letters.NewsLine(name=one, amount="") for one in holder.tickets),
                    button="Show my ticket",
                    url=f"{self._public_url}/transfers/{holder.token}",
                    foot=_GIVEN,
                ),
            )
            for holder in notice.holders
        ]


_NO_DATE = (
    "It will not take place, and the ticket that you were given lets nobody in. Any money goes "
    "back to whoever bought it."
)
_NEW_DATE = "It takes place at this time now. The ticket that you were given stays valid."
_GIVEN = "You get this mail because somebody gave you a ticket of theirs."


async def _draft(
    organizer_id: UUID,
    fact_id: UUID,
    notice: DateNotice,
    letter: letters.DateCancelled | letters.DatePostponed,
    tickets: tuple[Attachment, ...],
) -> Draft:
    """To the buyer, whom a notice always has."""
    buyer = notice.order.buyer
    assert buyer is not None  # noqa: S101  # there is no notice without
    calendar = await render_calendar(notice.document)
    return Draft(
        organizer_id=organizer_id,
        fact_id=fact_id,
        recipient=Mailbox(buyer.email, buyer.name),
        template=_TEMPLATES[type(letter)],
        letter=letter,
        attachments=(*tickets, calendar_attachment(calendar, notice.order.code)),
    )


_TEMPLATES: dict[type[Letter], str] = {
    letters.DateCancelled: "date_cancelled",
    letters.DatePostponed: "date_postponed",
}


def _cancelled(notice: DateNotice) -> letters.DateCancelled:
    order, document = notice.order, notice.document
    return letters.DateCancelled(
        organizer_name=document.organizer_name,
        event_title=order.event_title,
        when=all_dates(document),
        order_code=order.code,
        order_url=document.order_url,
        buyer_name=order.buyer.name if order.buyer else "",
        refund=_refund(notice),
        message=notice.message,
    )


def _postponed(notice: DateNotice) -> letters.DatePostponed:
    order, document = notice.order, notice.document
    return letters.DatePostponed(
        organizer_name=document.organizer_name,
        event_title=order.event_title,
        when=all_dates(document),
        was=_was(document),
        venue=", ".join(filter(None, (document.venue_name or "Online", document.venue_address))),
        order_code=order.code,
        order_url=document.order_url,
        buyer_name=order.buyer.name if order.buyer else "",
        message=notice.message,
    )


def _was(document: OrderDocument) -> str:
    before = document.postponed_from
    return describe_when(before, before, document.timezone).line if before else ""


def _refund(notice: DateNotice) -> str:
    if notice.refund is None:
        return "You paid nothing, so there is nothing to give back."
    if notice.refund.is_zero:
        return "The organizer's terms give no money back for this date."
    if notice.as_gift_card:
        return f"You get {notice.refund} as a gift card; its code comes in a mail of its own."
    return f"{notice.refund} is on its way back to how you paid."
