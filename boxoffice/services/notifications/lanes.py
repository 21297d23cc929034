"""Several connections to one mail server.

A mail is five messages to and fro: one connection to a server 20 ms away carries ten a second.
The lane used last is used next, so that no more are opened than there are mails at a time.
"""

import asyncio
from email.message import EmailMessage

from boxoffice.services.notifications.mail.smtp_url import SmtpServer
from boxoffice.services.notifications.mail.transport import SmtpMailer

LANES = 6


class MailLanes:
    """Sends up to `LANES` messages at a time."""

    def __init__(self, server: SmtpServer) -> None:
        self._lanes = [SmtpMailer(server) for _ in range(LANES)]
        self._idle = asyncio.LifoQueue[SmtpMailer]()
        for lane in self._lanes:
            self._idle.put_nowait(lane)

    async def send(self, message: EmailMessage) -> None:
        """As `SmtpMailer.send`, once a lane is idle."""
        lane = await self._idle.get()
        try:
            await lane.send(message)
        finally:
            self._idle.put_nowait(lane)

    async def close(self) -> None:
        """Say goodbye on every lane."""
        for lane in self._lanes:
            await lane.close()
