"""The mail that a development installation catches."""

import asyncio
import re
from email.utils import parseaddr
from typing import Any

import httpx2

_PATIENCE = 40.0
_LINK = re.compile(r"https?://\S+")


class Mailbox:
    """Everybody's mailbox: whoever reads it names whose mail they want."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def mail(self, to: str, *, about: str = "") -> dict[str, Any]:
        """The newest mail to `to` whose subject contains `about`, once it has arrived."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                if found := await self._newest(to, about):
                    return found
                await asyncio.sleep(0.2)

    async def link(self, to: str, *, about: str = "", path: str) -> str:
        """The first address in that mail's text that leads to `path`."""
        text = str((await self.mail(to, about=about))["text"])
        return next(link for link in _LINK.findall(text) if path in link)

    async def attachment(self, mail: dict[str, Any], name: str) -> bytes:
        """The content of the attachment whose name ends with `name`."""
        found = next(file for file in mail["attachments"] if file["name"].endswith(name))
        answer = await self._client.get(found["url"])
        return answer.raise_for_status().content

    async def _newest(self, to: str, about: str) -> dict[str, Any] | None:
        listed = await self._client.get("/api/v1/dev/mail", params={"limit": 100})
        for row in listed.raise_for_status().json()["items"]:
            if parseaddr(row["to"])[1] == to and about in row["subject"]:
                found = await self._client.get(f"/api/v1/dev/mail/{row['id']}")
                return found.raise_for_status().json()
        return None
