"""Mail that found no SMTP server, kept as it would have gone out. Development only."""

from base64 import b64encode
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, tuple_

from boxoffice.data.postgres import Database
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.notifications.tables import KeptMail

KEPT_FOR = timedelta(days=7)
_REASON = "mail caught in development"


class CaughtMailRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list."""

    id: UUID
    to: str
    subject: str
    sent_at: datetime
    attachments: int


class CaughtAttachment(msgspec.Struct, frozen=True, kw_only=True):
    """`size` in bytes; `url` gives the file."""

    name: str
    content_type: str
    size: int
    url: str


class CaughtMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as its reader sees it; `html` may say anything, so show it in a sandbox."""

    id: UUID
    to: str
    sender: str
    subject: str
    sent_at: datetime
    text: str
    html: str | None
    attachments: list[CaughtAttachment]


class AttachedFile(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    content_type: str
    content: bytes


class CaughtMailer:
    """Takes mail like an SMTP server does, and shows it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def send(self, message: EmailMessage) -> None:
        """Keep the message."""
        kept = KeptMail(
            recipient=message["To"],
            subject=message["Subject"],
            attachments=len(_files(message)),
            source=message.as_bytes(),
        )
        async with self._db.begin_as_platform(_REASON) as tx:
            tx.session.add(kept)

    async def close(self) -> None:
        """Nothing is open; it is here because every mailer has it."""

    async def page(self, *, limit: int, cursor: str | None) -> Page[CaughtMailRow]:
        """The newest mail first."""
        check_limit(limit)
        wanted = select(KeptMail).order_by(KeptMail.caught_at.desc(), KeptMail.id.desc())
        if cursor is not None:
            at, last = decode_cursor(cursor, tuple[datetime, UUID])
            wanted = wanted.where(tuple_(KeptMail.caught_at, KeptMail.id) < tuple_(at, last))
        async with self._db.begin_as_platform(_REASON) as tx:
            rows = (await tx.session.scalars(wanted.limit(limit + 1))).all()
        return page_of([_row(row) for row in rows], limit=limit, position=_position)

    async def get(self, mail_id: UUID) -> CaughtMail:
        """One mail, or `NotFound`."""
        kept = await self._kept(mail_id)
        message = _parsed(kept)
        return CaughtMail(
            id=kept.id,
            to=kept.recipient,
            sender=str(message["From"]),
            subject=kept.subject,
            sent_at=kept.caught_at,
            text=_body(message, "plain") or "",
            html=_html(message),
            attachments=[
                CaughtAttachment(
                    name=file.name,
                    content_type=file.content_type,
                    size=len(file.content),
                    url=f"/api/v1/dev/mail/{mail_id}/attachments/{number}",
                )
                for number, file in enumerate(_files(message), start=1)
            ],
        )

    async def attachment(self, mail_id: UUID, number: int) -> AttachedFile:
        """The attachment with that number, counted from 1; or `NotFound`."""
        files = _files(_parsed(await self._kept(mail_id)))
        if not 1 <= number <= len(files):
            raise NotFound
        return files[number - 1]

    async def forget_old(self) -> None:
        """Delete what is past its time."""
        async with self._db.begin_as_platform(_REASON) as tx:
            await tx.connection.execute(
                delete(KeptMail).where(KeptMail.caught_at < func.clock_timestamp() - KEPT_FOR)
            )

    async def _kept(self, mail_id: UUID) -> KeptMail:
        async with self._db.begin_as_platform(_REASON) as tx:
            kept = await tx.session.get(KeptMail, mail_id)
        if kept is None:
            raise NotFound
        return kept


def _parsed(kept: KeptMail) -> EmailMessage:
    message = message_from_bytes(kept.source, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  # the policy decides the class
    return message


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body(preferencelist=(kind,))
    return None if part is None else part.get_content()


def _html(message: EmailMessage) -> str | None:
    """With the pictures it refers to inside it, because a browser cannot follow `cid:`."""
    html = _body(message, "html")
    if html is None:
        return None
    for part in message.walk():
        content_id = part["Content-ID"]
        if content_id and part.get_content_maintype() == "image":
            picture = b64encode(_content(part)).decode()
            html = html.replace(
                f"cid:{content_id.strip('<>')}", f"data:{part.get_content_type()};base64,{picture}"
            )
    return html


def _files(message: EmailMessage) -> list[AttachedFile]:
    return [_file(part) for part in message.iter_attachments()]


def _file(part: MIMEPart) -> AttachedFile:
    return AttachedFile(
        name=part.get_filename() or "attachment",
        content_type=part.get_content_type(),
        content=_content(part),
    )


def _content(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _row(kept: KeptMail) -> CaughtMailRow:
    return CaughtMailRow(
        id=kept.id,
        to=kept.recipient,
        subject=kept.subject,
        sent_at=kept.caught_at,
        attachments=kept.attachments,
    )


def _position(row: CaughtMailRow) -> tuple[datetime, UUID]:
    return row.sent_at, row.id
