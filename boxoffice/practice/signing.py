"""Webhook signatures as the Standard Webhooks specification has them."""

import base64
import binascii
import hmac
from hashlib import sha256

PREFIX = "whsec_"


class BadSecret(ValueError):
    """A webhook secret is `whsec_` and base64 of at least 24 bytes."""


def secret_bytes(secret: str) -> bytes:
    """The key in a `whsec_…` secret, or `BadSecret`."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise BadSecret(BadSecret.__doc__) from error
    if not secret.startswith(PREFIX) or len(key) < 24:
        raise BadSecret(BadSecret.__doc__)
    return key


def headers(secrets: list[bytes], *, event: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers; one signature per secret, so that a receiver may rotate at leisure."""
    signed = b"%s.%d.%s" % (event.encode(), timestamp, body)
    macs = (hmac.digest(secret, signed, sha256) for secret in secrets)
    return {
        "webhook-id": event,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in macs),
    }
