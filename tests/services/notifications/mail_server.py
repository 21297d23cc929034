"""A real SMTP server on this loop that can be told to misbehave."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope


class MailServer:
    """`taken` is what it took over, as it came.

    `answers` go to the next messages instead of yes; `rejects` are recipients it never takes and
    `greylists` recipients it takes later. While `yes` is not set, what was taken is not confirmed.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.answers: list[str] = []
        self.down = False
        self.sender_answer = "250 OK"
        self.rejects: set[str] = set()
        self.greylists: set[str] = set()
        self.yes = asyncio.Event()
        self.yes.set()
        self.port = 0
        self.connections = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """What it took for that mailbox, first first."""
        return [message for recipient, message in self.taken if recipient == address]

    @property
    def recipients(self) -> Counter[str]:
        return Counter(recipient for recipient, _ in self.taken)

    async def handle_MAIL(  # noqa: N802  # the names that the server calls
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.rejects:
            return "550 5.1.1 no such mailbox"
        if address in self.greylists:
            return "450 4.2.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.down:
            return "451 4.3.0 no space"
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        self.taken.extend((recipient, message) for recipient in envelope.rcpt_tos)
        await self.yes.wait()
        return "250 taken"


@asynccontextmanager
async def running_mail_server() -> AsyncIterator[MailServer]:
    mail_server, transports = MailServer(), list[asyncio.BaseTransport]()

    class Connection(SMTP):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            transports.append(transport)
            mail_server.connections += 1
            super().connection_made(transport)

    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(mail_server, hostname="mail.test"), host="127.0.0.1", port=0
    )
    mail_server.port = server.sockets[0].getsockname()[1]
    try:
        yield mail_server
    finally:
        server.close()
        mail_server.yes.set()
        for transport in transports:
            transport.close()
        await asyncio.sleep(0)
