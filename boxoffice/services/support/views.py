"""What support shows."""

from datetime import datetime
from uuid import UUID

import msgspec

from boxoffice.services.support.rules import Author, Status, Turn


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    author: Author
    author_name: str
    body: str
    sent_at: datetime


class ConversationView(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation with all its messages, the oldest first."""

    id: UUID
    subject: str
    status: Status
    order_id: UUID
    order_code: str
    buyer_name: str
    buyer_email: str
    messages: list[MessageView]
    updated_at: datetime


class ConversationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the inbox; `preview` is the beginning of the newest message."""

    id: UUID
    subject: str
    status: Status
    order_code: str
    buyer_name: str
    preview: str
    updated_at: datetime
    waiting_for: Turn
