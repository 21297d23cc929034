"""How a message leaves: over SMTP, on one connection that is kept and renewed."""

import asyncio
from email.message import EmailMessage
from typing import Protocol

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from boxoffice.kernel.refusals import Conflict, Unavailable
from boxoffice.services.notifications.mail.smtp_url import SmtpServer

_TIMEOUT_SECONDS = 20.0


class MailRejected(Conflict):
    """The server will never take this message: do not try again."""

    code = "mail_rejected"
    message = "The mail server refused the message; check the address."


class MailServerUnavailable(Unavailable):
    """The message may go out later: try again."""

    code = "mail_server_unavailable"
    message = (
        "The mail server does not answer as it should; check BOXOFFICE_SMTP_URL if this lasts."
    )


class Mailer(Protocol):
    """Whatever takes a message for good: an SMTP server, or the store of caught mail."""

    async def send(self, message: EmailMessage) -> None:
        """Returns once the message is taken over; raises what `SmtpMailer.send` raises."""
        ...


class SmtpMailer:
    """Sends one message after the other. TLS from the start (`smtps://`) or as soon as offered."""

    def __init__(self, server: SmtpServer, *, timeout: float = _TIMEOUT_SECONDS) -> None:
        self._server = server
        self._timeout = timeout
        self._connection: SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, message: EmailMessage) -> None:
        """Raises `MailRejected` for good, `MailServerUnavailable` for now."""
        async with self._turn:
            try:
                await self._send(message)
            except (SMTPException, OSError, TimeoutError) as error:
                raise _refusal(error) from error

    async def close(self) -> None:
        """Say goodbye, if anybody is there."""
        async with self._turn:
            connection, self._connection = self._connection, None
            if connection is not None and connection.is_connected:
                try:
                    await connection.quit()
                except (SMTPException, OSError, TimeoutError):
                    connection.close()

    async def _send(self, message: EmailMessage) -> None:
        """Servers hang up on idle connections: only a kept one earns a second try."""
        if self._connection is not None and self._connection.is_connected:
            try:
                await self._send_on(self._connection, message)
            except SMTPServerDisconnected:
                pass
            else:
                return
        self._connection = await self._connect()
        await self._send_on(self._connection, message)

    async def _send_on(self, connection: SMTP, message: EmailMessage) -> None:
        try:
            await connection.send_message(message)
        except (SMTPResponseException, SMTPRecipientsRefused):
            raise  # refused in good order: the next message may follow
        except BaseException:
            connection.close()  # half a message may be on the line
            raise

    async def _connect(self) -> SMTP:
        server = self._server
        connection = SMTP(
            hostname=server.host, port=server.port, use_tls=server.tls, timeout=self._timeout
        )
        await connection.connect()
        try:
            await self._log_in(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    async def _log_in(self, connection: SMTP) -> None:
        server = self._server
        if not server.username:
            return
        if connection.get_transport_info("sslcontext") is None and not server.is_this_machine:
            raise MailServerUnavailable(
                "The mail server offers no TLS, so the password was not sent; use smtps://."
            )
        await connection.login(server.username, server.password)


def _refusal(error: Exception) -> MailRejected | MailServerUnavailable:
    """For good is only what the server says of this recipient or these contents.

    A refused greeting, sender or password is our configuration: it would lose every mail.
    """
    if isinstance(error, SMTPAuthenticationError):
        return MailServerUnavailable("The mail server does not accept the name and password.")
    if isinstance(error, SMTPRecipientsRefused):
        codes = [recipient.code for recipient in error.recipients]
    elif isinstance(error, SMTPDataError):
        codes = [error.code]
    else:
        codes = []
    if codes and min(codes) >= 500:
        return MailRejected(smtp_codes=codes)
    return MailServerUnavailable()
