"""Mail about conversations: each message is mailed to the other side."""

from uuid import UUID

from boxoffice.kernel.permissions import Permission
from boxoffice.services.bookings.api import Bookings, OrderView
from boxoffice.services.notifications.mail import letters
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.post import Draft, Post
from boxoffice.services.support.api import ConversationView, MessageView, Support
from boxoffice.services.users.api import OrganizerRef, Users


class ConversationMails:
    """To the buyer, or to the members who answer for the organizer."""

    def __init__(
        self, post: Post, *, users: Users, bookings: Bookings, support: Support, public_url: str
    ) -> None:
        self._post = post
        self._users = users
        self._bookings = bookings
        self._support = support
        self._public_url = public_url

    async def send_message(
        self, organizer_id: UUID, conversation_id: UUID, message_id: UUID, *, fact_id: UUID
    ) -> None:
        """Mail one message of a conversation to whom it is meant for."""
        conversation = await self._support.conversation(organizer_id, conversation_id)
        message = next(one for one in conversation.messages if one.id == message_id)
        order = await self._bookings.order(organizer_id, conversation.order_id)
        organizer = await self._users.organizer(organizer_id)
        if message.author == "buyer":
            drafts = await self._to_members(organizer, conversation, message, order)
        else:
            drafts = self._to_buyer(organizer, message, order)
        await self._post.send(
            *(
                Draft(
                    organizer_id=organizer_id,
                    fact_id=fact_id,
                    recipient=recipient,
                    template=template,
                    letter=letter,
                    thread=conversation_id,
                )
                for recipient, template, letter in drafts
            )
        )

    async def _to_members(
        self,
        organizer: OrganizerRef,
        conversation: ConversationView,
        message: MessageView,
        order: OrderView,
    ) -> list[tuple[Mailbox, str, letters.Letter]]:
        letter = letters.ConversationMessageToOrganizer(
            organizer_name=organizer.name,
            buyer_name=message.author_name,
            order_code=order.code,
            event_title=order.event_title,
            message=message.body,
            conversation_url=f"{self._public_url}/organizer/{organizer.slug}/help/{conversation.id}",
        )
        members = await self._users.members_with(organizer.id, Permission.SUPPORT)
        return [
            (Mailbox(member.email, member.name), "conversation_message_to_organizer", letter)
            for member in members
        ]

    def _to_buyer(
        self, organizer: OrganizerRef, message: MessageView, order: OrderView
    ) -> list[tuple[Mailbox, str, letters.Letter]]:
        if order.buyer is None:
            return []
        letter = letters.ConversationMessageToBuyer(
            organizer_name=organizer.name,
            buyer_name=order.buyer.name,
            order_code=order.code,
            event_title=order.event_title,
            message=message.body,
            order_url=f"{self._public_url}/orders/{order.token}",
        )
        buyer = Mailbox(order.buyer.email, order.buyer.name)
        return [(buyer, "conversation_message_to_buyer", letter)]
