"""Webhook signatures as the Standard Webhooks specification has them, verified."""

import base64
import binascii
import hmac
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from boxoffice.services.payments.refusals import ForgedWebhook

_TOLERANCE = 300


def verify(headers: Mapping[str, str], body: bytes, *, secrets: Sequence[str]) -> str:
    """The event's id; `ForgedWebhook` if unsigned, wrongly signed, or five minutes off."""
    event, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not event or not _is_fresh(moment):
        raise ForgedWebhook
    signed = b"%s.%s.%s" % (event.encode(), moment.encode(), body)
    given = list(_macs(headers.get("webhook-signature", "")))
    expected = [hmac.digest(_key(secret), signed, sha256) for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in given for other in expected):
        raise ForgedWebhook
    return event


def _is_fresh(moment: str) -> bool:
    numeric = moment.isascii() and moment.isdecimal() and len(moment) <= 12
    return numeric and abs(time.time() - int(moment)) <= _TOLERANCE


def _macs(signatures: str) -> Iterator[bytes]:
    for signature in signatures.split(" ")[:10]:
        version, _, mac = signature.partition(",")
        if version == "v1":
            try:
                yield base64.b64decode(mac, validate=True)
            except binascii.Error:
                continue


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
