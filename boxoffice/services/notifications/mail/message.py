"""From a rendered mail to the message that leaves: headers, both bodies, attachments."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

import msgspec

from boxoffice.services.notifications.mail.addresses import (
    BadAddress,
    Mailbox,
    UnsafeHeader,
    safe,
)
from boxoffice.services.notifications.mail.render import RenderedMail

_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
_CONTENT_TYPE = re.compile(r"([a-z]+)/([a-z0-9.+-]+)")


class _Headers(HeaderRegistry):
    """The standard one makes a class anew for every header: a third of a message's cost."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[Any]] = {}

    def __getitem__(self, name: str) -> type[Any]:
        key = name.lower()
        if key not in self._made:
            self._made[key] = super().__getitem__(key)
        return self._made[key]


_POLICY = SMTP.clone(header_factory=_Headers())


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """`message_id`, with its angle brackets, is the delivery's: the same at every attempt."""

    sender: Mailbox
    recipient: Mailbox
    message_id: str
    sent_at: datetime


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file; `content_type` like `application/pdf`, with `parameters` beside it."""

    name: str
    content_type: str
    content: bytes
    parameters: dict[str, str] = {}


class InlineImage(msgspec.Struct, frozen=True, kw_only=True):
    """A PNG that the HTML shows as `cid:{content_id}`; the id looks like `ticket-1@boxoffice`."""

    content_id: str
    content: bytes


def tickets_attachment(pdf: bytes, order_code: str) -> Attachment:
    return Attachment(name=f"{order_code}.pdf", content_type="application/pdf", content=pdf)


def calendar_attachment(file: bytes, order_code: str) -> Attachment:
    return Attachment(
        name=f"{order_code}.ics",
        content_type="text/calendar",
        content=file,
        parameters={"method": "PUBLISH", "charset": "utf-8"},
    )


def build_message(
    mail: RenderedMail,
    envelope: Envelope,
    *,
    attachments: Sequence[Attachment] = (),
    images: Sequence[InlineImage] = (),
) -> EmailMessage:
    """The message, to exactly one mailbox.

    Raises `UnsafeHeader` when any header would hold a line break, `BadAddress` for an address that
    is not one.
    """
    message = EmailMessage(policy=_POLICY)
    _set_headers(message, mail.subject, envelope)
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    _show(message, images)
    for attachment in attachments:
        _attach(message, attachment)
    return message


def _set_headers(message: EmailMessage, subject: str, envelope: Envelope) -> None:
    message["From"] = envelope.sender.header()
    message["To"] = to = envelope.recipient.header()
    if message["To"].addresses != (to,):
        raise BadAddress
    message["Subject"] = safe(subject)
    message["Date"] = safe(format_datetime(envelope.sent_at))
    message["Message-ID"] = _matching(_MESSAGE_ID, envelope.message_id)[0]
    # Nobody wrote it by hand: vacation replies and ticket systems must not answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"


def _show(message: EmailMessage, images: Sequence[InlineImage]) -> None:
    html = message.get_body(preferencelist=("html",))
    assert html is not None  # noqa: S101 - set a moment ago
    for image in images:
        content_id = _matching(_MESSAGE_ID, f"<{image.content_id}>")[0]
        html.add_related(
            image.content, maintype="image", subtype="png", cid=content_id, disposition="inline"
        )


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind = _matching(_CONTENT_TYPE, attachment.content_type)
    message.add_attachment(
        attachment.content,
        maintype=kind[1],
        subtype=kind[2],
        filename=safe(attachment.name),
        params={name: safe(value) for name, value in attachment.parameters.items()},
    )


def _matching(pattern: re.Pattern[str], value: str) -> re.Match[str]:
    found = pattern.fullmatch(safe(value))
    if found is None:
        raise UnsafeHeader
    return found
