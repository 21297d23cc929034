"""Support over HTTP."""

from uuid import UUID

import msgspec
from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.support.api import Support
from boxoffice.services.support.rules import Status
from boxoffice.services.support.views import ConversationRow, ConversationView

_OF_ORDER = "/organizers/{organizer:str}/orders/{order_id:uuid}/conversations"
_INBOX = "/organizers/{organizer:str}/conversations"


class OpenConversationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a `subject` the message's first line stands for it."""

    message: str
    subject: str = ""


class ReplyBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    message: str


class ChangeConversationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    status: Status


@post(
    _OF_ORDER,
    operation_id="open_conversation",
    summary="Ask for help with an order",
    opt=requires(Permission.ORDER_HOLDER),
)
async def open_conversation(
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    data: JSONBody[OpenConversationBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ConversationView:
    return await support.conversations.open(
        actor, organizer_id, order_id, message=data.message, subject=data.subject, once=once
    )


@get(
    _OF_ORDER,
    operation_id="list_order_conversations",
    summary="The conversations about an order",
    opt=requires(Permission.ORDER_HOLDER),
)
async def list_order_conversations(
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
) -> list[ConversationView]:
    return await support.conversations.of_order(actor, organizer_id, order_id)


@post(
    f"{_OF_ORDER}/{{conversation_id:uuid}}/messages",
    operation_id="reply_as_buyer",
    summary="Write on in a conversation about one's order",
    opt=requires(Permission.ORDER_HOLDER),
)
async def reply_as_buyer(  # noqa: PLR0913, PLR0917  # what the path, the body and the door name
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    order_id: FromPath[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[ReplyBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ConversationView:
    return await support.conversations.reply(
        actor, organizer_id, order_id, conversation_id, message=data.message, once=once
    )


@get(
    _INBOX,
    operation_id="list_conversations",
    summary="The organizer's inbox",
    opt=requires(Permission.SUPPORT),
)
async def list_conversations(
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    status: FromQuery[Status | None] = None,
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[ConversationRow]:
    return await support.inbox.page(actor, organizer_id, status=status, limit=limit, cursor=cursor)


@get(
    f"{_INBOX}/{{conversation_id:uuid}}",
    operation_id="get_conversation",
    summary="One conversation of the inbox",
    opt=requires(Permission.SUPPORT),
)
async def get_conversation(
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    conversation_id: FromPath[UUID],
) -> ConversationView:
    return await support.inbox.get(actor, organizer_id, conversation_id)


@post(
    f"{_INBOX}/{{conversation_id:uuid}}/messages",
    operation_id="reply_to_conversation",
    summary="Answer the buyer",
    opt=requires(Permission.SUPPORT),
)
async def reply_to_conversation(
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[ReplyBody],
    once: NamedDependency[IdempotencyKey | None],
) -> ConversationView:
    return await support.inbox.reply(
        actor, organizer_id, conversation_id, message=data.message, once=once
    )


@patch(
    f"{_INBOX}/{{conversation_id:uuid}}",
    operation_id="change_conversation",
    summary="Resolve a conversation, or open it again",
    opt=requires(Permission.SUPPORT),
)
async def change_conversation(
    support: NamedDependency[Support],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    conversation_id: FromPath[UUID],
    data: JSONBody[ChangeConversationBody],
) -> ConversationView:
    return await support.inbox.change(actor, organizer_id, conversation_id, status=data.status)


router = Router(
    path="/api/v1",
    route_handlers=[
        open_conversation,
        list_order_conversations,
        reply_as_buyer,
        list_conversations,
        get_conversation,
        reply_to_conversation,
        change_conversation,
    ],
    tags=["Support"],
)
