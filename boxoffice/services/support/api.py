"""What other services may ask of support."""

from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.services.bookings.api import Bookings
from boxoffice.services.support import threads
from boxoffice.services.support.conversations import Conversations
from boxoffice.services.support.inbox import Inbox
from boxoffice.services.support.views import ConversationRow, ConversationView, MessageView
from boxoffice.services.users.api import Users

__all__ = ["ConversationRow", "ConversationView", "MessageView", "Support"]


class Support:
    """Conversations about orders: `conversations` is the buyer's side, `inbox` the organizer's."""

    def __init__(self, db: Database, *, users: Users, bookings: Bookings) -> None:
        self._db = db
        self.conversations = Conversations(db, bookings)
        self.inbox = Inbox(db, users)

    async def conversation(self, organizer_id: UUID, conversation_id: UUID) -> ConversationView:
        """The conversation, for services that act in nobody's name; or `NotFound`."""
        async with self._db.begin(organizer_id) as tx:
            return await threads.view(tx, await threads.find(tx, organizer_id, conversation_id))
