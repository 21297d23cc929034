"""What payments is told from outside."""

import base64
from typing import Literal

import msgspec

from boxoffice.kernel.keyring import Keyring


class PaymentsSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`provider` none, or a practice provider without `practice_url`: only free orders can be made.

    `practice_key` and `practice_webhook_secrets` (`whsec_…`, the current one first) are for a card
    company somebody else runs; left empty, both sides derive them from the root secret.
    """

    provider: Literal["practice", "none"] = "practice"
    practice_url: str = ""
    practice_key: str = ""
    practice_webhook_secrets: tuple[str, ...] = ()


class PracticeAccess(msgspec.Struct, frozen=True, kw_only=True):
    """The API key and the webhook secrets that we and the practice card company share."""

    key: str
    webhook_secrets: tuple[str, ...]


def practice_access(settings: PaymentsSettings, keyring: Keyring) -> PracticeAccess:
    """As set, else derived. While a root secret is being rotated, there are two webhook secrets."""
    derived = tuple(map(_webhook_secret, keyring.keys("payments/practice/webhooks")))
    return PracticeAccess(
        key=settings.practice_key or keyring.key("payments/practice/api").hex(),
        webhook_secrets=settings.practice_webhook_secrets or derived,
    )


def _webhook_secret(key: bytes) -> str:
    return f"whsec_{base64.b64encode(key).decode()}"
