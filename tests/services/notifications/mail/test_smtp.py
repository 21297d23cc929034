"""Real servers receive what was sent, once, and what they say against it is told apart."""

import asyncio
import contextlib
import email
import ssl
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from boxoffice.services.notifications.mail.addresses import Mailbox
from boxoffice.services.notifications.mail.message import (
    Envelope as MailEnvelope,
)
from boxoffice.services.notifications.mail.message import (
    InlineImage,
    build_message,
    calendar_attachment,
    tickets_attachment,
)
from boxoffice.services.notifications.mail.render import render
from boxoffice.services.notifications.mail.smtp_url import BadSmtpUrl, SmtpServer
from boxoffice.services.notifications.mail.transport import (
    MailRejected,
    MailServerUnavailable,
    SmtpMailer,
)

NewMessage = Callable[..., EmailMessage]


class Inbox:
    """What arrived, and what to answer next time instead of yes."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sessions: set[int] = set()
        self.secured: list[bool] = []
        self.answers: list[str] = []
        self.recipient_answer = "250 OK"
        self.transports: list[asyncio.Transport] = []

    async def handle_RCPT(  # noqa: N802 - the name the server calls
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.envelopes.append(envelope)
        self.sessions.add(session.peer[1])
        self.secured.append(session.ssl is not None)
        assert isinstance(server.transport, asyncio.Transport)
        self.transports.append(server.transport)
        return "250 taken"

    def message(self) -> EmailMessage:
        content = self.envelopes[-1].content
        assert isinstance(content, bytes)
        parsed = email.message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@contextlib.asynccontextmanager
async def smtp_server(inbox: Inbox, **options: Any) -> AsyncIterator[int]:
    """A server on this loop; yields its port."""
    transports: list[asyncio.Transport] = []

    class Server(SMTP):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            transports.append(transport)
            super().connection_made(transport)

    implicit_tls = options.pop("implicit_tls", None)
    server = await asyncio.get_running_loop().create_server(
        lambda: Server(inbox, hostname="mail.test", **options),
        host="127.0.0.1",
        port=0,
        ssl=implicit_tls,
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for transport in transports:
            # Early 3.11 forgets the protocol of a TLS connection that has ended and stumbles here.
            with contextlib.suppress(AttributeError):
                transport.abort()
        await asyncio.sleep(0)


@contextlib.asynccontextmanager
async def mailer(url: str, *, patience: float = 5.0) -> AsyncIterator[SmtpMailer]:
    sending = SmtpMailer(SmtpServer.parse(url), timeout=patience)
    try:
        yield sending
    finally:
        await sending.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def new_message(letters: dict[str, Any]) -> NewMessage:
    def make(number: int = 1) -> EmailMessage:
        return build_message(
            render("order_confirmed", letters["order_confirmed"]),
            MailEnvelope(
                sender=Mailbox("tickets@example.org", "Boxoffice"),
                recipient=Mailbox("selma@example.org", "Selma 北京"),
                message_id=f"<delivery-{number}@tickets.example>",
                sent_at=datetime(2027, 1, 1, tzinfo=UTC),
            ),
            attachments=[
                tickets_attachment(b"%PDF-1.7\r\n.\r\n.dots\n\xff", "7KQ2M8XD"),
                calendar_attachment(b"BEGIN:VCALENDAR\r\n", "7KQ2M8XD"),
            ],
            images=[InlineImage(content_id="ticket-1@boxoffice", content=b"\x89PNG")],
        )

    return make


async def test_a_mail_arrives_with_both_parts_and_its_files(
    inbox: Inbox, new_message: NewMessage
) -> None:
    async with smtp_server(inbox) as port, mailer(f"smtp://127.0.0.1:{port}") as sending:
        await sending.send(new_message())
    envelope, message = inbox.envelopes[0], inbox.message()
    assert envelope.mail_from == "tickets@example.org"
    assert envelope.rcpt_tos == ["selma@example.org"]
    assert message["Message-ID"] == "<delivery-1@tickets.example>"
    text, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert "EUR 84.00" in text.get_content()
    assert "EUR 84.00" in page.get_content()
    pdf, calendar = message.iter_attachments()
    assert pdf.get_content() == b"%PDF-1.7\r\n.\r\n.dots\n\xff"
    assert calendar.get_content_type() == "text/calendar"


async def test_many_mails_share_one_connection_and_keep_their_order(
    inbox: Inbox, new_message: NewMessage
) -> None:
    async with smtp_server(inbox) as port, mailer(f"smtp://127.0.0.1:{port}") as sending:
        await asyncio.gather(*(sending.send(new_message(number)) for number in range(8)))
    assert len(inbox.envelopes) == 8
    assert len(inbox.sessions) == 1


async def test_a_connection_that_the_server_dropped_is_renewed(
    inbox: Inbox, new_message: NewMessage
) -> None:
    async with smtp_server(inbox) as port, mailer(f"smtp://127.0.0.1:{port}") as sending:
        await sending.send(new_message(1))
        inbox.transports[-1].close()
        await sending.send(new_message(2))
    assert len(inbox.envelopes) == 2
    assert len(inbox.sessions) == 2


@pytest.mark.parametrize("answer", ["550 no such user", "553 not here"])
async def test_a_recipient_refused_for_good_is_not_tried_again(
    inbox: Inbox, new_message: NewMessage, answer: str
) -> None:
    inbox.recipient_answer = answer
    async with smtp_server(inbox) as port, mailer(f"smtp://127.0.0.1:{port}") as sending:
        with pytest.raises(MailRejected) as refused:
            await sending.send(new_message())
        inbox.recipient_answer = "250 OK"
        await sending.send(new_message())
    assert refused.value.facts == {"smtp_codes": [int(answer[:3])]}
    assert len(inbox.envelopes) == 1


async def test_what_the_server_refuses_for_now_may_be_tried_later(
    inbox: Inbox, new_message: NewMessage
) -> None:
    inbox.answers = ["451 try later", "554 spam"]
    async with smtp_server(inbox) as port, mailer(f"smtp://127.0.0.1:{port}") as sending:
        with pytest.raises(MailServerUnavailable):
            await sending.send(new_message())
        with pytest.raises(MailRejected):
            await sending.send(new_message())
        await sending.send(new_message())
    assert len(inbox.envelopes) == 1


async def test_no_server_means_later(new_message: NewMessage) -> None:
    async with mailer("smtp://127.0.0.1:1") as sending:
        with pytest.raises(MailServerUnavailable):
            await sending.send(new_message())


async def test_a_server_that_says_nothing_costs_no_more_than_the_timeout(
    new_message: NewMessage,
) -> None:
    connected: list[asyncio.StreamWriter] = []

    async def silence(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.append(writer)

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, mailer(f"smtp://127.0.0.1:{port}", patience=0.2) as sending:
        with pytest.raises(MailServerUnavailable):
            async with asyncio.timeout(3):
                await sending.send(new_message())
        for writer in connected:
            writer.close()


async def test_giving_up_in_the_middle_spoils_only_that_connection(
    inbox: Inbox, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = asyncio.Event()

    async def hold(_server: SMTP, _session: Any, _envelope: Envelope) -> str:
        await held.wait()
        return "250 too late"

    takes = inbox.handle_DATA
    monkeypatch.setattr(inbox, "handle_DATA", hold)
    async with smtp_server(inbox) as port, mailer(f"smtp://127.0.0.1:{port}") as sending:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await sending.send(new_message(1))
        monkeypatch.setattr(inbox, "handle_DATA", takes)
        await sending.send(new_message(2))
        held.set()
    assert inbox.message()["Message-ID"] == "<delivery-2@tickets.example>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for `localhost` that signs itself, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.mark.usefixtures("trusted")
async def test_tls_is_used_as_soon_as_it_is_offered(
    inbox: Inbox, new_message: NewMessage, server_tls: ssl.SSLContext
) -> None:
    async with (
        smtp_server(inbox, tls_context=server_tls) as port,
        mailer(f"smtp://localhost:{port}") as sending,
    ):
        await sending.send(new_message())
    assert inbox.secured == [True]


@pytest.mark.usefixtures("trusted")
async def test_smtps_is_encrypted_from_the_first_byte(
    inbox: Inbox, new_message: NewMessage, server_tls: ssl.SSLContext
) -> None:
    async with (
        smtp_server(inbox, implicit_tls=server_tls) as port,
        mailer(f"smtps://localhost:{port}") as sending,
    ):
        await sending.send(new_message())
    assert len(inbox.envelopes) == 1


async def test_a_certificate_that_nobody_vouches_for_stops_the_mail(
    inbox: Inbox, new_message: NewMessage, server_tls: ssl.SSLContext
) -> None:
    async with (
        smtp_server(inbox, tls_context=server_tls) as port,
        mailer(f"smtp://localhost:{port}") as sending,
    ):
        with pytest.raises(MailServerUnavailable):
            await sending.send(new_message())
    assert not inbox.envelopes


@pytest.mark.usefixtures("trusted")
async def test_name_and_password_open_the_server(
    inbox: Inbox, new_message: NewMessage, server_tls: ssl.SSLContext
) -> None:
    def authenticate(_s: Any, _se: Any, _e: Any, _mechanism: str, given: Any) -> AuthResult:
        welcome = (given.login, given.password) == (b"box", b"p@ss")
        return AuthResult(success=welcome, handled=False)

    options = {"authenticator": authenticate, "auth_required": True, "tls_context": server_tls}
    async with smtp_server(inbox, **options) as port:
        async with mailer(f"smtp://box:p%40ss@localhost:{port}") as sending:
            await sending.send(new_message())
        async with mailer(f"smtp://box:wrong@localhost:{port}") as sending:
            with pytest.raises(MailServerUnavailable, match="name and password"):
                await sending.send(new_message())
    assert len(inbox.envelopes) == 1


async def test_a_password_never_crosses_the_network_in_the_clear(
    inbox: Inbox, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmtpServer, "is_this_machine", False)
    async with (
        smtp_server(inbox, auth_require_tls=False) as port,
        mailer(f"smtp://box:secret@127.0.0.1:{port}") as sending,
    ):
        with pytest.raises(MailServerUnavailable, match="smtps://"):
            await sending.send(new_message())
    assert not inbox.envelopes


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "login"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, False, ("", "")),
        ("smtps://mail.example.org", "mail.example.org", 465, True, ("", "")),
        ("smtp://u%40x:p%3A%2F@mail:587", "mail", 587, False, ("u@x", "p:/")),
        ("smtps://[::1]:2465/", "::1", 2465, True, ("", "")),
    ],
)
def test_a_url_says_all_about_the_server(
    url: str, host: str, port: int, tls: bool, login: tuple[str, str]
) -> None:
    server = SmtpServer.parse(url)
    assert (server.host, server.port, server.tls) == (host, port, tls)
    assert (server.username, server.password) == login


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://x", "smtp://", "smtp://u:secret@h:x", "smtp://h:99999"]
)
def test_a_url_that_is_none_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(BadSmtpUrl) as complaint:
        SmtpServer.parse(url)
    assert "secret" not in str(complaint.value)


@pytest.mark.parametrize(
    ("host", "near"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("mail", False)],
)
def test_only_this_machine_is_this_machine(host: str, near: bool) -> None:
    assert SmtpServer(host=host, port=25, tls=False).is_this_machine is near
