"""What support reports."""

from typing import ClassVar
from uuid import UUID

from boxoffice.kernel.facts import Fact
from boxoffice.services.support.rules import Author


class ConversationOpened(Fact, frozen=True, kw_only=True):
    """A buyer asked for help; `message_id` is the conversation's first message."""

    name: ClassVar[str] = "support.conversation_opened.v1"
    organizer_id: UUID
    conversation_id: UUID
    message_id: UUID


class MessagePosted(Fact, frozen=True, kw_only=True):
    """A further message in a conversation, not its first."""

    name: ClassVar[str] = "support.message_posted.v1"
    organizer_id: UUID
    conversation_id: UUID
    message_id: UUID
    author: Author
