"""Mail about gift cards."""

from uuid import UUID

from boxoffice.services.bookings.api import Bookings, describe_when
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.post import Draft, Post
from boxoffice.services.payments.api import Payments
from boxoffice.services.payments.facts import GiftCardIssued
from boxoffice.services.users.api import Users

_TEXT = (
    "Your money for this is on a gift card now. Its code pays for orders at any event of {name}: "
    "enter it at the checkout. What an order does not use stays on the card."
)
_FOOT = "Keep this mail: whoever has the code can spend it. Order {code}."


class GiftCardMails:
    """To buyers, with the code of a card that they got for their money."""

    def __init__(
        self,
        post: Post,
        *,
        users: Users,
        bookings: Bookings,
        payments: Payments,
        public_url: str,
    ) -> None:
        self._post = post
        self._users = users
        self._bookings = bookings
        self._payments = payments
        self._public_url = public_url

    async def send_issued(self, organizer_id: UUID, fact: GiftCardIssued, fact_id: UUID) -> None:
        """The code; nobody to tell for an order without a buyer."""
        order = await self._bookings.order(organizer_id, fact.reference)
        if order.buyer is None:
            return
        made = await self._payments.gift_cards.staff.code(organizer_id, fact.gift_card_id)
        organizer = await self._users.organizer(organizer_id)
        lines = [letters.NewsLine(name="Gift card", amount=str(made.card.value))]
        lines.append(letters.NewsLine(name="Code", amount=made.code))
        letter = letters.OrderNews(
            organizer_name=organizer.name,
            title="Your gift card",
            event_title=order.event_title,
            when=describe_when(order.starts_at, order.ends_at, order.timezone).line,
            text=_TEXT.format(name=organizer.name),
            lines=tuple(lines),
            button="Show my order",
            url=f"{self._public_url}/orders/{order.token}",
            foot=_FOOT.format(code=order.code),
        )
        await self._post.send(
            Draft(
                organizer_id=organizer_id,
                fact_id=fact_id,
                recipient=Mailbox(order.buyer.email, order.buyer.name),
                template="order_news",
                letter=letter,
            )
        )
