"""The post: a rendered mail goes to one person, once, and the book says what became of it."""

import asyncio
from email.message import EmailMessage
from typing import Protocol

from boxoffice.services.notifications.deliveries import Deliveries, Intent

# Seconds an attempt may last; `deliveries.LEASE` is longer.
PATIENCE = 60.0


class Mailer(Protocol):
    """Takes a message over for good, or raises."""

    async def send(self, message: EmailMessage) -> None: ...


class Post:
    """Sends, and writes down the attempt before and its outcome after."""

    def __init__(self, deliveries: Deliveries, mailer: Mailer) -> None:
        self._deliveries = deliveries
        self._mailer = mailer

    async def send(self, intent: Intent, message: EmailMessage) -> None:
        """Hand the message over unless that person has it: `AlreadySent`, `BeingSent`.

        Whatever the mail server says against it is recorded and raised again, so that the job is
        tried later.
        """
        claimed = await self._deliveries.claim(intent)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._mailer.send(message)
        except Exception as error:
            await self._deliveries.record_failed(claimed, f"{type(error).__name__}: {error}")
            raise
        await self._deliveries.record_sent(claimed)
