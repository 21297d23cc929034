"""Visitors: people without an account, known by a signed cookie."""

import base64
import binascii
from functools import lru_cache
from uuid import UUID

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring

PURPOSE = "visitor"
YEAR = 365 * 24 * 3600
REMEMBERED = 8192
_MAC_LENGTH = 16


class Visitors:
    """Makes visitors' cookies and reads them back."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._read = lru_cache(REMEMBERED)(self._verify)

    def read(self, cookie: str | None) -> UUID | None:
        """The visitor a cookie of ours names; None for a forged, foreign or missing one."""
        return None if cookie is None else self._read(cookie)

    def _verify(self, cookie: str) -> UUID | None:
        try:
            raw = base64.b64decode(cookie, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        identity, mac = raw[:16], raw[16:]
        if len(mac) != _MAC_LENGTH or not self._keyring.verifies(PURPOSE, identity, mac):
            return None
        return UUID(bytes=identity)

    def write(self, visitor_id: UUID) -> str:
        """The cookie value that names the visitor."""
        mac = self._keyring.mac(PURPOSE, visitor_id.bytes)[:_MAC_LENGTH]
        return base64.urlsafe_b64encode(visitor_id.bytes + mac).decode("ascii")

    def newcomer(self) -> UUID:
        return new_id()

    def newcomer_with(self, key: str) -> UUID:
        """The same newcomer for the same unguessable idempotency key.

        A first answer may get lost before its cookie arrives. Derived from the key, the retry is
        the same visitor, and with or without the cookie it finds the first answer again.
        """
        digest = bytearray(self._keyring.mac("visitor-by-key", key.encode())[:16])
        digest[6] = digest[6] & 0x0F | 0x80  # UUID version 8: made by our own rule
        digest[8] = digest[8] & 0x3F | 0x80
        return UUID(bytes=bytes(digest))
