"""The address of a mail server: `smtp://user:password@host:587` or `smtps://…`."""

from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

import msgspec

_PORTS = {"smtp": 25, "smtps": 465}


class BadSmtpUrl(ValueError):
    """The sentence says what is wrong with the URL, without repeating its password."""


class SmtpServer(msgspec.Struct, frozen=True, kw_only=True):
    """`tls`: from the first byte. Else it is used as soon as the server offers it."""

    host: str
    port: int
    tls: bool
    username: str = ""
    password: str = ""

    @classmethod
    def parse(cls, url: str) -> Self:
        """Name and password may be percent-encoded; ports default to 25 and 465."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS:
            raise BadSmtpUrl("The URL of the mail server begins with smtp:// or smtps://.")
        if not parts.hostname:
            raise BadSmtpUrl("The URL of the mail server names no host.")
        try:
            port = parts.port or _PORTS[parts.scheme]
        except ValueError:
            raise BadSmtpUrl("The port of the mail server is not a number up to 65535.") from None
        return cls(
            host=parts.hostname,
            port=port,
            tls=parts.scheme == "smtps",
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    @property
    def is_this_machine(self) -> bool:
        """Whether nobody in between can listen."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False
