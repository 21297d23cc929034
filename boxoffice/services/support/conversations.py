"""The buyer's side: asking for help with an order of one's own."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.bookings.api import Bookings, BuyerView, OrderView
from boxoffice.services.support import rules, threads
from boxoffice.services.support.facts import ConversationOpened, MessagePosted
from boxoffice.services.support.tables import Conversation
from boxoffice.services.support.views import ConversationView


class Conversations:
    """What an order's holder may do. Strangers meet `NotFound` at bookings' door.

    A member of the organizer's team is a stranger here too, unless the order is their own: nobody
    speaks in a buyer's name.
    """

    def __init__(self, db: Database, bookings: Bookings) -> None:
        self._db = db
        self._bookings = bookings

    async def open(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        *,
        message: str,
        subject: str,
        once: IdempotencyKey | None,
    ) -> ConversationView:
        """A new conversation with its first message."""
        order, buyer = await self._order_of(actor, organizer_id, order_id)
        body = rules.clean_message(message)
        title = rules.clean_subject(subject, message=body)
        async with self._db.begin(organizer_id) as tx:
            if replay := await tx.claim(once, ConversationView):
                return replay
            await _keep_pace(tx, organizer_id, order_id)
            rules.check_conversations(await _count(tx, organizer_id, order_id))
            conversation = await _begin(tx, organizer_id, order, buyer, title)
            said = await threads.say(tx, conversation, author="buyer", name=buyer.name, body=body)
            tx.tell(
                ConversationOpened(
                    organizer_id=organizer_id, conversation_id=conversation.id, message_id=said.id
                )
            )
            return await tx.keep(once, await threads.view(tx, conversation), status=201)

    async def of_order(
        self, actor: Actor, organizer_id: UUID, order_id: UUID
    ) -> list[ConversationView]:
        """All conversations about the order, the one with the newest message first."""
        await self._bookings.order_for(actor, organizer_id, order_id)
        async with self._db.begin(organizer_id) as tx:
            rows = await tx.session.scalars(
                select(Conversation)
                .where(Conversation.organizer_id == organizer_id, Conversation.order_id == order_id)
                .order_by(Conversation.updated_at.desc(), Conversation.id.desc())
            )
            return await threads.views(tx, organizer_id, rows.all())

    async def reply(
        self,
        actor: Actor,
        organizer_id: UUID,
        order_id: UUID,
        conversation_id: UUID,
        *,
        message: str,
        once: IdempotencyKey | None,
    ) -> ConversationView:
        """A further message of the buyer; it reopens the conversation."""
        _, buyer = await self._order_of(actor, organizer_id, order_id)
        body = rules.clean_message(message)
        async with self._db.begin(organizer_id) as tx:
            if replay := await tx.claim(once, ConversationView):
                return replay
            conversation = await threads.lock(tx, organizer_id, conversation_id)
            if conversation.order_id != order_id:
                raise NotFound
            await _keep_pace(tx, organizer_id, order_id)
            conversation.buyer_name, conversation.buyer_email = buyer.name, buyer.email
            said = await threads.say(tx, conversation, author="buyer", name=buyer.name, body=body)
            tx.tell(
                MessagePosted(
                    organizer_id=organizer_id,
                    conversation_id=conversation_id,
                    message_id=said.id,
                    author="buyer",
                )
            )
            return await tx.keep(once, await threads.view(tx, conversation), status=201)

    async def _order_of(
        self, actor: Actor, organizer_id: UUID, order_id: UUID
    ) -> tuple[OrderView, BuyerView]:
        holder = msgspec.structs.replace(actor, memberships=(), platform_admin=False)
        order = await self._bookings.order_for(holder, organizer_id, order_id)
        if order.buyer is None:
            raise rules.BuyerUnknown
        return order, order.buyer


async def _keep_pace(tx: Transaction, organizer_id: UUID, order_id: UUID) -> None:
    """Messages of one order's holder queue up here, so that each sees those before it."""
    await tx.connection.exec_driver_sql(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        (f"support:{organizer_id}:{order_id}",),
    )
    recent, oldest = await threads.recent_pace(tx, organizer_id, order_id)
    rules.check_pace(recent, oldest=oldest, now=await tx.now())


async def _count(tx: Transaction, organizer_id: UUID, order_id: UUID) -> int:
    return (
        await tx.session.scalar(
            select(func.count()).where(
                Conversation.organizer_id == organizer_id, Conversation.order_id == order_id
            )
        )
        or 0
    )


async def _begin(
    tx: Transaction, organizer_id: UUID, order: OrderView, buyer: BuyerView, subject: str
) -> Conversation:
    now = await tx.now()
    conversation = Conversation(
        organizer_id=organizer_id,
        id=new_id(),
        order_id=order.id,
        order_code=order.code,
        buyer_name=buyer.name,
        buyer_email=buyer.email,
        subject=subject,
        status="open",
        preview="",
        message_count=0,
        opened_at=now,
        updated_at=now,
    )
    tx.session.add(conversation)
    await tx.session.flush()
    return conversation
