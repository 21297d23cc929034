"""Mail about what happened to an order after it was made: one letter, told from case to case."""

from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.bookings.api import (
    Bookings,
    CancellationView,
    ChangeView,
    OrderPositionView,
    OrderView,
    SplitNews,
    describe_when,
)
from boxoffice.services.bookings.facts import (
    ChangeMoved,
    OrderSplit,
    ReturnMoved,
    TicketsCancelled,
    TicketsChanged,
    TransferMoved,
)
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.order_mails import OrderMails
from boxoffice.services.notifications.post import Draft, Post
from boxoffice.services.notifications.transfer_mails import transfer_mails
from boxoffice.services.users.api import Users

_ASK = 'Something not right? Open your order and choose "Need help with this order".'
_CANCELLED_TICKET = "A ticket that you were given is cancelled"
_MONEY = " The money goes back the way it came; banks take a few days."
_HOLDERS_TEXT = (
    "Its code lets nobody in any more. Any money goes back to whoever bought it; ask them, or the "
    "organizer, why."
)


class OrderNews:
    """To buyers."""

    def __init__(
        self, post: Post, *, users: Users, bookings: Bookings, orders: OrderMails, public_url: str
    ) -> None:
        self._post = post
        self._orders = orders
        self._users = users
        self._bookings = bookings
        self._public_url = public_url

    async def send_cancellation(
        self, organizer_id: UUID, fact: TicketsCancelled, fact_id: UUID
    ) -> None:
        """What was cancelled, and what comes back."""
        made = await self._bookings.cancellation(organizer_id, fact.cancellation_id)
        order = await self._bookings.order(organizer_id, fact.order_id)
        if made is None or order.buyer is None:
            return
        letter = letters.OrderNews(
            organizer_name=(await self._users.organizer(organizer_id)).name,
            title=_cancelled(made),
            event_title=order.event_title,
            when=_when(order),
            text=_rest(made),
            quote=made.because if made.by != "buyer" else "",
            lines=_lines(made),
            button="Show my order",
            url=f"{self._public_url}/orders/{order.token}",
            foot=f"Order {order.code}. {_ASK}",
        )
        to = Mailbox(order.buyer.email, order.buyer.name)
        drafts = [_draft(organizer_id, fact_id, to, letter)]
        gone = [one.position_id for one in made.lines]
        for holder in await self._bookings.holders(organizer_id, order.id, gone):
            theirs = msgspec.structs.replace(
                letter,
                title=_CANCELLED_TICKET,
                text=_HOLDERS_TEXT,
                lines=tuple(letters.NewsLine(name=one, amount="") for one in holder.tickets),
                button="Show what I was given",
                url=f"{self._public_url}/transfers/{holder.token}",
                foot="You get this mail because somebody gave you a ticket of theirs.",
            )
            to = Mailbox(holder.email, holder.name)
            drafts.append(msgspec.structs.replace(drafts[0], recipient=to, letter=theirs))
        await self._post.send(*drafts)

    async def send_return(self, fact: ReturnMoved, fact_id: UUID) -> None:
        """To whoever offered a ticket back, once somebody has bought it."""
        if fact.status != "taken":
            return
        news = await self._bookings.returned_ticket(fact.organizer_id, fact.return_id)
        order, made = news.order, news.made
        if order.buyer is None:
            return
        money = "" if made.face_value.is_zero else _MONEY
        letter = letters.OrderNews(
            organizer_name=(await self._users.organizer(fact.organizer_id)).name,
            title="Your ticket was taken",
            event_title=order.event_title,
            when=_when(order),
            text=f"Somebody has bought the ticket that you offered back; its code lets nobody in "
            f"any more.{money}",
            lines=(_line(made.ticket_name, made.face_value),),
            button="Show my order",
            url=f"{self._public_url}/orders/{order.token}",
            foot=f"Order {order.code}. {_ASK}",
        )
        to = Mailbox(order.buyer.email, order.buyer.name)
        await self._post.send(_draft(fact.organizer_id, fact_id, to, letter))

    async def send_changed(self, fact: TicketsChanged, fact_id: UUID) -> None:
        """What the order's tickets are now."""
        order = await self._bookings.order(fact.organizer_id, fact.order_id)
        if order.buyer is None:
            return
        letter = letters.OrderNews(
            organizer_name=(await self._users.organizer(fact.organizer_id)).name,
            title="Your tickets have changed",
            event_title=order.event_title,
            when=_when(order),
            text="These are your tickets now. Show them from your order or print them anew: a "
            "ticket that is for something else has a new code, and its old one lets nobody in. "
            "Should anything be cheaper, the money goes back the way it came.",
            lines=tuple(_ticket_line(order, one) for one in order.positions),
            button="Show my tickets",
            url=f"{self._public_url}/orders/{order.token}",
            foot=f"Order {order.code}. {_ASK}",
        )
        to = Mailbox(order.buyer.email, order.buyer.name)
        await self._post.send(_draft(fact.organizer_id, fact_id, to, letter))

    async def send_split(self, fact: OrderSplit, fact_id: UUID) -> None:
        """To whoever bought the order what is left in it, and the tickets that left it to whoever
        has these now.
        """
        split = await self._bookings.split(fact.organizer_id, fact.split_id)
        note = f"These tickets were in order {split.code} before. The organizer has put them into "
        note += "an order of their own; their codes are the same."
        drafts = await self._orders.split_draft(fact, fact_id, split.new_order_id, note=note)
        order = await self._bookings.order(fact.organizer_id, split.order_id)
        if order.buyer is not None:
            letter = letters.OrderNews(
                organizer_name=(await self._users.organizer(fact.organizer_id)).name,
                title="Your order is in two parts now",
                event_title=order.event_title,
                when=_when(order),
                text=_split_text(split),
                lines=tuple(_ticket_line(order, one) for one in order.positions),
                button="Show my tickets",
                url=f"{self._public_url}/orders/{order.token}",
                foot=f"Order {order.code}. {_ASK}",
            )
            to = Mailbox(order.buyer.email, order.buyer.name)
            drafts.append(_draft(fact.organizer_id, fact_id, to, letter))
        await self._post.send(*drafts)

    async def send_change(self, fact: ChangeMoved, fact_id: UUID) -> None:
        """What a change of the organizer's costs more, or that its money goes back."""
        order = await self._bookings.order(fact.organizer_id, fact.order_id)
        change = await self._bookings.order_change(fact.organizer_id, fact.order_id, fact.change_id)
        if order.buyer is None:
            return
        asks = fact.status == "awaiting_payment"
        until = describe_when(change.expires_at, change.expires_at, order.timezone).line
        letter = letters.OrderNews(
            organizer_name=(await self._users.organizer(fact.organizer_id)).name,
            title="A change of your order waits for you" if asks else "Your money goes back",
            event_title=order.event_title,
            when=_when(order),
            text=f"The organizer would change your order as follows, which costs {change.due} "
            f"more. What it takes is kept for you until {until}. Pay there, or leave the order as "
            "it is: until it is paid nothing changes."
            if asks
            else f"Your payment of {change.due} arrived when the change could not be made any "
            f"more. Your order is as it was, and the tickets that you have stay valid.{_MONEY}",
            lines=_change_lines(change),
            button="Show and pay" if asks else "Show my order",
            url=f"{self._public_url}/orders/{order.token}",
            foot=f"Order {order.code}. {_ASK}",
        )
        to = Mailbox(order.buyer.email, order.buyer.name)
        await self._post.send(_draft(fact.organizer_id, fact_id, to, letter))

    async def send_transfer(self, organizer_id: UUID, fact: TransferMoved, fact_id: UUID) -> None:
        """To whoever must know: of an offer who gets the ticket, of its end both."""
        news = await self._bookings.transfer(organizer_id, fact.transfer_id)
        if news is None:
            return
        organizer = await self._users.organizer(organizer_id)
        for mail in transfer_mails(news, fact.status, public_url=self._public_url):
            letter = letters.OrderNews(
                organizer_name=organizer.name,
                title=mail.title,
                event_title=news.order.event_title,
                when=_when(news.order),
                text=mail.text,
                quote=mail.quote,
                lines=(),
                button=mail.button,
                url=mail.url,
                foot=mail.foot,
            )
            await self._post.send(_draft(organizer_id, fact_id, mail.to, letter))


