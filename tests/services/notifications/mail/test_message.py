"""One recipient and only our headers, whatever people are called."""

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest

from boxoffice.services.notifications.mail.addresses import BadAddress, Mailbox, UnsafeHeader
from boxoffice.services.notifications.mail.message import (
    Attachment,
    Envelope,
    InlineImage,
    build_message,
    calendar_attachment,
    tickets_attachment,
)
from boxoffice.services.notifications.mail.render import RenderedMail

MAIL = RenderedMail(subject="Your tickets", html="<p>Grüße</p>", text="Grüße\n")
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
]  # fmt: skip
BREAKS = [
    "\r\n",
    "\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\0",
    "\n\t",
    "\r\n ",
]
PAYLOADS = ["Bcc: eve@evil.example", "\r\nX: y", "Content-Type: text/html\r\n\r\n<b>", "."]

NAMES = [
    "Ünïcödé 漢字 🎉",
    'O\'Brien, "Bob" <x@evil.example>',
    "a@evil.example",
    "=?utf-8?q?=0ABcc:_eve?=",
    "=?utf-8?b?CkJjYzogZXZlQGV2aWwuZXhhbXBsZQ==?=",
    ";:,()[]\\",
    "x" * 400,
    "漢" * 200,
    "",
    " ",
    "eve@evil.example, victim",
    "undisclosed: a@b.example;",
    "=?utf-8?b?=?utf-8?b?CkJjYzo=?=?=",
]

NOT_ADDRESSES = [
    "",
    "x",
    "@",
    "a@",
    "@b.example",
    "a b@c.example",
    "a@b@c.example",
    "a@b.example, c@d.example",
    "<a@b.example>",
    "a@b.example>",
    "a@-b.example",
    "a@b..example",
    "a@b.example SIZE=1",
    '"a"@b.example',
    "a@[127.0.0.1]",
    "x" * 65 + "@b.example",
    "a@" + "b." * 130 + "example",
    "a;b@c.example",
    "=?utf-8?b?CkJjYzogZXZlQGV2aWwuZXhhbXBsZQ==?=@b.example",
]


def envelope(
    *,
    recipient: Mailbox = Mailbox("selma@example.org", "Selma Nangombe"),  # noqa: B008 - frozen
    sender: Mailbox = Mailbox("tickets@example.org", "Boxoffice"),  # noqa: B008 - frozen
    message_id: str = "<abc123@tickets.example>",
) -> Envelope:
    sent_at = datetime(2027, 1, 1, 12, tzinfo=UTC)
    return Envelope(sender=sender, recipient=recipient, message_id=message_id, sent_at=sent_at)


def received(message: EmailMessage) -> EmailMessage:
    """What another program reads from the bytes."""
    parsed = email.message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def recipients(message: EmailMessage) -> list[str]:
    return [
        address.addr_spec
        for header in ("To", "Cc", "Bcc", "Resent-To")
        for value in message.get_all(header, [])
        for address in value.addresses
    ]


def test_a_message_has_both_parts_its_files_and_its_pictures() -> None:
    message = received(
        build_message(
            MAIL,
            envelope(),
            attachments=[
                tickets_attachment(b"%PDF-1.7 \x00\xff", "7KQ2M8XD"),
                calendar_attachment(b"BEGIN:VCALENDAR\r\n", "7KQ2M8XD"),
            ],
            images=[
                InlineImage(content_id="ticket-1@boxoffice", content=b"\x89PNG1"),
                InlineImage(content_id="ticket-2@boxoffice", content=b"\x89PNG2"),
            ],
        )
    )
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "image/png",
        "application/pdf",
        "text/calendar",
    ]
    text, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert text.get_content().strip() == "Grüße"
    assert page.get_content().strip() == "<p>Grüße</p>"
    pdf, calendar = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("7KQ2M8XD.pdf", b"%PDF-1.7 \x00\xff")
    assert calendar.get_filename() == "7KQ2M8XD.ics"
    assert calendar["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    ids = [part["Content-ID"] for part in message.walk() if part["Content-ID"]]
    assert ids == ["<ticket-1@boxoffice>", "<ticket-2@boxoffice>"]


def test_its_headers_are_ours_and_the_same_at_every_attempt() -> None:
    first, second = (received(build_message(MAIL, envelope())) for _ in range(2))
    assert first.keys() == HEADERS
    assert first["Message-ID"] == second["Message-ID"] == "<abc123@tickets.example>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Date"] == "Fri, 01 Jan 2027 12:00:00 +0000"
    assert recipients(first) == ["selma@example.org"]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("line_break", BREAKS, ids=repr)
def test_a_line_break_in_any_header_is_refused(line_break: str, payload: str) -> None:
    bad = f"x{line_break}{payload}"
    png = InlineImage(content_id=bad, content=b"")
    file = Attachment(name=bad, content_type="application/pdf", content=b"")
    kind = Attachment(name="x", content_type=f"text/plain{line_break}{payload}", content=b"")
    for make in (
        lambda: build_message(RenderedMail(subject=bad, html="", text=""), envelope()),
        lambda: build_message(MAIL, envelope(recipient=Mailbox("a@example.org", bad))),
        lambda: build_message(MAIL, envelope(recipient=Mailbox(f"a@example.org{bad}"))),
        lambda: build_message(MAIL, envelope(sender=Mailbox("a@example.org", bad))),
        lambda: build_message(MAIL, envelope(message_id=f"<a@b{bad}>")),
        lambda: build_message(MAIL, envelope(), attachments=[file]),
        lambda: build_message(MAIL, envelope(), attachments=[kind]),
        lambda: build_message(MAIL, envelope(), images=[png]),
        lambda: Mailbox.parse(f"Box <a@example.org>{bad}"),
    ):
        with pytest.raises(UnsafeHeader):
            make()


@pytest.mark.parametrize("name", NAMES)
def test_any_name_on_one_line_goes_to_one_mailbox(name: str) -> None:
    message = received(
        build_message(
            RenderedMail(subject=name or "x", html="", text=""),
            envelope(recipient=Mailbox("selma@example.org", name)),
        )
    )
    assert recipients(message) == ["selma@example.org"]
    assert message.keys() == HEADERS


@pytest.mark.parametrize("address", NOT_ADDRESSES)
def test_what_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        build_message(MAIL, envelope(recipient=Mailbox(address)))


def test_a_domain_in_any_script_is_written_in_ascii() -> None:
    message = build_message(MAIL, envelope(recipient=Mailbox("selma@bücher.example")))
    assert recipients(received(message)) == ["selma@xn--bcher-kva.example"]


def test_the_sender_of_the_settings_may_have_a_name() -> None:
    assert Mailbox.parse("Box Office <t@example.org>") == Mailbox("t@example.org", "Box Office")
    assert Mailbox.parse("t@example.org") == Mailbox("t@example.org")
