"""The text in a ticket's QR: what it lets in to, signed, so that a door without network can tell.

71 bytes of claims and 64 of Ed25519 signature are exactly 27 groups of base32: 216 capital letters
and digits, no padding bits to play with, safe in URLs, and alphanumeric mode keeps the QR at 49 by
49 modules. Ed25519 is deterministic: sign whenever a ticket is shown, store nothing.
"""

import base64
import hmac
import struct
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.bindings import crypto_sign, crypto_sign_BYTES, crypto_sign_seed_keypair

from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.refusals import Invalid
from boxoffice.services.bookings.documents.base32 import b32encode

K = TypeVar("K")

CODE_LENGTH = 216
_FORMAT = 1
_CLAIMS = struct.Struct(">B2s16s16s16s16sI")
# A signature made here means nothing elsewhere, should the key ever sign something else.
_DOMAIN = b"boxoffice/ticket/1\0"


class ForgedCode(Invalid):
    """Not a code of ours, or altered: the text tells nothing that may be believed."""

    code = "forged_code"
    message = "This code was not issued here; ask for the original ticket or look up the order."


class TicketClaims(msgspec.Struct, frozen=True, kw_only=True):
    """What a code says. `code_version`, 32 bits, rises to make older prints of a ticket invalid."""

    organizer_id: UUID
    event_id: UUID
    occurrence_id: UUID
    ticket_id: UUID
    code_version: int


class TicketVerifier:
    """Checks codes with public keys alone (32 bytes each), as a door without network does."""

    def __init__(self, public_keys: Iterable[bytes]) -> None:
        self._keys = _by_id((raw, Ed25519PublicKey.from_public_bytes(raw)) for raw in public_keys)

    def verify(self, text: str) -> TicketClaims:
        """What the code claims; `ForgedCode` for any text that was not signed exactly so."""
        return _read(text, self._signed)

    def _signed(self, key_id: bytes, body: bytes, signature: bytes) -> bool:
        return any(_verifies(key, body, signature) for key in self._keys.get(key_id, ()))


class TicketSigner:
    """Signs with the keyring's first "tickets" key; verifies with all: codes survive a rotation."""

    def __init__(self, keyring: Keyring) -> None:
        pairs = [crypto_sign_seed_keypair(seed) for seed in keyring.keys("tickets")]
        self.public_keys = [public for public, _ in pairs]
        keys = [secret for _, secret in pairs]
        self._key, self._key_id = keys[0], _key_id(self.public_keys[0])
        self._keys = _by_id(zip(self.public_keys, keys, strict=True))

    def sign(self, claims: TicketClaims) -> str:
        """`CODE_LENGTH` characters of A to Z and 2 to 7; the same claims give the same text."""
        body = _CLAIMS.pack(
            _FORMAT,
            self._key_id,
            claims.organizer_id.bytes,
            claims.event_id.bytes,
            claims.occurrence_id.bytes,
            claims.ticket_id.bytes,
            claims.code_version,
        )
        return b32encode(body + _sign(self._key, body))

    def verify(self, text: str) -> TicketClaims:
        """What the code claims; `ForgedCode` for any text that was not signed exactly so."""
        return _read(text, self._signed)

    def _signed(self, key_id: bytes, body: bytes, signature: bytes) -> bool:
        """Signing again and comparing costs a third of what checking costs the public key."""
        return any(
            hmac.compare_digest(_sign(key, body), signature) for key in self._keys.get(key_id, ())
        )


def _sign(key: bytes, body: bytes) -> bytes:
    """libsodium signs in half the time that OpenSSL needs."""
    return crypto_sign(_DOMAIN + body, key)[:crypto_sign_BYTES]


def _read(text: str, signed: Callable[[bytes, bytes, bytes], bool]) -> TicketClaims:
    """The claims in the text, if `signed` believes its key id, body and signature."""
    raw = _decode(text)
    body, signature = raw[: _CLAIMS.size], raw[_CLAIMS.size :]
    form, key_id, *ids, version = _CLAIMS.unpack(body)
    if form != _FORMAT or not signed(key_id, body, signature):
        raise ForgedCode
    organizer, event, occurrence, ticket = (UUID(bytes=value) for value in ids)
    return TicketClaims(
        organizer_id=organizer,
        event_id=event,
        occurrence_id=occurrence,
        ticket_id=ticket,
        code_version=version,
    )


def _by_id(keys: Iterable[tuple[bytes, K]]) -> dict[bytes, list[K]]:
    """Keys by the two bytes that codes name them with; two may share a name."""
    found: dict[bytes, list[K]] = {}
    for raw, key in keys:
        found.setdefault(_key_id(raw), []).append(key)
    return found


def _key_id(public_key: bytes) -> bytes:
    return sha256(public_key).digest()[:2]


def _decode(text: str) -> bytes:
    if len(text) != CODE_LENGTH:
        raise ForgedCode
    try:
        return base64.b32decode(text)
    except ValueError as error:
        raise ForgedCode from error


def _verifies(key: Ed25519PublicKey, body: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, _DOMAIN + body)
    except InvalidSignature:
        return False
    return True
