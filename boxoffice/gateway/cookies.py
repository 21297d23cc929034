"""The product's cookies: their names, and how they are read and written.

`__Host-` binds a cookie to this host and demands Secure, so no subdomain can plant one. Plain-HTTP
localhost cannot set such cookies; there the names go without the prefix.
"""

from typing import Self

import msgspec

from boxoffice.gateway.settings import GatewaySettings


class Cookies(msgspec.Struct, frozen=True, kw_only=True):
    """The names, and the attributes that all of them share."""

    session: str
    refresh: str
    visitor: str
    csrf: str
    attributes: str

    @classmethod
    def of(cls, settings: GatewaySettings) -> Self:
        prefix, secure = ("", "") if settings.plain_localhost else ("__Host-", "; Secure")
        return cls(
            session=f"{prefix}boxoffice_session",
            refresh=f"{prefix}boxoffice_refresh",
            visitor=f"{prefix}boxoffice_visitor",
            csrf=f"{prefix}boxoffice_csrf",
            attributes=f"; Path=/; SameSite=Lax{secure}",
        )

    def hidden(self, name: str, value: str, *, seconds: int) -> tuple[bytes, bytes]:
        """A Set-Cookie header that scripts cannot read."""
        return _header(f"{name}={value}; Max-Age={seconds}{self.attributes}; HttpOnly")

    def readable(self, name: str, value: str, *, seconds: int) -> tuple[bytes, bytes]:
        """A Set-Cookie header for a value that scripts need."""
        return _header(f"{name}={value}; Max-Age={seconds}{self.attributes}")


def _header(text: str) -> tuple[bytes, bytes]:
    return b"set-cookie", text.encode("ascii")


def read_cookies(header: bytes | None) -> dict[str, str]:
    """The cookies of a request; of two with one name the first, as browsers put the closest path
    first.
    """
    if not header:
        return {}
    cookies: dict[str, str] = {}
    for part in header.decode("latin-1").split(";"):
        name, separator, value = part.strip().partition("=")
        if separator:
            cookies.setdefault(name, value.strip('"'))
    return cookies