def _split_text(split: SplitNews) -> str:
    """What left the order, and that nothing else has changed."""
    gone = ", ".join(f"{one.number} ({one.name})" for one in split.tickets)
    whose = (
        "It has a link of its own, which is in another mail to you."
        if split.same_buyer
        else "It is somebody else's now, who has a mail with its link."
    )
    many = len(split.tickets) > 1
    return (
        f"The organizer has put {'tickets' if many else 'ticket'} {gone} into an order of "
        f"{'their' if many else 'its'} own, {split.new_code}. {whose} What is below stays in this "
        "order; all codes and prices are the same."
    )


def _draft(organizer_id: UUID, fact_id: UUID, to: Mailbox, letter: letters.OrderNews) -> Draft:
    return Draft(
        organizer_id=organizer_id,
        fact_id=fact_id,
        recipient=to,
        template="order_news",
        letter=letter,
    )


def _when(order: OrderView) -> str:
    return describe_when(order.starts_at, order.ends_at, order.timezone).line


def _ticket_line(order: OrderView, position: OrderPositionView) -> letters.NewsLine:
    """The ticket with its seat, and its date where that is another than the order's."""
    date = position.date
    when = describe_when(date.starts_at, date.ends_at, order.timezone).line if date else ""
    seat = position.seat.label if position.seat else ""
    name = ", ".join(filter(None, (position.full_name, seat, when)))
    price = "Free" if position.price.is_zero else str(position.price)
    return letters.NewsLine(name=name, amount=price)


def _change_lines(change: ChangeView) -> tuple[letters.NewsLine, ...]:
    """Each ticket as it would be, with what it costs then."""
    wanted = change.change
    return (
        *(
            _line(f"{one.before.name} → {one.after.name}", one.after.price)
            for one in wanted.tickets
        ),
        *(_line(f"New: {one.name}", one.price) for one in wanted.added),
        *(_line(f"Taken off: {one.name}", one.price) for one in wanted.removed),
        _line("To pay", change.due),
    )


def _cancelled(made: CancellationView) -> str:
    if made.whole:
        return "Your order is cancelled"
    count = len(made.lines)
    return "A ticket is cancelled" if count == 1 else f"{count} tickets are cancelled"


def _rest(made: CancellationView) -> str:
    codes = "The codes of these tickets let nobody in any more."
    kept = "" if made.whole else " Your other tickets stay valid."
    if made.refund.is_zero:
        return codes + kept
    return codes + kept + _MONEY


def _lines(made: CancellationView) -> tuple[letters.NewsLine, ...]:
    tickets = [letters.NewsLine(name=one.name, amount=str(one.price)) for one in made.lines]
    if made.old_total.is_zero:
        return tuple(letters.NewsLine(name=one.name, amount="Free") for one in made.lines)
    sums = [("Cancellation fee", made.fee), ("You get back", made.refund)]
    shown = [_line(name, amount) for name, amount in sums if not amount.is_zero]
    return (*tickets, *shown)


def _line(name: str, amount: Money) -> letters.NewsLine:
    return letters.NewsLine(name=name, amount=str(amount))
