"""The organizer's side: the inbox, and answering."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.permissions import Permission
from boxoffice.services.support import rules, threads
from boxoffice.services.support.facts import MessagePosted
from boxoffice.services.support.tables import Conversation
from boxoffice.services.support.views import ConversationRow, ConversationView
from boxoffice.services.users.api import Users


class Inbox:
    """What a member with the support permission may do; strangers get `NotFound`."""

    def __init__(self, db: Database, users: Users) -> None:
        self._db = db
        self._users = users

    async def page(
        self,
        actor: Actor,
        organizer_id: UUID,
        *,
        status: rules.Status | None,
        limit: int,
        cursor: str | None,
    ) -> Page[ConversationRow]:
        """Conversations, the one that changed last first."""
        actor.demand(Permission.SUPPORT, organizer_id)
        check_limit(limit)
        wanted = _newest_first(organizer_id, status=status, after=cursor).limit(limit + 1)
        async with self._db.begin(organizer_id) as tx:
            rows = (await tx.session.scalars(wanted)).all()
        return page_of([_row(row) for row in rows], limit=limit, position=_position)

    async def get(
        self, actor: Actor, organizer_id: UUID, conversation_id: UUID
    ) -> ConversationView:
        """One conversation with its messages."""
        actor.demand(Permission.SUPPORT, organizer_id)
        async with self._db.begin(organizer_id) as tx:
            return await threads.view(tx, await threads.find(tx, organizer_id, conversation_id))

    async def reply(
        self,
        actor: Actor,
        organizer_id: UUID,
        conversation_id: UUID,
        *,
        message: str,
        once: IdempotencyKey | None,
    ) -> ConversationView:
        """Answer in the organizer's name; the conversation then waits for the buyer."""
        actor.demand(Permission.SUPPORT, organizer_id)
        body = rules.clean_message(message)
        organizer = await self._users.organizer(organizer_id)
        async with self._db.begin(organizer_id) as tx:
            if replay := await tx.claim(once, ConversationView):
                return replay
            conversation = await threads.lock(tx, organizer_id, conversation_id)
            said = await threads.say(
                tx, conversation, author="organizer", name=organizer.name, body=body
            )
            tx.tell(
                MessagePosted(
                    organizer_id=organizer_id,
                    conversation_id=conversation_id,
                    message_id=said.id,
                    author="organizer",
                )
            )
            tx.audit("conversation.answered", actor=actor, subject=f"message:{said.id}")
            return await tx.keep(once, await threads.view(tx, conversation), status=201)

    async def change(
        self, actor: Actor, organizer_id: UUID, conversation_id: UUID, *, status: rules.Status
    ) -> ConversationView:
        """Say by hand whose turn it is, or that it is resolved. The same again changes nothing."""
        actor.demand(Permission.SUPPORT, organizer_id)
        async with self._db.begin(organizer_id) as tx:
            conversation = await threads.lock(tx, organizer_id, conversation_id)
            if conversation.status != status:
                tx.audit(
                    "conversation.changed",
                    actor=actor,
                    subject=f"conversation:{conversation_id}",
                    changes={"status": [conversation.status, status]},
                )
                conversation.status, conversation.updated_at = status, await tx.now()
            return await threads.view(tx, conversation)


def _newest_first(organizer_id: UUID, *, status: rules.Status | None, after: str | None) -> Any:
    wanted = select(Conversation).where(Conversation.organizer_id == organizer_id)
    if status is not None:
        wanted = wanted.where(Conversation.status == status)
    if after is not None:
        at, last = decode_cursor(after, tuple[datetime, UUID])
        wanted = wanted.where(tuple_(Conversation.updated_at, Conversation.id) < tuple_(at, last))
    return wanted.order_by(Conversation.updated_at.desc(), Conversation.id.desc())


def _row(row: Conversation) -> ConversationRow:
    return ConversationRow(
        id=row.id,
        subject=row.subject,
        status=row.status,
        order_code=row.order_code,
        buyer_name=row.buyer_name,
        preview=row.preview,
        updated_at=row.updated_at,
        waiting_for=rules.waiting_for(row.status),
    )


def _position(row: ConversationRow) -> tuple[datetime, UUID]:
    return row.updated_at, row.id
