"""Webhooks made by hand."""

import time

import msgspec

from boxoffice.practice import signing
from tests.services.payments.till import Till
from tests.support.card_company import SECRET, Webhook

OTHER_SECRET = "whsec_" + "b3RoZXIgc2VjcmV0IG9mIHRoZSB0ZXN0cw=="


def event(till: Till, kind: str, about: dict[str, str]) -> bytes:
    return msgspec.json.encode(
        {"id": "evt_test", "type": kind, "merchant": str(till.organizer_id), "object": about}
    )


def signed(
    body: bytes, *, secret: str = SECRET, event: str = "evt_test", timestamp: int = 0
) -> Webhook:
    """The body with the headers that the company would give it."""
    headers = signing.headers(
        [signing.secret_bytes(secret)],
        event=event,
        timestamp=timestamp or int(time.time()),
        body=body,
    )
    return Webhook(headers, body)
