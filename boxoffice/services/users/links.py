"""Secrets that are derived, not stored: links that prove an address, and refresh tokens."""

import base64
import binascii
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from boxoffice.kernel.keyring import Keyring

_MAC_LENGTH = 32


class RefreshToken(msgspec.Struct, frozen=True, kw_only=True):
    """The token of a session after so many renewals."""

    session_id: UUID
    generation: int


class RefreshTokens:
    """Writes and reads refresh tokens. Nothing of them is in the database, not even a hash."""

    PURPOSE = "users.refresh_token"

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def write(self, token: RefreshToken) -> str:
        body = token.session_id.bytes + token.generation.to_bytes(4, "big")
        return _encode(body + self._keyring.mac(self.PURPOSE, body))

    def read(self, text: str) -> RefreshToken | None:
        """The token, if it is one that we wrote."""
        raw = _decode(text, length=20 + _MAC_LENGTH)
        if raw is None or not self._keyring.verifies(self.PURPOSE, raw[:20], raw[20:]):
            return None
        return RefreshToken(
            session_id=UUID(bytes=raw[:16]), generation=int.from_bytes(raw[16:20], "big")
        )


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """What a link proves the address of: this account with this very password."""

    user_id: UUID
    email: str
    password_hash: str


class OpenedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link as it came back, unchecked."""

    user_id: UUID
    expires_at: datetime
    mac: bytes


class VerificationLinks:
    """The token in the mail that proves an address.

    It is bound to the password of the registration it answers: were somebody else to register the
    same address in between, the first link would not confirm the second password.
    """

    PURPOSE = "users.verification_link"

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def write(self, registration: Registration, *, expires_at: datetime) -> str:
        head = registration.user_id.bytes + int(expires_at.timestamp()).to_bytes(6, "big")
        return _encode(head + self._keyring.mac(self.PURPOSE, head + _mark(registration)))

    def read(self, text: str) -> OpenedLink | None:
        """Whose link it claims to be; None if it cannot be one."""
        raw = _decode(text, length=22 + _MAC_LENGTH)
        if raw is None:
            return None
        seconds = int.from_bytes(raw[16:22], "big")
        if seconds >= 2**33:
            return None
        return OpenedLink(
            user_id=UUID(bytes=raw[:16]),
            expires_at=datetime.fromtimestamp(seconds, UTC),
            mac=raw[22:],
        )

    def proves(self, link: OpenedLink, registration: Registration) -> bool:
        """Whether we wrote the link for this registration."""
        head = link.user_id.bytes + int(link.expires_at.timestamp()).to_bytes(6, "big")
        return self._keyring.verifies(self.PURPOSE, head + _mark(registration), link.mac)


def _mark(registration: Registration) -> bytes:
    return sha256(f"{registration.email}\0{registration.password_hash}".encode()).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _decode(text: str, *, length: int) -> bytes | None:
    """The bytes of exactly `length`, or None; one text per value, so no second spelling passes."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == length and _encode(raw) == text else None
