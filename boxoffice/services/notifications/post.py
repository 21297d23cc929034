"""The post: letters to people about facts, each once, and the book says what became of them."""

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import UUID

import msgspec
import structlog

from boxoffice.data.deliveries import AlreadyDone
from boxoffice.kernel.refusals import Invalid
from boxoffice.services.notifications.deliveries import Deliveries, Intent, Settled
from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.mail.letters import Letter
from boxoffice.services.notifications.mail.message import (
    Attachment,
    Envelope,
    InlineImage,
    build_message,
)
from boxoffice.services.notifications.mail.render import render
from boxoffice.services.notifications.mail.transport import Mailer, MailRejected

# Seconds an attempt may last; `deliveries.LEASE` is longer.
PATIENCE = 60.0

log = structlog.get_logger(__name__)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A letter, and to whom about which fact. Drafts with the same `thread` belong together."""

    organizer_id: UUID | None
    fact_id: UUID
    recipient: Mailbox
    template: str
    letter: Letter
    attachments: tuple[Attachment, ...] = ()
    images: tuple[InlineImage, ...] = ()
    thread: UUID | None = None


class Post:
    """Renders, writes down the attempt, sends, and writes down the outcome."""

    def __init__(self, deliveries: Deliveries, mailer: Mailer, *, sender: Mailbox) -> None:
        self._deliveries = deliveries
        self._mailer = mailer
        self._sender = sender

    async def send(self, *drafts: Draft) -> None:
        """Send each, whatever becomes of the others; the first failure is raised at the end.

        Who has the letter gets it no second time: `AlreadyDone` if that is so of all. What the mail
        server rejects for good is recorded and no failure; everything else is, and the next attempt
        takes up where this one failed.
        """
        results = [await self._outcome(draft) for draft in drafts]
        for failure in results:
            if isinstance(failure, Exception) and not isinstance(failure, Settled):
                raise failure
        if results and all(isinstance(result, Settled) for result in results):
            raise AlreadyDone

    async def _outcome(self, draft: Draft) -> Exception | None:
        try:
            await self._send(draft)
        except Exception as failure:  # noqa: BLE001  # one person's trouble is not another's
            return failure
        return None

    async def _send(self, draft: Draft) -> None:
        intent = Intent(
            organizer_id=draft.organizer_id,
            fact_id=draft.fact_id,
            template=draft.template,
            address=draft.recipient.address,
        )
        written = await asyncio.to_thread(self._write, draft, self._deliveries.message_id(intent))
        claimed = await self._deliveries.claim(intent)
        try:
            await self._hand_over(written)
        except (MailRejected, Invalid) as refusal:
            log.warning("mail_rejected", template=draft.template, reason=refusal.text)
            await self._deliveries.record_rejected(claimed, refusal.text)
        except Exception as error:
            await self._deliveries.record_failed(claimed, f"{type(error).__name__}: {error}")
            raise
        else:
            await self._deliveries.record_sent(claimed)

    def _write(self, draft: Draft, message_id: str) -> EmailMessage | Invalid:
        """The message; or why there can be none, which is for the book to say."""
        envelope = Envelope(
            sender=self._sender,
            recipient=draft.recipient,
            message_id=message_id,
            sent_at=datetime.now(UTC),
        )
        mail = render(draft.template, draft.letter)
        try:
            message = build_message(
                mail, envelope, attachments=draft.attachments, images=draft.images
            )
        except Invalid as refusal:
            return refusal
        if draft.thread is not None:
            message["References"] = self._deliveries.thread_id(draft.thread)
        return message

    async def _hand_over(self, written: EmailMessage | Invalid) -> None:
        if isinstance(written, Invalid):
            raise written
        async with asyncio.timeout(PATIENCE):
            await self._mailer.send(written)
