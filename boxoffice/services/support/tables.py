"""The schema `support`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from boxoffice.data.tenancy import Base, OrganizerOwned, reference
from boxoffice.services.support.rules import Author, Status


class Conversation(OrganizerOwned, Base):
    """One question about one order.

    `order_code` and who the buyer is are copies, so that the inbox reads one table; each message of
    the buyer refreshes them. `message_count` and `preview` follow the messages.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        reference("bookings.orders", "order_id", name="conversations_order"),
        CheckConstraint("status IN ('open', 'pending', 'resolved')", name="conversations_status"),
        Index("conversations_of_order", "organizer_id", "order_id"),
        Index("conversations_inbox", "organizer_id", "updated_at", "id"),
        Index("conversations_inbox_by_status", "organizer_id", "status", "updated_at", "id"),
        {"schema": "support"},
    )

    order_id: Mapped[UUID]
    order_code: Mapped[str] = mapped_column(Text)
    buyer_name: Mapped[str] = mapped_column(Text)
    buyer_email: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(Text)
    preview: Mapped[str] = mapped_column(Text)
    message_count: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))


class Message(OrganizerOwned, Base):
    """What one side wrote; never changed afterwards."""

    __tablename__ = "messages"
    __table_args__ = (
        reference("support.conversations", "conversation_id", name="messages_conversation"),
        CheckConstraint("author IN ('buyer', 'organizer')", name="messages_author"),
        Index("messages_of_conversation", "organizer_id", "conversation_id", "sent_at"),
        {"schema": "support"},
    )

    conversation_id: Mapped[UUID]
    author: Mapped[Author] = mapped_column(Text)
    author_name: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(TIMESTAMP(timezone=True))
