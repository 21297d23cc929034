"""Reading and writing one conversation inside a transaction that somebody else opened."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.support import rules
from boxoffice.services.support.tables import Conversation, Message
from boxoffice.services.support.views import ConversationView, MessageView


async def find(tx: Transaction, organizer_id: UUID, conversation_id: UUID) -> Conversation:
    """The conversation, or `NotFound`."""
    found = await tx.session.get(Conversation, (organizer_id, conversation_id))
    if found is None:
        raise NotFound
    return found


async def lock(tx: Transaction, organizer_id: UUID, conversation_id: UUID) -> Conversation:
    """The conversation, with messages to it waiting until this transaction ends; or `NotFound`."""
    found = await tx.session.get(
        Conversation, (organizer_id, conversation_id), with_for_update={"key_share": True}
    )
    if found is None:
        raise NotFound
    return found


async def say(
    tx: Transaction, conversation: Conversation, *, author: rules.Author, name: str, body: str
) -> Message:
    """Add a message to the locked conversation and move the conversation on."""
    rules.check_room(conversation.message_count)
    message = Message(
        organizer_id=conversation.organizer_id,
        id=new_id(),
        conversation_id=conversation.id,
        author=author,
        author_name=name,
        body=body,
        sent_at=await tx.now(),
    )
    tx.session.add(message)
    conversation.message_count += 1
    conversation.preview = rules.preview_of(body)
    conversation.status = rules.status_after(author)
    conversation.updated_at = message.sent_at
    await tx.session.flush()
    return message


async def view(tx: Transaction, conversation: Conversation) -> ConversationView:
    """The conversation as it now stands."""
    return (await views(tx, conversation.organizer_id, [conversation]))[0]


async def views(
    tx: Transaction, organizer_id: UUID, conversations: Sequence[Conversation]
) -> list[ConversationView]:
    """Conversations of one organizer with their messages: one statement, whatever their number."""
    messages: dict[UUID, list[MessageView]] = defaultdict(list)
    rows = await tx.session.scalars(
        select(Message)
        .where(
            Message.organizer_id == organizer_id,
            Message.conversation_id.in_([conversation.id for conversation in conversations]),
        )
        .order_by(Message.sent_at, Message.id)
    )
    for row in rows:
        messages[row.conversation_id].append(_message_view(row))
    return [_view(conversation, messages[conversation.id]) for conversation in conversations]


async def recent_pace(
    tx: Transaction, organizer_id: UUID, order_id: UUID
) -> tuple[int, datetime | None]:
    """How many messages the order's holder sent within the pace window; when the first of them."""
    found = await tx.connection.exec_driver_sql(
        "SELECT count(*), min(m.sent_at) FROM support.conversations c "
        "JOIN support.messages m ON m.organizer_id = c.organizer_id AND m.conversation_id = c.id "
        "WHERE c.organizer_id = $1 AND c.order_id = $2 AND m.author = 'buyer' AND m.sent_at > $3",
        (organizer_id, order_id, await tx.now() - rules.PACE_WINDOW),
    )
    pace = found.mappings().one()
    return pace["count"], pace["min"]


def _view(conversation: Conversation, messages: list[MessageView]) -> ConversationView:
    return ConversationView(
        id=conversation.id,
        subject=conversation.subject,
        status=conversation.status,
        order_id=conversation.order_id,
        order_code=conversation.order_code,
        buyer_name=conversation.buyer_name,
        buyer_email=conversation.buyer_email,
        messages=messages,
        updated_at=conversation.updated_at,
    )


def _message_view(row: Message) -> MessageView:
    return MessageView(
        id=row.id,
        author=row.author,
        author_name=row.author_name,
        body=row.body,
        sent_at=row.sent_at,
    )
