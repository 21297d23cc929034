"""Every secret the product needs, derived from one root secret.

`BOXOFFICE_SECRET_KEY` may list several roots separated by commas: the first signs, all verify, so a
root is rotated by putting a new one in front. Deriving by purpose (HKDF-SHA-256, RFC 5869) means
that a leaked cookie key opens no order link.
"""

import hmac
from collections.abc import Iterator
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MINIMUM_ROOT_LENGTH = 32


class WeakSecret(ValueError):
    """The root secret is too short to derive keys from."""


class Keyring:
    """Keys by purpose, each 32 bytes."""

    def __init__(self, roots: str) -> None:
        self._roots = [root.strip().encode() for root in roots.split(",") if root.strip()]
        if not self._roots or min(map(len, self._roots)) < MINIMUM_ROOT_LENGTH:
            raise WeakSecret(
                f"BOXOFFICE_SECRET_KEY needs at least {MINIMUM_ROOT_LENGTH} characters; "
                "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        self._derived: dict[str, list[bytes]] = {}

    def key(self, purpose: str) -> bytes:
        """The key to sign with."""
        return self.keys(purpose)[0]

    def keys(self, purpose: str) -> list[bytes]:
        """All keys that verify, the signing one first."""
        if purpose not in self._derived:
            self._derived[purpose] = [_derive(root, purpose) for root in self._roots]
        return self._derived[purpose]

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA-256 of `message` under the signing key, 32 bytes."""
        return hmac.digest(self.key(purpose), message, sha256)

    def verifies(self, purpose: str, message: bytes, mac: bytes) -> bool:
        """Whether `mac` is a (possibly truncated, at least 16 bytes) MAC of `message`, in constant
        time.
        """
        return len(mac) >= 16 and any(
            hmac.compare_digest(candidate[: len(mac)], mac)
            for candidate in self._macs(purpose, message)
        )

    def _macs(self, purpose: str, message: bytes) -> Iterator[bytes]:
        return (hmac.digest(key, message, sha256) for key in self.keys(purpose))


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"boxoffice/{purpose}".encode()).derive(root)
